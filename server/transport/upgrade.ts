import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { DocSocket } from '../platform/doc-socket.ts';
import { writeFrame, writeFrames } from '../platform/ws-write.ts';
import type { Holding } from '../platform/flight.ts';
import { connect, type DoorParts, decide, MAX_PAYLOAD } from './door.ts';
import type { TransportLimits } from './limits.ts';
import type { Payers } from './payers.ts';
import { watchUnfinished } from './unfinished.ts';

const PATH = '/collab/';
const PING_MS = 25_000;
const FAREWELL_MS = 3_000;
/** What a refusal costs, about. */
const REFUSAL_CPU_MS = 0.5;
/** With its header, and what may stand before it in one read. */
const MAX_FRAME = MAX_PAYLOAD + 128 * 1024;

export interface UpgradeParts extends DoorParts {
  server: Server;
  payers: Payers;
  limits: TransportLimits;
  /** Paths of other parties on this server (Socket.IO, Vite's HMR), which see the same event and answer themselves. */
  leaveAlone?(path: string): boolean;
}

/**
 * Takes WebSocket upgrades on `/collab/<document>`. A refusal is an accepted upgrade that is closed with its code, because a
 * browser cannot tell a refused upgrade from a broken network and would retry for ever. Returns how to stop taking them.
 */
export function handleUpgrade(parts: UpgradeParts): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD, perMessageDeflate: false });
  /** Asked for a sign of life that has not come yet. */
  const silent = new WeakSet<WebSocket>();
  const { server, log, payers, limits } = parts;
  const leaveAlone = parts.leaveAlone ?? ((path: string) => path.startsWith('/socket.io/'));

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const url = readUrl(request);
    if (url && leaveAlone(url.pathname)) return;
    // A line that is cut is an everyday thing, but without a listener it would end the process.
    stream.on('error', () => undefined);
    if (!url?.pathname.startsWith(PATH)) {
      stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const doc = url.pathname.slice(PATH.length);
    const late = setTimeout(() => stream.destroy(), limits.comeInMs);
    void decide(parts, request, url.searchParams.get('v'), doc).then((door) => {
      clearTimeout(late);
      if (typeof door === 'number' && !mayBeTold(request)) stream.destroy();
      if (stream.destroyed) return;
      sockets.handleUpgrade(request, stream, head, (ws) => {
        ws.on('pong', () => silent.delete(ws));
        const refused = typeof door === 'number';
        const holding = refused ? payers.addressOf(request).hold() : payers.holdFor(door.personId);
        const socket = carry(ws, stream, {
          log,
          holding,
          largest: refused ? limits.frameOfNobody : MAX_FRAME,
        });
        if (refused) socket.close(door, '');
        else connect(parts, socket, doc, door);
      });
    });
  };

  /** Each refusal is an upgrade: an address that has spent what it has gets no more of them. */
  function mayBeTold(request: IncomingMessage): boolean {
    const { allowance } = payers.addressOf(request);
    return allowance.spend({ frames: 1, cpuMs: REFUSAL_CPU_MS }, performance.now()) <= limits.requestWaitMs;
  }
  server.on('upgrade', onUpgrade);
  const stopPulse = keepPulse(sockets, silent);
  return () => {
    stopPulse();
    server.off('upgrade', onUpgrade);
    for (const ws of sockets.clients) ws.terminate();
    sockets.close();
  };
}

function readUrl(request: IncomingMessage): URL | undefined {
  try {
    return new URL(request.url ?? '', 'http://host');
  } catch {
    return undefined;
  }
}

interface Watched {
  log: UpgradeParts['log'];
  holding: Holding;
  largest: number;
}

/** A `ws` socket as a DocSocket, with its listeners for errors. */
function carry(ws: WebSocket, stream: Duplex, { log, holding, largest }: Watched): DocSocket {
  const watch = watchUnfinished(stream, holding, largest, () => ws.terminate());
  ws.on('message', watch.whole);
  // Without this listener one malformed frame ends the process (PROMISES finding 5). `ws` closes the socket by itself.
  ws.on('error', (error) => log.warn({ err: error }, 'a document socket broke'));
  return {
    get bufferedAmount() {
      return ws.bufferedAmount;
    },
    send: (several) => writeFrames(ws, several),
    sendOne: (one) => writeFrame(ws, one),
    close(code, reason) {
      ws.close(code, reason);
      const end = setTimeout(() => ws.terminate(), FAREWELL_MS);
      ws.once('close', () => clearTimeout(end));
    },
    onMessage(take) {
      ws.on('message', (data: RawData, isBinary: boolean) =>
        take(isBinary ? bytesOf(data) : new Uint8Array()),
      );
    },
    onClose(left) {
      ws.on('close', left);
    },
    pause: () => ws.pause(),
    resume: () => ws.resume(),
    onRead: watch.onRead,
  };
}

/** Asks each socket for a sign of life and ends those that gave none since the last time. Returns how to stop. */
function keepPulse(sockets: WebSocketServer, silent: WeakSet<WebSocket>): () => void {
  const timer = setInterval(() => {
    for (const ws of sockets.clients) {
      if (ws.readyState !== WebSocket.OPEN) continue;
      if (silent.has(ws)) ws.terminate();
      silent.add(ws);
      ws.ping();
    }
  }, PING_MS);
  return () => clearInterval(timer);
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
