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

const KINDS: readonly [Message['kind'], string][] = [
  ['problem', '提出的问题'],
  ['suggestion', '意见和建议'],
  ['speech', '重点发言'],
];

/** Of plain remarks only the pinned ones matter; problems, suggestions and summaries all do. */
const matters = (message: Message): boolean =>
  !message.recalled && !message.hidden && (message.kind !== 'speech' || message.pinned);

function talk(state: SessionState, id: string, own: readonly Message[]): Composed[] {
  const out: Composed[] = [];
  for (const [kind, title] of KINDS) {
    const said = own.filter((message) => message.kind === kind);
    if (said.length === 0) continue;
    out.push(
      subheading(
        `${id}.${kind}`,
        title,
        said.map((message) => message.seq),
      ),
    );
    for (const m of said)
      out.push(
        item(`message.${m.id}`, `${sentence(plain(m.body, m.kind))}（${nameOf(state, m.by)}）`, [m.seq]),
      );
  }
  for (const m of own.filter((message) => message.kind === 'summary'))
    out.push(
      text(`message.${m.id}`, `${nameOf(state, m.by)}小结：${sentence(plain(m.body, m.kind))}`, [m.seq]),
    );
  return out;
}

/**
 * A section for each item in which somebody spoke. `printed` are the messages that stand in the list of problems below: they
 * are not told twice.
 */
export function sections(source: Source, printed: ReadonlySet<string>): Composed[] {
  const { state, entries } = source;
  const items = openedItems(source);
  const known = new Set(items.map((each) => each.id));
  const messages = state.order
    .map((id) => state.messages[id]!)
    .filter((m) => matters(m) && !printed.has(m.id));
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
      ...talk(
        state,
        id,
        messages.filter((message) => mine(message.itemId)),
      ),
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
