import { ATTENDANCE_LABEL, KIND_LABEL, type Language } from '../../../shared/labels.ts';
import type { Entry, EntryKind, EntryOf, SessionState } from '../../../shared/log.ts';
import { calendarText } from '../../lib/dates.ts';

/** What the words of an entry need to know about the room. */
export interface Room {
  name: (personId: string) => string;
  item: (itemId: string) => string;
}

export function roomOf(state: SessionState | undefined, entries: readonly Entry[]): Room {
  const names = new Map<string, string>();
  for (const entry of entries)
    if (entry.kind === 'joined' || entry.kind === 'attended') names.set(entry.personId, entry.name);
  return {
    name: (personId) => state?.people[personId]?.name ?? names.get(personId) ?? '',
    item: (itemId) => state?.items.find((item) => item.id === itemId)?.title ?? '',
  };
}

/** What happened in a few words, and the words that were said, '' if none. */
export interface Told {
  what: string;
  body: string;
}
type Tell = { [K in EntryKind]?: (entry: EntryOf<K>, room: Room, language: Language) => string | Told };

const zhParts = (
  e: { due?: string | undefined },
  who: string,
  owner: string | undefined,
  l: Language,
): string =>
  [who, owner && `责任人：${owner}`, e.due && `时限：${calendarText(e.due, l)}`].filter(Boolean).join('；');

const ZH: Tell = {
  scheduled: (e) => ({ what: '会议安排', body: [e.title, e.place].filter(Boolean).join('，') }),
  started: (e, r) => `${r.name(e.by)}宣布会议开始`,
  paused: (e, r) => `${r.name(e.by)}暂停会议`,
  prompted: (e, r) =>
    e.prompt ? `${r.name(e.by)}展示引导问题：${e.prompt.zh}` : `${r.name(e.by)}收起引导问题`,
  resumed: (e, r) => `${r.name(e.by)}继续会议`,
  ended: (e, r) => `${r.name(e.by)}结束会议`,
  joined: (e) => `${e.name}${e.unitName ? `（${e.unitName}）` : ''}进入会议`,
  left: (e, r) => `${r.name(e.personId)}${e.removed ? '被请出会议' : '离开会议'}`,
  attended: (e, r, l) => `${r.name(e.by)}将${e.name}登记为${ATTENDANCE_LABEL[e.status][l]}`,
  'item-opened': (e, r) => `开始议程：${r.item(e.itemId)}`,
  'item-closed': (e, r) => `结束议程：${r.item(e.itemId)}`,
  'floor-given': (e, r) => `请${r.name(e.personId)}发言（${Math.round(e.seconds / 60)} 分钟）`,
  said: (e, r, l) => ({ what: `${r.name(e.by)} · ${KIND_LABEL[e.messageKind][l]}`, body: e.body }),
  marked: (e, r) => `${r.name(e.by)}标记“入纪要”`,
  'problem-accepted': (e, r) => `${r.name(e.by)}将发言列入问题清单`,
  decided: (e, r, l) => ({
    what: `${r.name(e.by)}记录议定事项`,
    body: `${e.text}（${zhParts(e, `责任单位：${e.unitName}`, e.ownerName, l)}）`,
  }),
  assigned: (e, r, l) => ({
    what: `${r.name(e.by)}记录工作分工`,
    body: `${e.text}（${zhParts(e, `责任人：${e.ownerName}`, undefined, l)}）`,
  }),
};

const enParts = (
  e: { due?: string | undefined },
  who: string,
  owner: string | undefined,
  l: Language,
): string => [who, owner, e.due && `due ${calendarText(e.due, l)}`].filter(Boolean).join(', ');

const EN: Tell = {
  scheduled: (e) => ({ what: 'Schedule', body: [e.title, e.place].filter(Boolean).join(', ') }),
  started: (e, r) => `${r.name(e.by)} started the meeting`,
  paused: (e, r) => `${r.name(e.by)} paused the meeting`,
  prompted: (e, r) =>
    e.prompt
      ? `${r.name(e.by)} put up a guiding question: ${e.prompt.en || e.prompt.zh}`
      : `${r.name(e.by)} took the guiding question down`,
  resumed: (e, r) => `${r.name(e.by)} continued the meeting`,
  ended: (e, r) => `${r.name(e.by)} ended the meeting`,
  joined: (e) => `${e.name}${e.unitName ? ` (${e.unitName})` : ''} came in`,
  left: (e, r) => `${r.name(e.personId)} ${e.removed ? 'was removed' : 'left'}`,
  attended: (e, r, l) => `${r.name(e.by)} entered ${e.name} as: ${ATTENDANCE_LABEL[e.status][l]}`,
  'item-opened': (e, r) => `Item opened: ${r.item(e.itemId)}`,
  'item-closed': (e, r) => `Item closed: ${r.item(e.itemId)}`,
  'floor-given': (e, r) => `Floor to ${r.name(e.personId)} (${Math.round(e.seconds / 60)} min)`,
  said: (e, r, l) => ({ what: `${r.name(e.by)} · ${KIND_LABEL[e.messageKind][l]}`, body: e.body }),
  marked: (e, r) => `${r.name(e.by)} marked it for the minutes`,
  'problem-accepted': (e, r) => `${r.name(e.by)} took the message up into the problem list`,
  decided: (e, r, l) => ({
    what: `${r.name(e.by)} recorded a decision`,
    body: `${e.text} (${enParts(e, e.unitName, e.ownerName, l)})`,
  }),
  assigned: (e, r, l) => ({
    what: `${r.name(e.by)} recorded an action`,
    body: `${e.text} (${enParts(e, e.ownerName, undefined, l)})`,
  }),
};

/** An entry of the log in words. */
export function told(entry: Entry, room: Room, language: Language): Told {
  const tell = (language === 'zh' ? ZH : EN)[entry.kind] as
    | ((entry: Entry, room: Room, language: Language) => string | Told)
    | undefined;
  const said = tell?.(entry, room, language) ?? '';
  return typeof said === 'string' ? { what: said, body: '' } : said;
}
