import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { createDocuments, type Documents } from '../../server/collab/documents.ts';
import type { Access, Refusal } from '../../server/platform/doc-socket.ts';
import type { UpdateLog } from '../../server/storage/port.ts';
import { serveCarrier } from '../../server/transport/doc-carrier.ts';
import type { DoorParts } from '../../server/transport/door.ts';
import { LIMITS } from '../../server/transport/limits.ts';
import { createPayers } from '../../server/transport/payers.ts';
import { createSeats } from '../../server/transport/seats.ts';
import { ANONYMOUS } from '../../shared/roles.ts';
import { handleUpgrade } from '../../server/transport/upgrade.ts';
import { recordError } from './errors.ts';

export interface CollabServer {
  url: string;
  port: number;
  documents: Documents;
  /** What `person|document`, or the person anywhere, may do; everybody may write unless said otherwise. */
  rights: Map<string, Access | Refusal>;
  /** Like a killed process: all sockets are cut, nothing is flushed. */
  stop(): Promise<void>;
}

export const testLog = {
  warn: (): void => undefined,
  error: (facts: object, message: string): void => recordError(`${message} ${JSON.stringify(facts)}`),
};

/** A real server on a real port. The person is named in the query (`?as=`), unknown when absent. */
export async function startCollab(updates: UpdateLog, port = 0): Promise<CollabServer> {
  const rights = new Map<string, Access | Refusal>();
  const documents = createDocuments({ updates, log: testLog });
  const server = createServer((_request, response) => response.end('ok'));
  const site = {
    publicUrl: undefined,
    trustProxy: false,
    open: false,
    port: () => port,
    installation: { id: 'collabor', key: '' },
  };
  const payers = createPayers({
    ...{ site, limits: LIMITS },
    authenticate: () => Promise.resolve({ actor: ANONYMOUS, tokenId: '' }),
  });
  const door: DoorParts = {
    documents,
    log: testLog,
    seats: createSeats(LIMITS.documentsOfPerson),
    onRefused: () => undefined,
    allowedOrigin: (request) => request.headers.origin !== 'http://evil.example',
    authenticate: async (request, doc) => {
      const person = new URL(request.url ?? '', 'http://host').searchParams.get('as');
      if (!person) return undefined;
      const access = async (): Promise<Access | Refusal> =>
        rights.get(`${person}|${doc}`) ?? rights.get(person) ?? 'write';
      return { personId: person, name: person, access };
    },
  };
  const stopUpgrades = handleUpgrade({ ...door, server, payers, limits: LIMITS });
  const io = new Server(server, { destroyUpgrade: false, maxHttpBufferSize: 8 * 1024 * 1024 });
  serveCarrier(io, door);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `ws://127.0.0.1:${bound}/collab`,
    port: bound,
    documents,
    rights,
    async stop() {
      stopUpgrades();
      io.engine.close();
      await documents.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A stock y-websocket client. */
export function stockClient(url: string, name: string, person = 'zhou'): WebsocketProvider {
  const socket = WebSocket as unknown as typeof globalThis.WebSocket;
  return new WebsocketProvider(url, name, new Y.Doc(), {
    WebSocketPolyfill: socket,
    disableBc: true,
    params: { as: person },
    maxBackoffTime: 300,
  });
}

/** Polls until true. Throws with `what` when the deadline passes. */
export async function until(what: string, test: () => boolean | Promise<boolean>, ms = 5_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await test())) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const textOf = (doc: Y.Doc): string => doc.getText('t').toString();

/** True when both hold the same state, deletions included. */
export function same(a: Y.Doc, b: Y.Doc): boolean {
  return Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b));
}
