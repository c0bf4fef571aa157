import { dayOf } from '../../../shared/days.ts';
import type { Entry, ItemState, PersonState } from '../../../shared/log.ts';
import { spent } from '../../../shared/reduce.ts';
import { type Composed, fact, seqsOf, type Source, text } from './composed.ts';
import { topicName } from '../../../shared/topic.ts';
import { clockTime, inMinutes, phrase, shortDay, span, spokenOf } from './wording.ts';

/** An end that was taken back so soon was an accident and no part of the meeting's times. */
const ACCIDENT_MS = 10 * 60_000;

/** From when to when it met; a meeting that went on after a real break has several. */
function sittings(entries: readonly Entry[]): { from: string; to: string }[] {
  const found: { from: string; to: string }[] = [];
  let from = '';
  for (const entry of entries) {
    if ((entry.kind === 'started' || entry.kind === 'resumed') && from === '') {
      const last = found.at(-1);
      const accident = last && Date.parse(entry.at) - Date.parse(last.to) <= ACCIDENT_MS;
      from = accident ? last.from : entry.at;
      if (accident) found.pop();
    } else if (entry.kind === 'ended' && from !== '') {
      found.push({ from, to: entry.at });
      from = '';
    }
  }
  return found;
}

/** 2026年3月18日14:30—15:00、16:00—16:30; the day is said again only when it is another. */
function timesOf(met: readonly { from: string; to: string }[]): string {
  const said = met.map(({ from, to }, at) => {
    const before = met[at - 1];
    const known = before !== undefined && dayOf(before.to) === dayOf(from) && dayOf(from) === dayOf(to);
    return known ? `、${clockTime(from)}—${clockTime(to)}` : `${at > 0 ? '；' : ''}${span(from, to)}`;
  });
  return said.join('');
}

export function timeAndPlace({ state, entries }: Source): Composed[] {
  const met = sittings(entries);
  const from = [...seqsOf(entries, 'started').slice(0, 1), ...seqsOf(entries, 'ended').slice(-1)];
  const scheduled = seqsOf(entries, 'scheduled').slice(-1);
  const place = state.schedule?.place.trim() || '线上会议';
  return [
    ...(met.length > 0 ? [fact('time', '时间', timesOf(met), from)] : []),
    fact('place', '地点', place, scheduled),
  ];
}

/** 导语: when, who, about what, who held it. Without a body after it nothing is announced. */
export function opening(source: Source, chair: readonly PersonState[], body: boolean): Composed {
  const { state, entries } = source;
  const plan = state.schedule;
  const day = state.startedAt ? `${shortDay(dayOf(state.startedAt))}，` : '';
  const topic = plan ? phrase(topicName(plan.topic)) : '';
  const title = phrase(plan?.title ?? '') || '会议';
  const unit = plan?.hostUnit.name ?? '';
  // What the title says already is not said before it.
  const who = title.startsWith(unit) ? '' : unit;
  const round = topic === '' || title.includes(topic) ? '' : `围绕${spokenOf(topic)}`;
  const held = chair.length > 0 ? `会议由${chair.map((person) => person.name).join('、')}主持。` : '';
  const lead = `${day}${who}${round}召开${title}。${held}`;
  return text('opening', `${lead}${body ? '现将会议情况纪要如下：' : '会议未形成发言和议定事项记录。'}`, [
    ...seqsOf(entries, 'scheduled').slice(-1),
    ...seqsOf(entries, 'started').slice(0, 1),
  ]);
}

/** The items in the order in which they were first taken up. */
export function openedItems({ state, entries }: Source): ItemState[] {
  const first = new Map<string, number>();
  for (const entry of entries)
    if (entry.kind === 'item-opened' && !first.has(entry.itemId)) first.set(entry.itemId, entry.seq);
  return state.items.filter((each) => first.has(each.id)).sort((a, b) => first.get(a.id)! - first.get(b.id)!);
}

/** One line says what the meeting went through and for how long; only what has something to tell becomes a section. */
export function course(source: Source): Composed[] {
  const items = openedItems(source);
  if (items.length === 0) return [];
  const said = items.map((each) => `${phrase(each.title)}（${inMinutes(spent(each.clock, 0))}）`).join('、');
  const count = items.length > 1 ? `${items.length}项议程` : '';
  const opened = new Set(items.map((each) => each.id));
  return [
    text(
      'course',
      count === '' ? `会议进行了${said}。` : `会议先后进行了${said}${count}。`,
      seqsOf(source.entries, 'item-opened', (entry) => opened.has(entry.itemId)),
    ),
  ];
}
