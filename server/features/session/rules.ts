import type { Actor, Role } from '../../../shared/actor.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import type { DraftEntry, Message, PersonState, SessionState } from '../../../shared/log.ts';
import { STAFF_ROLES } from '../../../shared/roles.ts';
import type { Decision } from './room-log.ts';

// What may happen in a meeting, decided on the state alone. Rights have been asked before; here it is about order.

type Person = Extract<Actor, { kind: 'person' }>;
/** Who does it, in what capacity. */
export interface Doer {
  person: Person;
  capacity: Role;
}

export const no = (
  reason: string,
  code: ErrorCode = 'WRONG_STATE',
  facts?: Record<string, string>,
): never => {
  throw new AppError(code, reason, facts ? { facts } : {});
};

const CAPACITIES: readonly Role[] = [
  'moderator',
  'note-taker',
  'administrator',
  'participant',
  'observer',
  'guest',
];
export function capacityOf(roles: ReadonlySet<Role>): Role {
  return CAPACITIES.find((role) => roles.has(role)) ?? 'observer';
}

const isStaff = (role: Role | undefined): boolean => role !== undefined && STAFF_ROLES.includes(role);

/** Under a name that was staff here when it was proven, on a device that has proven nothing. */
const unproven = (known: PersonState | undefined, { person, capacity }: Doer): boolean =>
  !person.proven && isStaff(known?.capacity) && !isStaff(capacity);

function joined(doer: Doer, known: PersonState | undefined): DraftEntry {
  const { personId, name, unitName, walkIn } = doer.person;
  return {
    ...{ kind: 'joined', by: personId, personId, name, unitName },
    ...{ level: known?.level ?? '', capacity: doer.capacity },
    ...(walkIn && { walkIn }),
    ...(unproven(known, doer) && { unproven: true }),
  };
}

/**
 * `joined` comes before whatever a person does first, and again when a device proves a staff role under a name that came in without
 * one: the badge and the minutes then know it.
 */
export function arriving(state: SessionState, doer: Doer): DraftEntry[] {
  const known = state.people[doer.person.personId];
  if (known?.removed) no('person.removed', 'FORBIDDEN');
  const inside = known?.joinedAt !== undefined && known.leftAt === undefined;
  const rises = isStaff(doer.capacity) && !isStaff(known?.capacity);
  return inside && !rises ? [] : [joined(doer, known)];
}

export function meeting(state: SessionState): void {
  if (state.phase === 'draft') no('session.not-started');
  if (state.phase === 'ended') no('session.ended');
}

export const enter =
  (doer: Doer) =>
  (state: SessionState): Decision => {
    if (state.phase === 'ended') no('session.ended');
    const [main] = arriving(state, doer);
    // Entering twice is no event: say again what stands.
    return main ? { main } : no('person.inside', 'CONFLICT');
  };

export const leave =
  (personId: string, by: string, removed: boolean) =>
  (state: SessionState): Decision => {
    if (state.phase === 'ended') no('session.ended');
    const person = state.people[personId];
    if (person?.joinedAt === undefined) no('person.absent', 'NOT_FOUND');
    // Leaving twice is no event; who has left may still be kept out.
    if (removed ? person?.removed : person?.leftAt !== undefined) no('person.gone', 'CONFLICT');
    return { main: { kind: 'left', by, personId, removed } };
  };

/** Several sent out at once, those of them who are in the room or were. CONFLICT `person.gone` when that is nobody. */
export const removeAll =
  (personIds: readonly string[], by: string) =>
  (state: SessionState): Decision => {
    if (state.phase === 'ended') no('session.ended');
    const here = personIds.filter((id) => {
      const person = state.people[id];
      return person?.joinedAt !== undefined && !person.removed;
    });
    const last = here.at(-1) ?? no('person.gone', 'CONFLICT');
    const entry = (personId: string): DraftEntry => ({ kind: 'left', by, personId, removed: true });
    return { before: here.slice(0, -1).map(entry), main: entry(last) };
  };

export const attend =
  (input: InputOf<'session.attend'>, by: string, who: { name: string; unitName: string }) =>
  (state: SessionState): Decision => {
    if (state.sealed) no('minutes.sealed');
    const { personId, status, reason } = input;
    return {
      main: { kind: 'attended', by, personId, ...who, status, reason: status === 'leave' ? reason : '' },
    };
  };

export const say =
  (input: InputOf<'session.say'>, doer: Doer) =>
  (state: SessionState): Decision => {
    if (state.phase !== 'live')
      no(
        state.phase === 'paused'
          ? 'session.paused'
          : state.phase === 'ended'
            ? 'session.ended'
            : 'session.not-started',
      );
    const by = doer.person.personId;
    const bare = unproven(state.people[by], doer) && { unproven: true };
    return {
      before: arriving(state, doer),
      main: { kind: 'said', by, id: input.id, messageKind: input.kind, body: input.body, ...bare },
    };
  };

function messageIn(state: SessionState, messageId: string): Message {
  return state.messages[messageId] ?? no('message.unknown', 'NOT_FOUND');
}

type MessageMark = 'recalled' | 'hidden' | 'shown' | 'pinned' | 'unpinned' | 'marked' | 'unmarked';

/** Recalling, hiding, pinning and their opposites. Doing what is done already is CONFLICT, so that two clicks make one entry. */
export const mark =
  (kind: MessageMark, messageId: string, by: string) =>
  (state: SessionState): Decision => {
    if (state.sealed) no('minutes.sealed');
    const message = messageIn(state, messageId);
    if (kind === 'recalled' && message.by !== by) no('message.not-yours', 'FORBIDDEN');
    if (message.recalled) no('message.recalled', 'CONFLICT');
    const is = {
      recalled: message.recalled,
      hidden: message.hidden,
      shown: !message.hidden,
      pinned: message.pinned,
      unpinned: !message.pinned,
      // What was said at the floor goes in without a mark, and has none to take back.
      marked: message.marked === true || message.floor === true,
      unmarked: message.marked !== true,
    };
    if (is[kind]) no('message.same', 'CONFLICT');
    if ((kind === 'pinned' || kind === 'marked') && message.hidden) no('message.hidden');
    return { main: { kind, by, messageId } };
  };

/**
 * One takes back what one has written on this device (`device`), and with proof all that stands under one's name. Of messages that
 * do not say where they were written (older programs), a name without a staff role may take its own back.
 */
export const recall =
  (messageId: string, { person }: Doer, device: string) =>
  (state: SessionState, writtenOn: (messageId: string) => string | undefined): Decision => {
    const decision = mark('recalled', messageId, person.personId)(state);
    const written = writtenOn(messageId);
    const own =
      written === undefined ? !isStaff(state.people[person.personId]?.capacity) : written === device;
    if (!person.proven && !own) no('message.other-device', 'FORBIDDEN');
    return decision;
  };

export const accept =
  (messageId: string, by: string) =>
  (state: SessionState): Decision => {
    if (state.sealed) no('minutes.sealed');
    const message = messageIn(state, messageId);
    if (message.recalled || message.hidden) no('message.hidden');
    // The row's id is the message's: taking up twice makes one row, and a crash between log and board is mended by repeating.
    return { main: { kind: 'problem-accepted', by, messageId, rowId: messageId } };
  };
