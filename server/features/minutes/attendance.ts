import { attendanceOf, figuresOf, seatOf } from '../../../shared/attendance.ts';
import type { PersonState } from '../../../shared/log.ts';
import { type Composed, fact, seqsOf, type Source } from './composed.ts';
import { clockTime, spacedName } from './wording.ts';

/** From so long after the start, or before the end, a coming or going is worth a word. */
const GRACE_MS = 5 * 60_000;

type Column = 'chair' | 'record' | 'present' | 'leave' | 'observing' | 'absent';
const ROWS: readonly [Column, string][] = [
  ['chair', '主持'],
  ['record', '记录'],
  ['present', '出席'],
  ['leave', '请假'],
  ['observing', '列席'],
  ['absent', '缺席'],
];

/** What a column is called, on every paper. */
export const COLUMN_LABEL = Object.fromEntries(ROWS) as Readonly<Record<Column, string>>;

/** Where a person is listed. Who held and who recorded stand by themselves; all others as they are counted (`attendance.ts`). */
function columnOf(person: PersonState): Column | undefined {
  const seat = seatOf(person);
  if (seat !== 'arrived' && seat !== 'desk' && seat !== 'extra') return seat;
  if (person.capacity === 'moderator') return 'chair';
  return person.capacity === 'note-taker' ? 'record' : 'present';
}

/** Columns with their people: the schedule's order first, then as they came. */
export function columnsOf(source: Source): Map<Column, PersonState[]> {
  const order = new Map((source.state.schedule?.expected ?? []).map((person, at) => [person.personId, at]));
  const rank = (person: PersonState) =>
    order.get(person.personId) ?? order.size + (source.presence.get(person.personId)?.[0]?.seq ?? 0);
  const columns = new Map<Column, PersonState[]>(ROWS.map(([column]) => [column, []]));
  for (const person of Object.values(source.state.people).sort((a, b) => rank(a) - rank(b))) {
    const column = columnOf(person);
    if (column) columns.get(column)!.push(person);
  }
  if (columns.get('chair')!.length === 0) takeTheChair(source, columns);
  return columns;
}

/** Without a moderator, who started the meeting held it. */
function takeTheChair({ state, entries }: Source, columns: Map<Column, PersonState[]>): void {
  const started = entries.find((entry) => entry.kind === 'started');
  const chair = started && state.people[started.by];
  if (!chair || columns.get('leave')!.includes(chair)) return;
  for (const people of columns.values()) if (people.includes(chair)) people.splice(people.indexOf(chair), 1);
  columns.set('chair', [chair]);
}

const names = (people: readonly PersonState[]): string =>
  people.map((person) => spacedName(person.name)).join('　');

/** 单位 + 姓名 where others than the host unit's people met; who has no unit stands at the end, by name only. */
function roll(people: readonly PersonState[], hostUnit: string): string {
  const units = new Map<string, PersonState[]>();
  for (const person of people) units.set(person.unitName, [...(units.get(person.unitName) ?? []), person]);
  const loose = units.get('') ?? [];
  units.delete('');
  if (units.size === 0 || (units.size === 1 && units.has(hostUnit))) return names(people);
  const lines = [...units].map(([unit, own]) => `${unit}：${names(own)}`);
  return [...lines, ...(loose.length > 0 ? [names(loose)] : [])].join('；');
}

export function attendance(source: Source, columns: Map<Column, PersonState[]>): Composed[] {
  const scheduled = seqsOf(source.entries, 'scheduled').slice(-1);
  const seqs = (person: PersonState) => {
    const own = (source.presence.get(person.personId) ?? []).map((entry) => entry.seq);
    return own.length > 0 ? own : scheduled;
  };
  return ROWS.flatMap(([column, label]) => {
    const people = columns.get(column)!;
    if (people.length === 0) return [];
    const staff = column === 'chair' || column === 'record';
    const said = staff ? names(people) : roll(people, source.state.schedule?.hostUnit.name ?? '');
    return [fact(column, label, said, people.flatMap(seqs))];
  }).concat(figures(source));
}

/** 应到15人，实到12人，请假1人，缺席2人；列席2人。 Where nobody was expected by name there is nothing to count against. */
function figures({ state, entries }: Source): Composed[] {
  if ((state.schedule?.expected ?? []).length === 0) return [];
  const { expected, arrived, leave, absent, observing, extra } = figuresOf(attendanceOf(state));
  const counted = [`实到${arrived}人`, leave > 0 && `请假${leave}人`, absent > 0 && `缺席${absent}人`];
  const beside = [observing > 0 && `列席${observing}人`, extra > 0 && `名单外到会${extra}人`];
  const said = [[`应到${expected}人`, ...counted], beside].map((part) => part.filter(Boolean).join('，'));
  const from = seqsOf(entries, 'scheduled').slice(-1);
  return [fact('figures', '人数', `${said.filter(Boolean).join('；')}。`, from)];
}

interface Passage {
  name: string;
  at: string;
  seq: number;
  word: string;
}

/** A line that drops out is no leaving: only who left in so many words, and did not come back, went early. */
function passagesOf({ state, presence }: Source, person: PersonState): Passage[] {
  const own = presence.get(person.personId) ?? [];
  const came = own.find((entry) => entry.kind === 'joined');
  const went = own.findLast((entry) => entry.kind !== 'attended');
  const found: Passage[] = [];
  if (came && state.startedAt && Date.parse(came.at) > Date.parse(state.startedAt) + GRACE_MS)
    found.push({ name: person.name, at: came.at, seq: came.seq, word: '到会' });
  if (went?.kind === 'left' && state.endedAt && Date.parse(went.at) < Date.parse(state.endedAt) - GRACE_MS)
    found.push({ name: person.name, at: went.at, seq: went.seq, word: '离会' });
  return found;
}

/** Who came late or went early, in one line; those of one minute stand together. */
export function lateAndEarly(source: Source, columns: Map<Column, PersonState[]>): Composed[] {
  const listed = (['chair', 'record', 'present', 'observing'] as const).flatMap((each) => columns.get(each)!);
  const passages = listed.flatMap((person) => passagesOf(source, person)).sort((a, b) => a.seq - b.seq);
  const groups = new Map<string, string[]>();
  for (const { name, at, word } of passages) {
    const when = `${clockTime(at)}${word}`;
    groups.set(when, [...(groups.get(when) ?? []), name]);
  }
  const said = [...groups].map(([when, who]) => `${who.join('、')}于${when}`);
  if (said.length === 0) return [];
  return [
    fact(
      'late',
      '到离',
      `${said.join('；')}。`,
      passages.map((each) => each.seq),
    ),
  ];
}
