import type { Paragraph } from '../../../shared/contract/minutes.ts';
import { dayOf } from '../../../shared/days.ts';
import type {
  Entry,
  EntryOf,
  ItemState,
  Message,
  PersonState,
  Resolution,
  SessionState,
} from '../../../shared/log.ts';
import { fold, spent } from '../../../shared/reduce.ts';
import { clockTime, duration, longDay, ordinal, sentence, shortDay, spacedName, span } from './wording.ts';

type Composed = Pick<Paragraph, 'id' | 'kind' | 'label' | 'from' | 'composed'>;

/** Minutes from which a coming or going counts as late or early. */
const GRACE_MS = 5 * 60_000;

interface Source {
  state: SessionState;
  entries: readonly Entry[];
  /** Seqs of the entries that say something about this person's presence. */
  presence: Map<string, number[]>;
}

const fact = (id: string, label: string, composed: string, from: number[]): Composed => ({
  id: `fact.${id}`,
  kind: 'fact',
  label,
  composed,
  from,
});
const heading = (id: string, composed: string, from: number[]): Composed => ({
  id,
  kind: 'heading',
  label: '',
  composed,
  from,
});
const text = (id: string, composed: string, from: number[]): Composed => ({
  id,
  kind: 'text',
  label: '',
  composed,
  from,
});
const subheading = (id: string, composed: string): Composed => ({
  id,
  kind: 'subheading',
  label: '',
  composed,
  from: [],
});

function presenceOf(entries: readonly Entry[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const entry of entries) {
    if (entry.kind !== 'joined' && entry.kind !== 'left' && entry.kind !== 'attended') continue;
    const seqs = found.get(entry.personId) ?? [];
    seqs.push(entry.seq);
    found.set(entry.personId, seqs);
  }
  return found;
}

function seqsOf<K extends Entry['kind']>(
  entries: readonly Entry[],
  kind: K,
  which: (entry: EntryOf<K>) => boolean = () => true,
): number[] {
  return entries
    .filter((each): each is EntryOf<K> => each.kind === kind && which(each as EntryOf<K>))
    .map((each) => each.seq);
}

type Column = 'chair' | 'record' | 'present' | 'leave' | 'observing' | 'absent';

/** Where a person stands in the header. What the attendance panel says goes before how they came in. */
function columnOf(person: PersonState): Column | undefined {
  if (person.attendance === 'leave') return 'leave';
  if (person.attendance === 'observing') return 'observing';
  const here = person.joinedAt !== undefined || person.attendance === 'present';
  if (!here) return person.expected ? 'absent' : undefined;
  if (person.capacity === 'moderator') return 'chair';
  if (person.capacity === 'note-taker') return 'record';
  if (person.capacity === 'administrator' && !person.expected) return undefined;
  return person.capacity === 'guest' || person.capacity === 'observer' ? 'observing' : 'present';
}

/** The schedule's order first, then as they came. */
function peopleIn(source: Source, column: Column): PersonState[] {
  const order = new Map((source.state.schedule?.expected ?? []).map((person, at) => [person.personId, at]));
  const rank = (person: PersonState) =>
    order.get(person.personId) ?? order.size + (source.presence.get(person.personId)?.[0] ?? 0);
  return Object.values(source.state.people)
    .filter((person) => columnOf(person) === column)
    .sort((a, b) => rank(a) - rank(b));
}

const names = (people: readonly PersonState[]): string =>
  people.map((person) => spacedName(person.name)).join('　');

/** 单位 + 姓名 where people of several units met. */
function roll(people: readonly PersonState[]): string {
  const units = [...new Set(people.map((person) => person.unitName))];
  if (units.length <= 1) return names(people);
  return units
    .map((unit) => `${unit || '其他'}：${names(people.filter((person) => person.unitName === unit))}`)
    .join('；');
}

function header(source: Source): Composed[] {
  const { state, entries } = source;
  const plan = state.schedule;
  const from = [...seqsOf(entries, 'started').slice(0, 1), ...seqsOf(entries, 'ended').slice(-1)];
  const lines: Composed[] = [];
  if (state.startedAt && state.endedAt)
    lines.push(fact('time', '时间', span(state.startedAt, state.endedAt), from));
  const scheduled = seqsOf(entries, 'scheduled').slice(-1);
  lines.push(fact('place', '地点', plan?.place || '线上会议', scheduled));
  const rows: [Column, string][] = [
    ['chair', '主持'],
    ['record', '记录'],
    ['present', '出席'],
    ['leave', '请假'],
    ['observing', '列席'],
    ['absent', '缺席'],
  ];
  for (const [column, label] of rows) {
    const people = peopleIn(source, column);
    const seqs = people.flatMap(
      (person) => source.presence.get(person.personId) ?? (column === 'absent' ? scheduled : []),
    );
    if (people.length > 0)
      lines.push(
        fact(
          column,
          label,
          roll(people),
          [...new Set(seqs)].sort((a, b) => a - b),
        ),
      );
  }
  return lines;
}

function lateAndEarly(source: Source): Composed[] {
  const { state } = source;
  const late = Object.values(state.people).filter(
    (p) => p.joinedAt && state.startedAt && Date.parse(p.joinedAt) > Date.parse(state.startedAt) + GRACE_MS,
  );
  const early = Object.values(state.people).filter(
    (p) =>
      p.joinedAt && p.leftAt && state.endedAt && Date.parse(p.leftAt) < Date.parse(state.endedAt) - GRACE_MS,
  );
  const said = [
    ...late.map((p) => `${p.name}于${clockTime(p.joinedAt!)}到会`),
    ...early.map((p) => `${p.name}于${clockTime(p.leftAt!)}离会`),
  ];
  const from = [...late, ...early].flatMap((p) => source.presence.get(p.personId) ?? []);
  return said.length > 0
    ? [
        fact(
          'late',
          '到离',
          `${said.join('，')}。`,
          [...new Set(from)].sort((a, b) => a - b),
        ),
      ]
    : [];
}

function opening(source: Source): Composed {
  const { state, entries } = source;
  const plan = state.schedule;
  const pair =
    plan?.topic.break && plan.topic.build
      ? `${plan.topic.break}、${plan.topic.build}`
      : (plan?.topic.name ?? '');
  const day = state.startedAt ? shortDay(dayOf(state.startedAt)) : '';
  const line = `${day}，${plan?.hostUnit.name ?? ''}围绕“${pair}”召开${plan?.title ?? '会议'}。现将会议情况纪要如下。`;
  return text('opening', line, [
    ...seqsOf(entries, 'scheduled').slice(-1),
    ...seqsOf(entries, 'started').slice(0, 1),
  ]);
}

const nameOf = (state: SessionState, personId: string) => state.people[personId]?.name ?? '';

/** Who spoke for how long, in the order of their first turn. */
function turns(state: SessionState, item: ItemState): Composed[] {
  const own = state.turns.filter((turn) => turn.itemId === item.id);
  if (own.length === 0) return [];
  const total = new Map<string, number>();
  for (const turn of own) total.set(turn.personId, (total.get(turn.personId) ?? 0) + spent(turn.clock, 0));
  const said = [...total].map(([personId, ms]) => `${nameOf(state, personId)}（${duration(ms)}）`).join('、');
  return [
    text(
      `item.${item.id}.turns`,
      `先后发言的有：${said}。`,
      own.map((turn) => turn.seq),
    ),
  ];
}

const KINDS: readonly [Message['kind'], string][] = [
  ['problem', '提出的问题'],
  ['suggestion', '意见和建议'],
  ['speech', '重点发言'],
];

/** Of plain remarks only the pinned ones matter; problems, suggestions and summaries all do. */
function matters(message: Message): boolean {
  return !message.recalled && !message.hidden && (message.kind !== 'speech' || message.pinned);
}

function talk(state: SessionState, item: { id: string }): Composed[] {
  const own = state.order.map((id) => state.messages[id]!).filter((m) => m.itemId === item.id && matters(m));
  const out: Composed[] = [];
  for (const [kind, title] of KINDS) {
    const said = own.filter((message) => message.kind === kind);
    if (said.length === 0) continue;
    out.push(subheading(`item.${item.id}.${kind}`, title));
    said.forEach((m, at) =>
      out.push(text(`message.${m.id}`, `${at + 1}．${sentence(m.body)}（${nameOf(state, m.by)}）`, [m.seq])),
    );
  }
  for (const m of own.filter((message) => message.kind === 'summary')) {
    out.push(text(`message.${m.id}`, `${nameOf(state, m.by)}小结：${sentence(m.body)}`, [m.seq]));
  }
  return out;
}

function items(source: Source): Composed[] {
  const { state, entries } = source;
  const out: Composed[] = [];
  for (const item of state.items.filter((each) => each.openedSeq !== undefined)) {
    const from = seqsOf(entries, 'item-opened', (entry) => entry.itemId === item.id);
    out.push(heading(`item.${item.id}`, item.title, from));
    const inside = [...turns(state, item), ...talk(state, item)];
    const used = `本项用时${duration(spent(item.clock, 0))}。`;
    out.push(text(`item.${item.id}.time`, used, from), ...inside);
  }
  const loose = talk(state, { id: '' });
  if (loose.length > 0) out.push(heading('item.none', '其他发言', []), ...loose);
  return out;
}

function problems(source: Source): Composed[] {
  const { state, entries } = source;
  const ended = entries.findLast((entry) => entry.kind === 'ended') as EntryOf<'ended'> | undefined;
  const rows = new Map((ended?.rows ?? []).filter((row) => !row.withdrawn).map((row) => [row.rowId, row]));
  const raised = state.problems.filter((each) => rows.has(each.rowId));
  if (raised.length === 0) return [];
  const seqs = (messageId: string) =>
    seqsOf(entries, 'problem-accepted', (entry) => entry.messageId === messageId);
  const unit = state.schedule?.hostUnit.name ?? '';
  const lead = `会议梳理出问题${raised.length}条，列入${unit}问题清单：`;
  return [
    heading('problems', '查摆的问题', []),
    text('problems.lead', lead, seqsOf(entries, 'problem-accepted')),
    ...raised.map(({ messageId, rowId }, at) => {
      const row = rows.get(rowId)!;
      const cause = row.cause.trim() === '' ? '' : `原因：${sentence(row.cause)}`;
      return text(`problem.${rowId}`, `${at + 1}．${sentence(row.problem)}${cause}`, seqs(messageId));
    }),
  ];
}

/** Only what was recorded as a decision is ever printed as one. */
function resolutions(state: SessionState, kind: Resolution['kind'], title: string, who: string): Composed[] {
  const own = state.resolutions.filter((each) => each.kind === kind && !each.struck);
  if (own.length === 0) return [];
  const line = (each: Resolution, at: number) =>
    `${ordinal(at + 1)}${sentence(each.text)}${who}：${each.who}；完成时限：${longDay(each.due)}。`;
  return [
    heading(`${kind}s`, title, []),
    ...own.map((each, at) => text(`${kind}.${each.id}`, line(each, at), [each.seq])),
  ];
}

function unfinished(source: Source): Composed[] {
  const { state, entries } = source;
  const ended = entries.findLast((entry) => entry.kind === 'ended') as EntryOf<'ended'> | undefined;
  const open = state.items.filter((item) => item.status !== 'done');
  const carried = open.filter((item) => ended?.carryOver.includes(item.id));
  const missed = open.filter((item) => !ended?.carryOver.includes(item.id) && item.openedSeq === undefined);
  const titles = (list: ItemState[]) => list.map((item) => `“${item.title}”`).join('、');
  const said = [
    ...(carried.length > 0 ? [`${titles(carried)}结转下次会议。`] : []),
    ...(missed.length > 0 ? [`${titles(missed)}本次未讨论。`] : []),
  ];
  return said.length > 0
    ? [
        heading('unfinished', '未完议程', []),
        text('unfinished.text', said.join(''), ended ? [ended.seq] : []),
      ]
    : [];
}

/**
 * The draft minutes of a session's log: pure, so that the same log gives the same minutes whatever is renamed later. Names,
 * units and capacities are those of the `joined` entries. Order of parts: facts, opening, per agenda item who spoke for how
 * long and what was said by kind, problems taken up, decisions, actions, what was left over.
 */
export function composeMinutes(sessionId: string, entries: readonly Entry[]): Composed[] {
  const state = fold(sessionId, entries);
  const source: Source = { state, entries, presence: presenceOf(entries) };
  return [
    ...header(source),
    ...lateAndEarly(source),
    opening(source),
    ...items(source),
    ...problems(source),
    ...resolutions(state, 'decision', '议定事项', '责任单位'),
    ...resolutions(state, 'action', '工作分工', '责任人'),
    ...unfinished(source),
  ];
}
