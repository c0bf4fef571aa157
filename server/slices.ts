import { join } from 'node:path';
import type { Documents } from './collab/documents.ts';
import { createAdmin } from './features/admin/admin.ts';
import { type Board, createBoard } from './features/board/board.ts';
import {
  type Campaigns,
  campaignName,
  createCampaigns,
  type HangsOn,
} from './features/campaigns/campaigns.ts';
import { createExports } from './features/exports/exports.ts';
import { createRenderers, type Renderers } from './features/exports/renderers.ts';
import type { Ceilings } from './features/identity/attempts.ts';
import { createIdentity, type Identity } from './features/identity/identity.ts';
import { createMinutes } from './features/minutes/minutes.ts';
import { createRooms, type Rooms } from './features/rooms/rooms.ts';
import type { Places } from './features/session/core.ts';
import { roomChannel } from './features/session/presence.ts';
import { createSession, type Session } from './features/session/session.ts';
import type { Config } from './platform/config.ts';
import type { Reader } from './platform/doc-socket.ts';
import type { Handlers } from './platform/handler.ts';
import type { Log } from './platform/log.ts';
import type { Tasks } from './platform/tasks.ts';
import type { Tick } from './platform/tick.ts';
import type { Hub, Member } from './realtime/hub.ts';
import type { Storage } from './storage/port.ts';

/** What the sessions ask about places of a campaign: units, rooms, roster. */
function placesOf(campaigns: Campaigns, rooms: Rooms): Places {
  return {
    room: rooms.get,
    unitName: async (campaignId, unitId) => (await campaigns.unit(campaignId, unitId))?.name,
    unitCalled: async (campaignId, name) => (await campaigns.unitCalled(campaignId, name))?.unitId ?? '',
    roster: campaigns.roster,
  };
}

/**
 * Every change of rights reaches what is open: documents ask again and are closed only where the answer is no; sockets are cut where
 * something was taken (they come back and are asked), and only told where something was given.
 */
export function joinRights(identity: Identity, documents: Documents, hub: Hub, tasks: Tasks): void {
  identity.onRightsChanged((change) => {
    const ended = change.kind === 'ended' ? change.tokenId : undefined;
    const theirs = (who: { personId: string; tokenId?: string }) =>
      who.personId === change.personId && (ended === undefined || who.tokenId === ended);
    tasks.run('rights', () => documents.recheck(theirs));
    if (change.kind === 'moved') return;
    const sessionId = change.kind === 'ended' ? '' : change.sessionId;
    const inside = new Set(hub.members(roomChannel(sessionId)).map((member) => member.connectionId));
    const touched = (m: Member) => theirs(m) && (sessionId === '' || inside.has(m.connectionId));
    if (change.kind === 'given') hub.tell(touched, 'rights:given', {});
    else hub.drop(touched);
  });
}

export interface SliceParts {
  config: Pick<Config, 'dataDir'>;
  storage: Pick<Storage, 'records' | 'blobs'>;
  log: Log;
  /** Other limits of wrong tries, for tests. */
  ceilings?: Partial<Ceilings> | undefined;
}

export interface Tools {
  hub: Hub;
  tick: Tick;
  documents: Documents;
  tasks: Tasks;
  now: () => number;
}

/** The slices from left to right, each handed what it may ask of others. */
export function joinSlices(parts: SliceParts, tools: Tools) {
  const { log } = parts;
  const { records, blobs } = parts.storage;
  const { hub, tick, documents, tasks, now } = tools;
  // Made below: these slices stand left of the ones they ask about.
  const hangs = () => session.hangsOn;
  const hangsOn: HangsOn = {
    room: (roomId) => hangs().room(roomId),
    unit: (_campaignId, unitId) => hangs().unit(unitId),
    campaign: (campaignId) => hangs().campaign(campaignId),
    person: (campaignId, personId) => hangs().person(campaignId, personId),
  };
  const { ceilings } = parts;
  const identity = createIdentity({
    records,
    log,
    now,
    ceilings,
    campaignName: (id) => campaignName(records, id),
  });
  const rooms = createRooms({ records, hangsOn, now });
  const campaigns = createCampaigns({ records, identity, rooms, hangsOn, now });
  const places = placesOf(campaigns, rooms);
  const topicNames = rooms.names;
  const { unitName } = places;
  const board = createBoard({ records, blobs, documents, unitName, topicNames, now, tasks, log });
  const session: Session = createSession({
    records,
    hub,
    tick,
    identity,
    attempts: identity.attempts,
    board,
    tasks,
    now,
    places,
  });
  const minutes = createMinutes({ records, session, now });
  const renderers: Renderers = createRenderers(join(parts.config.dataDir, 'fonts'));
  const exports = createExports({ board, minutes, session, blobs, topicNames, renderers, now });
  const handlers: Handlers = {
    identity: identity.handlers,
    campaigns: campaigns.handlers,
    rooms: rooms.handlers,
    board: board.handlers,
    session: session.handlers,
    minutes: minutes.handlers,
    exports,
    admin: createAdmin({ records }),
  };
  return { identity, campaigns, board, session, handlers, renderers };
}

/** Who opens a live document; rights are asked again whenever they change. Undefined for nobody we know. */
export async function readerOf(
  identity: Identity,
  board: Board,
  token: string | undefined,
  doc: string,
): Promise<Reader | undefined> {
  const { actor, tokenId } = await identity.authenticate(token);
  if (actor.kind === 'anonymous') return undefined;
  return {
    personId: actor.personId,
    name: actor.name,
    tokenId,
    access: async () => board.access((await identity.authenticateById(tokenId)).actor, doc),
  };
}
