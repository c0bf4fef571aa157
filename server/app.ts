import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express, { type Express } from 'express';
import type { Failure } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { createDocuments, type Documents } from './collab/documents.ts';
import { createAdmin } from './features/admin/admin.ts';
import type { HeadLine } from './features/admin/heads.ts';
import { createTrail } from './features/admin/trail.ts';
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
import { openInstallation } from './features/identity/installation.ts';
import { createMinutes } from './features/minutes/minutes.ts';
import { createRooms, type Rooms } from './features/rooms/rooms.ts';
import type { Places } from './features/session/core.ts';
import { roomChannel } from './features/session/presence.ts';
import { createSession, type Session } from './features/session/session.ts';
import { closeInOrder } from './closing.ts';
import { NO_EVENT } from './platform/audit-trail.ts';
import type { Config } from './platform/config.ts';
import { onceADay } from './platform/daily.ts';
import type { Reader } from './platform/doc-socket.ts';
import type { Handlers } from './platform/handler.ts';
import { createFloodGate } from './platform/limits.ts';
import type { Log } from './platform/log.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import { createTasks, type Tasks } from './platform/tasks.ts';
import { Tick } from './platform/tick.ts';
import type { Hub, Member } from './realtime/hub.ts';
import { createSocketHub } from './realtime/socket-hub.ts';
import { migrations } from './migrations.ts';
import { createReadiness } from './storage/readiness.ts';
import { migrateRecords } from './storage/migration.ts';
import type { Storage } from './storage/port.ts';
import { createDispatch } from './transport/dispatch.ts';
import { tokenOf } from './transport/cookies.ts';
import { addressOf, type Site, sameOrigin } from './transport/request.ts';
import { serveRoutes } from './transport/routes.ts';
import { serveCarrier } from './transport/doc-carrier.ts';
import type { DoorParts } from './transport/door.ts';
import { createEngineGate } from './transport/engine-gate.ts';
import type { HttpParts } from './transport/http.ts';
import { createHttpGate, timeoutsOf } from './transport/http-gate.ts';
import { LIMITS, type TransportLimits } from './transport/limits.ts';
import { listenForMetrics, type MetricsDoor } from './transport/metrics-door.ts';
import { createPayers } from './transport/payers.ts';
import { createSeats } from './transport/seats.ts';
import { createSocketServer, serveSockets } from './transport/socket.ts';
import type { PageSource } from './transport/static.ts';
import { handleUpgrade } from './transport/upgrade.ts';

export interface AppParts {
  config: Config;
  storage: Storage;
  log: Log;
  /** Where the pages come from: a built client, or Vite in development. */
  pages(app: Express, http: Server): Promise<PageSource> | PageSource;
  /** Upgrade paths of the page source (Vite's HMR in development). */
  ownUpgrade?(path: string): boolean;
  now?: () => number;
  /** Other bounds than the product's, for tests. */
  limits?: Partial<TransportLimits>;
  /** Adds a line to the second place of the audit's heads; without it there is none but the database. */
  noteHead?: (line: HeadLine) => Promise<void>;
  /** Other limits of wrong tries, for tests. */
  ceilings?: Partial<Ceilings>;
}

export interface App {
  http: Server;
  identity: Identity;
  session: Session;
  documents: Documents;
  handlers: Handlers;
  /** Resolves with the port in use. */
  listen(): Promise<number>;
  /**
   * Readiness fails at once, everything is flushed, sockets are told to move. False when the database did not take everything in time:
   * what is not stored is in the log, and with its authors.
   */
  close(): Promise<boolean>;
}

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
function joinRights(identity: Identity, documents: Documents, hub: Hub, tasks: Tasks): void {
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

interface Tools {
  hub: Hub;
  tick: Tick;
  documents: Documents;
  tasks: Tasks;
  now: () => number;
}

function features(parts: AppParts, tools: Tools) {
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
    now,
    places,
  });
  const minutes = createMinutes({ records, session, now });
  const renderers: Renderers = createRenderers(join(parts.config.dataDir, 'fonts'));
  const exports = createExports({ board, minutes, blobs, topicNames, renderers, now });
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

/** Each damaged row is one line of the log when it is first met, and stands in the metrics from then on. */
function watchDamage({ damage }: Storage, log: Log, metrics: Metrics): void {
  damage.watch((found) =>
    log.error({ ...found }, 'stored data are damaged: set aside and kept; restore a backup to mend them'),
  );
  metrics.damaged(() => damage.found().length);
}

const MINUTE_MS = 60_000;

/** Joins the parts: the only place that knows all of them. */
export async function createApp(parts: AppParts): Promise<App> {
  const { config, storage, log } = parts;
  const now = parts.now ?? Date.now;
  await migrateRecords(storage.records, migrations, (what) =>
    log.info({ what }, 'stored records are being migrated'),
  );
  let port = config.port;
  let draining = false;
  let metricsDoor: MetricsDoor | undefined;
  const site: Site = {
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    open: config.host === '0.0.0.0' || config.host === '::',
    port: () => port,
    installation: await openInstallation(storage.records),
  };
  const app = express();
  const limits: TransportLimits = { ...LIMITS, ...parts.limits };
  const http = createServer(timeoutsOf(limits), app);
  const tick = new Tick(config.maxTick);
  const hub = createSocketHub();
  const tasks = createTasks(log);
  const metrics = createMetrics();
  const audit = createTrail({ records: storage.records, now, log, noteHead: parts.noteHead });
  const minutely = setInterval(() => tasks.run('audit', audit.minute), MINUTE_MS).unref();
  const onRefused = (request: IncomingMessage, { code, reason }: Failure) =>
    void audit.refused({ ...NO_EVENT, address: addressOf(site, request), outcome: code, reason });
  const documents = createDocuments({
    ...{ updates: storage.updates, log, tick },
    onRefused: ({ personId, name }, why) =>
      void audit.refused({
        ...{ ...NO_EVENT, personId, personName: name ?? '' },
        ...{ procedure: 'collab.frame', outcome: 'FORBIDDEN', reason: `frame: ${why}` },
      }),
  });
  metrics.documents(documents.counts);
  watchDamage(storage, log, metrics);
  const { identity, campaigns, board, session, handlers, renderers } = features(parts, {
    hub,
    tick,
    documents,
    tasks,
    now,
  });
  joinRights(identity, documents, hub, tasks);

  const { authenticate, authenticateById, tickets } = identity;
  const payers = createPayers({ site, limits, authenticate });
  const engines = createEngineGate(payers, limits);
  const io = createSocketServer(http, { site, gate: engines, limits });
  const gate = createHttpGate({ payers, limits, leaveAlone: engines.knows });
  const dispatch = createDispatch({ handlers, gate: createFloodGate(), log, metrics, audit });
  const api: HttpParts = {
    ...{ site, dispatch, gate, limits, authenticateById, onRefused },
    mintTicket: tickets.mint,
    maxUpload: config.maxUpload,
    mayUpload: {
      'campaigns.importRoster': (context, input) => campaigns.mayImport(context, String(input['campaignId'])),
    },
  };
  const files = { ...api, takeTicket: tickets.take };
  const answers = createReadiness(storage);
  await serveRoutes(app, {
    https: config.publicUrl?.startsWith('https:') ?? false,
    bootId: newId(),
    ready: async () => !draining && (await answers()),
    metrics: { token: config.metricsToken, text: metrics.text },
    api,
    files,
    pages: () => parts.pages(app, http),
  });
  const seats = createSeats(limits.linesOfPerson);
  serveSockets(io, { site, dispatch, metrics, authenticate, authenticateById, seats, enter: hub.enter });
  const door: DoorParts = {
    documents,
    log,
    seats: createSeats(limits.documentsOfPerson),
    allowedOrigin: (request) => sameOrigin(site, request),
    onRefused,
    authenticate: (request, doc) => readerOf(identity, board, tokenOf(site, request), doc),
  };
  serveCarrier(io, door);
  const stopUpgrades = handleUpgrade({
    ...door,
    ...{ server: http, payers, limits },
    leaveAlone: (path) => path.startsWith('/socket.io/') || parts.ownUpgrade?.(path) === true,
  });
  gate.guard(http);
  tasks.run('imports', () => campaigns.resumeImports());
  const stopRounds = onceADay({ tasks, now }, 'snapshots', board.daily);

  return {
    http,
    identity,
    session,
    documents,
    handlers,
    async listen() {
      await new Promise<void>((resolve, reject) => {
        http.once('error', reject);
        http.listen(config.port, config.host, resolve);
      });
      port = (http.address() as AddressInfo).port;
      if (config.metricsPort !== undefined)
        metricsDoor = await listenForMetrics(config.metricsPort, metrics.text);
      return port;
    },
    async close() {
      draining = true;
      stopRounds();
      const last = async () => {
        await metricsDoor?.close();
        await session.settled();
        clearInterval(minutely);
        await identity.settled();
        await tasks.settled();
        await audit.close();
        await Promise.all([campaigns.close(), renderers.close()]);
        await documents.close();
      };
      return closeInOrder({ session, documents, log, http, io, stopUpgrades, last });
    },
  };
}

/** Who opens a live document; rights are asked again whenever they change. Undefined for nobody we know. */
async function readerOf(
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
