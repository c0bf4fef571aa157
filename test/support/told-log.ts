import { composeMinutes } from '../../server/features/minutes/compose.ts';
import { newId } from '../../shared/ids.ts';
import type { DraftEntry, Entry } from '../../shared/log.ts';
import { numbersOf } from '../../shared/numbering.ts';

// A meeting told in a few lines: `log(scheduled(), joined(-5, '周敏', 'moderator'), started, …, ended(30))`.
export const SESSION = '00000000-0000-7000-8000-000000000001';
export const START = Date.parse('2026-03-18T06:30:00.000Z');
export const unit = '教科研一室';
export const ids = Object.fromEntries(
  ['周敏', '陆远航', '何清', '沈一鸣', '丁宁', '唐雨'].map((name) => [name, newId()]),
);
export const [opening, talk] = [newId(), newId()];

/** A log told as `[minute, entry]`. */
export function log(...told: [number, DraftEntry][]): Entry[] {
  return told.map(([minute, draft], at) => ({
    sessionId: SESSION,
    seq: at + 1,
    at: new Date(START + minute * 60_000).toISOString(),
    ...draft,
  })) as Entry[];
}

/** Who does what nobody else is named for. */
export const by = ids.周敏!;
export const scheduled = (
  more: Partial<Extract<DraftEntry, { kind: 'scheduled' }>> = {},
): [number, DraftEntry] => [
  -60,
  {
    kind: 'scheduled',
    by,
    rev: 1,
    title: '第二次线上座谈会',
    plannedAt: '2026-03-18T06:30:00.000Z',
    plannedMinutes: 60,
    place: '',
    hostUnit: { unitId: newId(), name: unit },
    boardId: newId(),
    topic: { name: '破除畏难等靠情绪', break: '破除畏难等靠情绪', build: '树立锐意进取意识' },
    agenda: [
      { id: opening, title: '开场', minutes: 5, identity: 'named' },
      { id: talk, title: '轮流发言', minutes: 30, identity: 'named' },
    ],
    expected: ['周敏', '何清', '唐雨'].map((name) => ({
      personId: ids[name]!,
      name,
      unitName: unit,
      level: '',
    })),
    ...more,
  },
];
export const joined = (
  minute: number,
  name: string,
  capacity: 'moderator' | 'participant' | 'guest' | 'administrator' = 'participant',
  unitName = unit,
): [number, DraftEntry] => [
  minute,
  { kind: 'joined', by: ids[name]!, personId: ids[name]!, name, unitName, level: '', capacity },
];
export const left = (minute: number, name: string): [number, DraftEntry] => [
  minute,
  { kind: 'left', by: ids[name]!, personId: ids[name]!, removed: false },
];
export const attended = (
  minute: number,
  name: string,
  status: 'leave' | 'present',
  reason = '',
): [number, DraftEntry] => [
  minute,
  { kind: 'attended', by, personId: ids[name]!, name, unitName: unit, status, reason },
];
export const at = (minute: number, draft: DraftEntry): [number, DraftEntry] => [minute, draft];
export const said = (
  minute: number,
  id: string,
  name: string,
  messageKind: 'speech' | 'problem' | 'suggestion' | 'summary',
  body: string,
) => at(minute, { kind: 'said', by: ids[name]!, id, messageKind, body });
export const started = at(0, { kind: 'started', by });
export const opens = (minute: number, itemId: string) => at(minute, { kind: 'item-opened', by, itemId });
export const ended = (minute: number, more: Partial<Extract<DraftEntry, { kind: 'ended' }>> = {}) =>
  at(minute, { kind: 'ended', by, lastSeen: [], rows: [], carryOver: [], ...more });

/** The minutes as they are read: number, label and text a line. */
export function printed(entries: Entry[]): string[] {
  const paragraphs = composeMinutes(SESSION, entries);
  const numbers = numbersOf(paragraphs);
  return paragraphs.map((p, i) => `${p.label ? `${p.label}：` : ''}${numbers[i]}${p.composed}`);
}
export const line = (entries: Entry[], label: string) =>
  printed(entries).find((each) => each.startsWith(`${label}：`));
