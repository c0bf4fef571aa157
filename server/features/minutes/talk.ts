import type { Speeches } from '../../../shared/contract/minutes.ts';
import type { Message, SessionState, Turn } from '../../../shared/log.ts';
import { spent } from '../../../shared/reduce.ts';
import { type Composed, heading, item, nameOf, seqsOf, type Source, subheading, text } from './composed.ts';
import { openedItems } from './opening.ts';
import { duration, plain, sentence } from './wording.ts';

/** Who spoke for how long, in the order of their first turn; a floor given by mistake and taken back is none. */
function turns(state: SessionState, id: string, own: readonly Turn[]): Composed[] {
  const total = new Map<string, number>();
  for (const turn of own) total.set(turn.personId, (total.get(turn.personId) ?? 0) + spent(turn.clock, 0));
  const spoke = [...total].filter(([, ms]) => ms >= 1000);
  if (spoke.length === 0) return [];
  const said = spoke.map(([personId, ms]) => `${nameOf(state, personId)}（${duration(ms)}）`).join('、');
  const heard = new Set(spoke.map(([personId]) => personId));
  const from = own.filter((turn) => heard.has(turn.personId)).map((turn) => turn.seq);
  return [text(`${id}.turns`, `${spoke.length > 1 ? '先后' : ''}发言的有：${said}。`, from)];
}

const kinds = (shown: Speeches): readonly [Message['kind'], string][] => [
  ['problem', '提出的问题'],
  ['suggestion', '意见和建议'],
  ['speech', shown === 'all' ? '发言' : '主要发言'],
];

/** What of the talk is told: `messages` in their order, and how many are left out, which stand in the record only. */
export interface Told {
  shown: Speeches;
  messages: Message[];
  leftOut: number;
}

/**
 * What was said at the floor and what was marked 入纪要; or everything, when a hand has chosen so, and by itself when nothing was said
 * at the floor and nothing marked. `printed` are the messages that stand in the list of problems: they are not told twice.
 */
export function toldOf({ state }: Source, printed: ReadonlySet<string>, choice?: Speeches): Told {
  const open = state.order
    .map((id) => state.messages[id]!)
    .filter((message) => !message.recalled && !message.hidden);
  const enters = (message: Message) => message.floor === true || message.marked === true;
  const shown = choice ?? (open.some(enters) ? 'marked' : 'all');
  const loose = open.filter((message) => !printed.has(message.id));
  const messages = shown === 'all' ? loose : loose.filter(enters);
  return { shown, messages, leftOut: loose.length - messages.length };
}

/** What was said, and who marked it. */
function seqsOfMessages({ entries }: Source, messages: readonly Message[]): (message: Message) => number[] {
  const marked = new Set(messages.filter((each) => each.marked).map((each) => each.id));
  const marks = new Map<string, number>();
  for (const entry of entries)
    if (entry.kind === 'marked' && marked.has(entry.messageId)) marks.set(entry.messageId, entry.seq);
  return ({ id, seq }) => [seq, ...[marks.get(id) ?? []].flat()];
}

function talk(
  { state }: Source,
  id: string,
  { shown, messages: own }: Pick<Told, 'shown' | 'messages'>,
  seqs: (message: Message) => number[],
): Composed[] {
  const out: Composed[] = [];
  for (const [kind, title] of kinds(shown)) {
    const said = own.filter((message) => message.kind === kind);
    if (said.length === 0) continue;
    out.push(subheading(`${id}.${kind}`, title, said.flatMap(seqs)));
    for (const m of said)
      out.push(
        item(`message.${m.id}`, `${sentence(plain(m.body, m.kind))}（${nameOf(state, m.by)}）`, seqs(m)),
      );
  }
  for (const m of own.filter((message) => message.kind === 'summary'))
    out.push(
      text(`message.${m.id}`, `${nameOf(state, m.by)}小结：${sentence(plain(m.body, m.kind))}`, seqs(m)),
    );
  return out;
}

/** A section for each item in which somebody spoke. */
export function sections(source: Source, { shown, messages }: Told): Composed[] {
  const { state, entries } = source;
  const items = openedItems(source);
  const known = new Set(items.map((each) => each.id));
  const seqs = seqsOfMessages(source, messages);
  const section = (
    id: string,
    title: string,
    mine: (itemId: string) => boolean,
    from: number[],
  ): Composed[] => {
    const inside = [
      ...turns(
        state,
        id,
        state.turns.filter((turn) => mine(turn.itemId)),
      ),
      ...talk(source, id, { shown, messages: messages.filter((message) => mine(message.itemId)) }, seqs),
    ];
    return inside.length > 0 ? [heading(id, title, from), ...inside] : [];
  };
  return [
    ...items.flatMap((each) =>
      section(
        `item.${each.id}`,
        each.title,
        (itemId) => itemId === each.id,
        seqsOf(entries, 'item-opened', (entry) => entry.itemId === each.id),
      ),
    ),
    ...section('item.none', '其他发言', (itemId) => !known.has(itemId), []),
  ];
}
