import type { Audience } from '../../../shared/actor.ts';
import type { Entry, EntryKind, EntryOf, Message, PersonState, SessionState } from '../../../shared/log.ts';

const redacted = (message: Message | undefined, audience: Audience): boolean =>
  message !== undefined && (message.recalled || (message.hidden && audience !== 'staff'));

type Withheld = EntryOf<'withheld'>;
/** What is left of an entry of this kind for this audience. */
type Seen<K extends EntryKind> = (
  entry: EntryOf<K>,
  audience: Audience,
  state: SessionState,
) => EntryOf<K> | Withheld;

const withheld = ({ sessionId, seq }: Entry): Withheld => ({ sessionId, seq, kind: 'withheld' });
const whole = <E extends Entry>(entry: E): E => entry;

/** That somebody is on no roster is for staff. */
function listed<T extends { walkIn?: boolean | undefined }>({
  walkIn: _walkIn,
  ...rest
}: T): Omit<T, 'walkIn'> {
  return rest;
}

/** Who sees what of each kind. There is no default on purpose: a new kind does not compile until somebody has decided it. */
const SEEN: { [K in EntryKind]: Seen<K> } = {
  scheduled: (entry, audience) => (audience === 'guest' ? { ...entry, expected: [] } : entry),
  // What stood in the list before is the server's to compare with.
  started: ({ standing: _standing, ...entry }) => entry,
  paused: whole,
  resumed: whole,
  ended: (entry, audience) => (audience === 'staff' ? entry : { ...entry, rows: [] }),
  joined: (entry, audience) => (audience === 'staff' ? entry : listed(entry)),
  left: whole,
  attended: (entry, audience) => (audience === 'staff' ? entry : { ...entry, reason: '' }),
  'item-opened': whole,
  'item-closed': whole,
  'hand-raised': whole,
  'hand-lowered': whole,
  prompted: whole,
  'queue-ordered': whole,
  'floor-given': whole,
  'floor-extended': whole,
  'floor-ended': whole,
  said: (entry, audience, state) =>
    redacted(state.messages[entry.id], audience) ? { ...entry, body: '' } : entry,
  recalled: whole,
  hidden: whole,
  shown: whole,
  pinned: whole,
  unpinned: whole,
  marked: whole,
  unmarked: whole,
  'problem-accepted': (entry, audience) => (audience === 'guest' ? withheld(entry) : entry),
  decided: whole,
  assigned: whole,
  struck: whole,
  sealed: whole,
  withheld: whole,
};

/**
 * What an audience may see of an entry, given the state as it is now: the one way out of the server. Reasons of leave and the
 * frozen board are for staff, names of the expected for members, and a recalled or hidden text is gone from later reads. Of a
 * kind that a newer program has written nobody sees more than its place: this one cannot know whom it is for.
 */
export function project(entry: Entry, audience: Audience, state: SessionState): Entry {
  if (!Object.hasOwn(SEEN, entry.kind)) return withheld(entry);
  return (SEEN[entry.kind] as (e: Entry, a: Audience, s: SessionState) => Entry)(entry, audience, state);
}

export function projectMessage(message: Message, audience: Audience): Message {
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
      audience === 'staff'
        ? { ...p }
        : { ...listed(p), reason: '', ...(audience === 'guest' ? unexpected(p) : {}) },
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
  const { standing: _standing, ...told } = state;
  const schedule =
    state.schedule && (audience === 'guest' ? { ...state.schedule, expected: [] } : state.schedule);
  return {
    older: from > 0,
    state: structuredClone({
      ...told,
      ...(schedule ? { schedule } : {}),
      people: projectPeople(state, audience),
      problems: audience === 'guest' ? [] : state.problems,
      messages,
      order,
    }),
  };
}
