import type { Room } from '../../../shared/contract/rooms.ts';
import type { SessionView } from '../../../shared/contract/session.ts';
import { serverNow } from '../../lib/clock.ts';
import { fromInputs, nextHalfHour, toInputs } from '../../lib/dates.ts';
import { topicName } from '../../../shared/topic.ts';
import { type ItemDraft, minutesOf, USUAL_MINUTES, usualAgenda } from './agenda.ts';
import type { sessionWords } from './words.ts';

/** A session as it is typed. */
export interface SessionDraft {
  roomId: string;
  title: string;
  day: string;
  time: string;
  plannedMinutes: string;
  place: string;
  unitId: string;
  agenda: ItemDraft[];
  expectedUnits: string[];
  expectedPeople: string[];
}
type Words = (typeof sessionWords)['zh'];

/** The usual online symposium, named after its room. */
export function newDraft(room: Room | undefined, unitId: string, words: Words): SessionDraft {
  return {
    roomId: room?.roomId ?? '',
    title: room ? words.titleOf(topicName(room)) : '',
    ...toInputs(nextHalfHour(serverNow())),
    plannedMinutes: String(USUAL_MINUTES),
    place: words.online,
    unitId,
    agenda: usualAgenda(words),
    expectedUnits: unitId === '' ? [] : [unitId],
    expectedPeople: [],
  };
}

export function draftOf(session: SessionView): SessionDraft {
  return {
    roomId: session.roomId,
    title: session.title,
    ...toInputs(session.plannedAt),
    plannedMinutes: String(session.plannedMinutes),
    place: session.place,
    unitId: session.unitId,
    agenda: session.agenda.map(({ id, title, minutes, from }) => ({
      ...{ id, title, minutes: String(minutes) },
      ...(from && { from }),
    })),
    expectedUnits: session.expectedUnits,
    expectedPeople: session.expectedPeople,
  };
}

/** The part of the contract's input that both creating and editing share. */
export function settingsOf(draft: SessionDraft): Record<string, unknown> {
  return {
    title: draft.title.trim(),
    plannedAt: fromInputs(draft.day, draft.time) ?? '',
    plannedMinutes: minutesOf(draft.plannedMinutes),
    place: draft.place.trim(),
    unitId: draft.unitId,
    agenda: draft.agenda.map((item) => ({
      id: item.id,
      title: item.title.trim(),
      minutes: minutesOf(item.minutes),
      identity: 'named',
      ...(item.from && { from: item.from }),
    })),
    expectedUnits: draft.expectedUnits,
    expectedPeople: draft.expectedPeople,
  };
}
