import type { Actor, Audience, Role } from '../../../shared/actor.ts';
import { audienceOf, rolesIn } from '../../../shared/roles.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Action, can } from '../../../shared/policy.ts';
import type { Theme } from '../../../shared/topic.ts';
import type { Context } from '../../platform/handler.ts';
import type { Tasks } from '../../platform/tasks.ts';
import type { Tick } from '../../platform/tick.ts';
import type { Hub } from '../../realtime/hub.ts';
import type { RecordStore } from '../../storage/port.ts';
import { remembering } from './remembering.ts';
import type { Board } from '../board/board.ts';
import type { Attempts } from '../identity/attempts.ts';
import type { Identity } from '../identity/identity.ts';
import { type Cards, createCards } from './cards.ts';
import { type SessionRecord, sessions } from './collections.ts';
import { involving } from './involved.ts';
import { createMending, type Mending } from './mending.ts';
import { createDoorRequests, type DoorRequests } from './door-requests.ts';
import { isShut, overWith } from './shut.ts';
import { createPresence, type SessionPresence } from './presence.ts';
import { createRoomLogs, type RoomLogs } from './room-logs.ts';
import { createTeller, type Teller } from './telling.ts';

/** What this slice asks of the ones left of it about places; joined in app.ts. */
export interface Places {
  room(roomId: string): Promise<(Theme & { campaignId: string }) | undefined>;
  unitName(campaignId: string, unitId: string): Promise<string | undefined>;
  /** Id of the unit that is called so, blanks and width ignored; '' when none is. */
  unitCalled(campaignId: string, name: string): Promise<string>;
  /** Everybody on the roster, in its order. */
  roster(campaignId: string): Promise<RosterEntry[]>;
}

export interface RosterEntry {
  personId: string;
  name: string;
  unitId: string;
  unitName: string;
  level: string;
}

export interface SessionParts {
  places: Places;
  records: RecordStore;
  hub: Hub;
  /** When what was said is stored and shown. */
  tick: Tick;
  identity: Identity;
  attempts: Attempts;
  board: Board;
  tasks: Tasks;
  now: () => number;
}

/** What the handlers of this slice share. */
export interface Core extends SessionParts {
  logs: RoomLogs;
  cards: Cards;
  presence: SessionPresence;
  mending: Mending;
  requests: DoorRequests;
  /** Hear of what has become durable in any room, in order and once. */
  heard: Teller['committed'][];
}

export type Person = Extract<Actor, { kind: 'person' }>;

export function createCore(parts: SessionParts): Core {
  const presence = createPresence(parts.hub, (sessionId) => void tellPresent(sessionId));
  const tell = createTeller(parts.hub, presence);
  const cards = createCards(involving(parts.records), tell.changed);
  // Every command of a meeting asks where it is.
  const records = remembering(cards.records, sessions);
  const tellPresent = async (sessionId: string): Promise<void> => {
    // What cannot be read now is told with the next change.
    const record = await records.get(sessions, sessionId).catch(() => undefined);
    if (record) tell.card(record);
  };
  const heard = [tell.committed];
  const logs = createRoomLogs({
    records,
    tick: parts.tick,
    now: parts.now,
    committed: (sessionId, placed, state) => {
      for (const told of heard) told(sessionId, placed, state);
    },
  });
  const requests = createDoorRequests({ records, hub: parts.hub, now: parts.now });
  return { ...parts, records, logs, cards, presence, mending: createMending(), requests, heard };
}

export function personOf(context: Context): Person {
  if (context.actor.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'sign.in');
  return context.actor;
}

/** A session with what the caller may do there. */
export interface Place {
  record: SessionRecord;
  person: Person;
  roles: Set<Role>;
  audience: Audience;
  may(action: Action): boolean;
}

const hasCome = (core: Core, sessionId: string, personId: string): Promise<boolean> =>
  core.logs.of(sessionId).read(({ state }) => state.people[personId]?.joinedAt !== undefined);

/** A guest of a meeting that is over reads on what there was while the end can be taken back; nobody comes in for the first time. */
const tooLate = async (core: Core, record: SessionRecord, personId: string): Promise<boolean> =>
  record.phase === 'ended' && (isShut(record, core.now()) || !(await hasCome(core, record.id, personId)));

export const isRemoved = (core: Core, sessionId: string, personId: string): Promise<boolean> =>
  core.logs.of(sessionId).read(({ state }) => state.people[personId]?.removed === true);

/** NOT_FOUND for a session that does not exist or that the caller may not read; FORBIDDEN for a missing right. */
export async function enterPlace(
  core: Core,
  context: Context,
  sessionId: string,
  action?: Action,
): Promise<Place> {
  const person = personOf(context);
  const record = await core.records.get(sessions, sessionId);
  const where = { campaignId: record?.campaignId ?? '', sessionId };
  const roles = rolesIn(person, where);
  const audience = audienceOf(roles);
  if (!record) throw new AppError('NOT_FOUND', 'session.unknown');
  // Before the rights, which a removal takes away: who was sent out hears so, and nobody else can have been.
  if (audience !== 'staff' && (await isRemoved(core, sessionId, person.personId)))
    throw new AppError('FORBIDDEN', 'person.removed');
  if (audience === 'guest' && (await tooLate(core, record, person.personId)))
    throw overWith(record.title, record.startedAt ?? record.plannedAt, record.unitName);
  if (!audience || !can(person, 'session:read', where)) throw new AppError('NOT_FOUND', 'session.unknown');
  const may = (each: Action) => can(person, each, where);
  if (action && !may(action)) throw new AppError('FORBIDDEN', 'not.allowed');
  return { record, person, roles, audience, may };
}
