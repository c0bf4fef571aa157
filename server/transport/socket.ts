import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { Encoder } from 'socket.io-parser';
import type { Actor } from '../../shared/actor.ts';
import { type ProcedureName, procedures } from '../../shared/contract/index.ts';
import { AppError, type Failure } from '../../shared/errors.ts';
import { CARRIER } from '../../shared/live-document.ts';
import { PROTOCOL_VERSION } from '../../shared/version.ts';
import { connOf, waitingFor } from '../platform/engine-line.ts';
import type { Connection, Context } from '../platform/handler.ts';
import type { Metrics } from '../platform/metrics.ts';
import { LINE_REPLACED } from '../../shared/live-line.ts';
import type { Dispatch } from './dispatch.ts';
import { CARRIED } from './doc-carrier.ts';
import type { EngineGate } from './engine-gate.ts';
import { createReader, tooMany } from './input.ts';
import type { TransportLimits } from './limits.ts';
import { decoderOf, type Taken, TOO_MANY } from './packets.ts';
import { deviceOf, tokenOf } from './cookies.ts';
import { addressOf, originOf, sameOrigin, type Site } from './request.ts';
import type { Seats } from './seats.ts';

export interface SocketParts {
  site: Site;
  dispatch: Dispatch;
  metrics: Metrics;
  authenticate(token: string | undefined): Promise<{ actor: Actor; tokenId: string }>;
  authenticateById(tokenId: string): Promise<{ actor: Actor; tokenId: string }>;
  seats: Seats;
  enter(socket: Socket, who: { personId: string; tokenId: string }): Connection;
}

type Ack = (answer: { ok: true; value: unknown } | { ok: false; error: Failure }) => void;

/** With more than this unread nothing is answered: whoever never reads cannot pile up answers. */
const MAX_UNREAD = 4 * 1024 * 1024;

/** Calls of the main namespace: no binary parts, and no more of anything than the schema has room for. */
function calls(): Taken {
  const live = [...procedures].filter(([, procedure]) => procedure.live);
  return {
    events: new Map(live.map(([name, procedure]) => [name, createReader(procedure).tokens])),
    attachments: 0,
  };
}

/** Socket.IO on the same port; other upgrades belong to /collab and are left alone. */
export function createSocketServer(
  http: HttpServer,
  { site, gate, limits }: { site: Site; gate: EngineGate; limits: TransportLimits },
): Server {
  const taken = new Map([
    ['/', calls()],
    [CARRIER.namespace, CARRIED],
  ]);
  const io = new Server(http, {
    maxHttpBufferSize: limits.frame,
    connectTimeout: limits.comeInMs,
    destroyUpgrade: false,
    serveClient: false,
    parser: { Encoder, Decoder: decoderOf(taken, limits.nonsense) },
    allowRequest: (request, answer) => {
      if (!sameOrigin(site, request)) return answer(null, false);
      void gate.admits(request).then((may) => answer(null, may));
    },
  });
  gate.guard(io.engine);
  return io;
}

const noHeaders = (): never => {
  throw new AppError('UNAVAILABLE', 'http.needed');
};

/**
 * Makes the contexts of one socket's calls. Where they come from stands in its first request and is read once; who it is, is asked
 * for each call.
 */
function contextsOf(
  { site, authenticateById }: SocketParts,
  request: IncomingMessage,
  connection: Connection,
): () => Promise<Context> {
  const { device, issued } = deviceOf(site, request);
  const ip = addressOf(site, request);
  return async () => {
    const { actor, tokenId } = await authenticateById(connection.tokenId);
    return {
      actor,
      tokenId,
      device,
      issued,
      ip,
      get origin() {
        return originOf(site, request);
      },
      connection,
      signIn: noHeaders,
      signOut: noHeaders,
    };
  };
}

function isLive(name: unknown): name is ProcedureName {
  return typeof name === 'string' && procedures.get(name as ProcedureName)?.live === true;
}

async function serve(
  parts: SocketParts,
  socket: Socket,
  contextOf: () => Promise<Context>,
  name: unknown,
  input: unknown,
): Promise<unknown> {
  const version = socket.handshake.auth['protocol'] as unknown;
  if (version !== undefined && version !== PROTOCOL_VERSION) throw new AppError('OUTDATED', 'protocol.old');
  if (waitingFor(connOf(socket)) > MAX_UNREAD) throw new AppError('RATE_LIMITED', 'tries.many');
  if (!isLive(name)) throw new AppError('NOT_FOUND', 'route.unknown');
  if (input === TOO_MANY) throw tooMany();
  const context = await contextOf();
  return parts.dispatch.run(name, { context, raw: () => input });
}

function attach(parts: SocketParts, socket: Socket, who: { actor: Actor; tokenId: string }): void {
  const personId = who.actor.kind === 'person' ? who.actor.personId : '';
  const connection = parts.enter(socket, { personId, tokenId: who.tokenId });
  const contextOf = contextsOf(parts, socket.request, connection);
  const leave = parts.seats.enter({ personId, tokenId: who.tokenId }, () => {
    socket.emit(LINE_REPLACED);
    socket.disconnect(true);
  });
  socket.on('disconnect', leave);
  socket.onAny((name: unknown, ...given: unknown[]) => {
    const last = given.at(-1);
    const answer: Ack = typeof last === 'function' ? (last as Ack) : () => undefined;
    serve(parts, socket, contextOf, name, given[0] === last ? undefined : given[0]).then(
      (value) => answer({ ok: true, value }),
      (error: unknown) => answer({ ok: false, error: parts.dispatch.failure(error, 'socket') }),
    );
  });
}

/** Lets live procedures in over the socket. Calls that arrive while the identity is read wait for it. */
export function serveSockets(io: Server, parts: SocketParts): void {
  io.use((socket, next) => {
    const token = tokenOf(parts.site, socket.request);
    parts.authenticate(token).then(
      (who) => {
        socket.data = who;
        next();
      },
      (error: unknown) => next(new Error(parts.dispatch.failure(error, 'socket').code)),
    );
  });
  io.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('disconnect', () => parts.metrics.sockets(io.engine.clientsCount));
    parts.metrics.sockets(io.engine.clientsCount);
    attach(parts, socket, socket.data as { actor: Actor; tokenId: string });
  });
}
