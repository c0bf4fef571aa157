import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import type { Failure } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { createDocuments, type Documents } from './collab/documents.ts';
import type { HeadLine } from './features/admin/heads.ts';
import { createTrail } from './features/admin/trail.ts';
import type { Ceilings } from './features/identity/attempts.ts';
import type { Identity } from './features/identity/identity.ts';
import { openInstallation } from './features/identity/installation.ts';
import type { Session } from './features/session/session.ts';
import { closeInOrder } from './closing.ts';
import { NO_EVENT } from './platform/audit-trail.ts';
import type { Config } from './platform/config.ts';
import { onceADay } from './platform/daily.ts';
import type { Handlers } from './platform/handler.ts';
import { createFloodGate } from './platform/limits.ts';
import type { Log } from './platform/log.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import { createTasks } from './platform/tasks.ts';
import { Tick } from './platform/tick.ts';
import { createSocketHub } from './realtime/socket-hub.ts';
import { migrations } from './migrations.ts';
import { joinRights, joinSlices, readerOf } from './slices.ts';
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
  const { identity, campaigns, board, session, handlers, renderers } = joinSlices(parts, {
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
