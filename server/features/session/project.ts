import type { Audience } from '../../../shared/actor.ts';
import type { Entry, Message, PersonState, SessionState } from '../../../shared/log.ts';

const redacted = (message: Message | undefined, audience: Audience): boolean =>
  message !== undefined && (message.recalled || (message.hidden && audience !== 'staff'));

/**
 * What an audience may see of an entry, given the state as it is now: the one way out of the server. Reasons of leave and the
 * frozen board are for staff, names of the expected for members, and a recalled or hidden text is gone from later reads.
 */
export function project(entry: Entry, audience: Audience, state: SessionState): Entry {
  switch (entry.kind) {
    case 'said':
      return redacted(state.messages[entry.id], audience) ? { ...entry, body: '' } : entry;
    case 'attended':
      return audience === 'staff' ? entry : { ...entry, reason: '' };
    case 'ended':
      return audience === 'staff' ? entry : { ...entry, rows: [] };
    case 'scheduled':
      return audience === 'guest' ? { ...entry, expected: [] } : entry;
    case 'problem-accepted':
      return audience === 'guest' ? { sessionId: entry.sessionId, seq: entry.seq, kind: 'withheld' } : entry;
    default:
      return entry;
  }
}

function projectMessage(message: Message, audience: Audience): Message {
  const { rowId: _rowId, ...plain } = message;
  const seen = audience === 'guest' ? plain : message;
  return redacted(message, audience) ? { ...seen, body: '' } : { ...seen };
}

/** Guests do not see who is expected, nor what the roster says of who has not come. */
const unexpected = (p: PersonState) => ({ expected: false, level: p.joinedAt === undefined ? '' : p.level });

function projectPeople(state: SessionState, audience: Audience): Record<string, PersonState> {
  const seen = Object.values(state.people).filter(
    (p) => audience !== 'guest' || p.joinedAt !== undefined || p.attendance !== 'none',
  );
  return Object.fromEntries(
    seen.map((p) => [
      p.personId,
      audience === 'staff' ? { ...p } : { ...p, reason: '', ...(audience === 'guest' ? unexpected(p) : {}) },
    ]),
  );
}

/** Messages before `before` (a seq), newest last. */
export function messagesBefore(
  state: SessionState,
  audience: Audience,
  before: number,
  limit: number,
): Message[] {
  const ids: string[] = [];
  for (let i = state.order.length - 1; i >= 0 && ids.length < limit; i--) {
    const id = state.order[i]!;
    if (state.messages[id]!.seq < before) ids.unshift(id);
  }
  return ids.map((id) => projectMessage(state.messages[id]!, audience));
}

/** The state as this audience would have folded it, with the newest `recent` messages and all pinned ones. */
export function snapshot(
  state: SessionState,
  audience: Audience,
  recent: number,
): { state: SessionState; older: boolean } {
  const from = Math.max(0, state.order.length - recent);
  const order = state.order.filter((id, at) => at >= from || state.messages[id]!.pinned);
  const messages = Object.fromEntries(order.map((id) => [id, projectMessage(state.messages[id]!, audience)]));
  const schedule =
    state.schedule && (audience === 'guest' ? { ...state.schedule, expected: [] } : state.schedule);
  return {
    older: from > 0,
    state: structuredClone({
      ...state,
      ...(schedule ? { schedule } : {}),
      people: projectPeople(state, audience),
      problems: audience === 'guest' ? [] : state.problems,
      messages,
      order,
    }),
  };
}
