import { lineBreaks } from './line-breaks.ts';
import type { Clock, Entry, EntryKind, EntryOf, PersonState, SessionState } from './log.ts';

export function emptySession(sessionId: string): SessionState {
  return {
    sessionId,
    seq: 0,
    phase: 'draft',
    items: [],
    currentItem: '',
    people: {},
    hands: [],
    turns: [],
    messages: {},
    order: [],
    resolutions: [],
    problems: [],
    sealed: false,
  };
}

const run = (clock: Clock, at: string): void => {
  clock.since ??= at;
};
const stop = (clock: Clock, at: string): void => {
  if (clock.since === undefined) return;
  clock.spentMs += Math.max(0, Date.parse(at) - Date.parse(clock.since));
  delete clock.since;
};
/** Milliseconds on a clock at this moment (server time). */
export function spent(clock: Clock, nowMs: number): number {
  return clock.spentMs + (clock.since === undefined ? 0 : Math.max(0, nowMs - Date.parse(clock.since)));
}

function blankPerson(personId: string, name: string, unitName: string, level: string): PersonState {
  return {
    personId,
    name,
    unitName,
    level,
    expected: false,
    removed: false,
    attendance: 'none',
    reason: '',
    turns: 0,
  };
}

function personOf(
  state: SessionState,
  p: { personId: string; name: string; unitName: string; level?: string },
): PersonState {
  return (state.people[p.personId] ??= blankPerson(p.personId, p.name, p.unitName, p.level ?? ''));
}

const currentOf = (state: SessionState) => state.items.find((item) => item.id === state.currentItem);

function schedule(state: SessionState, entry: EntryOf<'scheduled'>): void {
  const { sessionId: _s, seq: _q, at: _a, by: _b, kind: _k, ...plan } = entry;
  state.schedule = plan;
  const known = new Map(state.items.map((item) => [item.id, item]));
  state.items = plan.agenda.map((item) => ({
    status: 'waiting' as const,
    clock: { spentMs: 0 },
    ...known.get(item.id),
    ...item,
  }));
  if (!state.items.some((item) => item.id === state.currentItem)) state.currentItem = '';
  for (const person of Object.values(state.people)) person.expected = false;
  for (const expected of plan.expected) {
    const person = personOf(state, expected);
    person.expected = true;
    if (person.joinedAt === undefined) Object.assign(person, expected);
  }
}

function resume(state: SessionState, at: string): void {
  state.phase = 'live';
  delete state.endedAt;
  for (const each of state.items) delete each.carried;
  const item = currentOf(state);
  if (item) run(item.clock, at);
  if (state.floor) run(state.floor.clock, at);
}

function closeItem(state: SessionState, itemId: string, at: string): void {
  const item = state.items.find((i) => i.id === itemId);
  if (!item) return;
  stop(item.clock, at);
  item.status = 'done';
  if (state.currentItem === itemId) state.currentItem = '';
}

function openItem(state: SessionState, entry: EntryOf<'item-opened'>): void {
  if (state.currentItem !== '' && state.currentItem !== entry.itemId)
    closeItem(state, state.currentItem, entry.at);
  const item = state.items.find((i) => i.id === entry.itemId);
  if (!item) return;
  item.status = 'open';
  item.openedSeq = entry.seq;
  item.openedAt = entry.at;
  state.currentItem = item.id;
  if (state.phase === 'live') run(item.clock, entry.at);
}

function endFloor(state: SessionState, at: string): void {
  if (!state.floor) return;
  stop(state.floor.clock, at);
  state.turns.push(state.floor);
  delete state.floor;
}

function giveFloor(state: SessionState, entry: EntryOf<'floor-given'>): void {
  endFloor(state, entry.at);
  state.hands = state.hands.filter((id) => id !== entry.personId);
  const person = state.people[entry.personId];
  if (person) Object.assign(person, { turns: person.turns + 1, spoke: true });
  state.floor = {
    seq: entry.seq,
    personId: entry.personId,
    itemId: state.currentItem,
    givenAt: entry.at,
    seconds: entry.seconds,
    extensions: 0,
    clock: { spentMs: 0 },
  };
  if (state.phase === 'live') run(state.floor.clock, entry.at);
}

function join(state: SessionState, entry: EntryOf<'joined'>): void {
  const person = personOf(state, entry);
  const { name, unitName, level, walkIn } = entry;
  const capacity = entry.unproven && person.capacity ? person.capacity : entry.capacity;
  Object.assign(person, { name, unitName, level, capacity, removed: false, ...(walkIn && { walkIn }) });
  person.joinedAt ??= entry.at;
  delete person.leftAt;
  if (person.attendance === 'leave') person.cameAfterAll = true;
}

function leave(state: SessionState, personId: string, at: string, removed: boolean): void {
  const person = state.people[personId];
  if (!person) return;
  person.leftAt = at;
  person.removed = removed;
  state.hands = state.hands.filter((id) => id !== personId);
  if (state.floor?.personId === personId) endFloor(state, at);
}

function halt(state: SessionState, at: string): void {
  const item = currentOf(state);
  if (item) stop(item.clock, at);
  if (state.floor) stop(state.floor.clock, at);
}

function end(state: SessionState, entry: EntryOf<'ended'>): void {
  halt(state, entry.at);
  endFloor(state, entry.at);
  state.phase = 'ended';
  state.endedAt = entry.at;
  state.hands = [];
  const carried = new Set(entry.carryOver);
  for (const item of state.items) if (item.status !== 'done' && carried.has(item.id)) item.carried = true;
  for (const { personId, at } of entry.lastSeen) {
    const person = state.people[personId];
    if (person && person.leftAt === undefined) person.leftAt = at;
  }
}

function say(state: SessionState, entry: EntryOf<'said'>): void {
  if (state.messages[entry.id]) return;
  const author = state.people[entry.by];
  if (author) author.spoke = true;
  state.order.push(entry.id);
  state.messages[entry.id] = {
    id: entry.id,
    seq: entry.seq,
    at: entry.at,
    by: entry.by,
    itemId: state.currentItem,
    kind: entry.messageKind,
    body: lineBreaks(entry.body),
    recalled: false,
    hidden: false,
    pinned: false,
    ...(state.floor?.personId === entry.by && { floor: true }),
    ...(entry.unproven && { unproven: true }),
  };
}

function resolve(state: SessionState, entry: EntryOf<'decided'> | EntryOf<'assigned'>): void {
  const decision = entry.kind === 'decided';
  state.resolutions.push({
    id: entry.id,
    seq: entry.seq,
    kind: decision ? 'decision' : 'action',
    itemId: state.currentItem,
    text: entry.text,
    who: decision ? entry.unitName : entry.ownerName,
    ...(decision && entry.ownerName !== undefined && { owner: entry.ownerName }),
    ...(entry.ownerId !== undefined && { ownerId: entry.ownerId }),
    ...(entry.due !== undefined && { due: entry.due }),
    struck: false,
  });
}

const onMessage =
  (change: (m: SessionState['messages'][string], e: { rowId?: string }) => void) =>
  (state: SessionState, entry: { messageId: string; rowId?: string }): void => {
    const message = state.messages[entry.messageId];
    if (message) change(message, entry);
  };

type Fold = { [K in EntryKind]: (state: SessionState, entry: EntryOf<K>) => void };

const FOLD: Fold = {
  scheduled: schedule,
  started: (state, entry) => {
    state.startedAt ??= entry.at;
    if (entry.standing) state.standing ??= entry.standing;
    resume(state, entry.at);
  },
  paused: (state, entry) => {
    state.phase = 'paused';
    halt(state, entry.at);
  },
  resumed: (state, entry) => resume(state, entry.at),
  ended: end,
  joined: join,
  left: (state, entry) => leave(state, entry.personId, entry.at, entry.removed),
  attended: (state, entry) => {
    const person = personOf(state, entry);
    person.attendance = entry.status;
    delete person.cameAfterAll;
    person.reason = entry.reason;
    // Whom the moderator counts as present may come in again.
    if (entry.status === 'present' || entry.status === 'observing') person.removed = false;
  },
  'item-opened': openItem,
  'item-closed': (state, entry) => closeItem(state, entry.itemId, entry.at),
  'hand-raised': (state, entry) => {
    if (!state.hands.includes(entry.personId)) state.hands.push(entry.personId);
  },
  'hand-lowered': (state, entry) => {
    state.hands = state.hands.filter((id) => id !== entry.personId);
  },
  prompted: (state, entry) => {
    if (entry.prompt) state.prompt = entry.prompt;
    else delete state.prompt;
  },
  'queue-ordered': (state, entry) => {
    const asked = entry.order.filter((id) => state.hands.includes(id));
    state.hands = [...new Set([...asked, ...state.hands])];
  },
  'floor-given': giveFloor,
  'floor-extended': (state, entry) => {
    if (!state.floor) return;
    state.floor.seconds += entry.seconds;
    state.floor.extensions += 1;
  },
  'floor-ended': (state, entry) => endFloor(state, entry.at),
  said: say,
  recalled: onMessage((m) => {
    m.recalled = true;
    m.pinned = false;
  }),
  hidden: onMessage((m) => {
    m.hidden = true;
    m.pinned = false;
  }),
  shown: onMessage((m) => {
    m.hidden = false;
  }),
  pinned: onMessage((m) => {
    m.pinned = true;
  }),
  unpinned: onMessage((m) => {
    m.pinned = false;
  }),
  marked: onMessage((m) => {
    m.marked = true;
  }),
  unmarked: onMessage((m) => {
    delete m.marked;
  }),
  'problem-accepted': (state, entry) => {
    state.problems.push({ messageId: entry.messageId, rowId: entry.rowId });
    const message = state.messages[entry.messageId];
    if (message) message.rowId = entry.rowId;
  },
  decided: resolve,
  assigned: resolve,
  struck: (state, entry) => {
    const found = state.resolutions.find((r) => r.id === entry.recordId);
    if (found) found.struck = true;
  },
  sealed: (state) => {
    state.sealed = true;
  },
  withheld: () => undefined,
};

/** False for a kind that this program does not know: a newer one has written it. */
export const isKnownKind = (kind: string): kind is EntryKind => Object.hasOwn(FOLD, kind);

/**
 * Folds one entry into the state, which it owns and changes in place. Deterministic and total: an entry that refers to
 * something unknown (older than a snapshot) changes nothing but `seq` and the time; one that is withheld, or of a kind that
 * this program does not know, nothing but `seq`.
 */
export function apply(state: SessionState, entry: Entry): SessionState {
  state.seq = entry.seq;
  if (entry.kind === 'withheld' || !isKnownKind(entry.kind)) return state;
  (FOLD[entry.kind] as (s: SessionState, e: Entry) => void)(state, entry);
  state.at = entry.at;
  return state;
}

/** Folds a whole log. */
export function fold(sessionId: string, entries: Iterable<Entry>): SessionState {
  const state = emptySession(sessionId);
  for (const entry of entries) apply(state, entry);
  return state;
}
