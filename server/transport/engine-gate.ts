import type { IncomingMessage } from 'node:http';
import type { Allowance } from '../platform/allowance.ts';
import { type EnginePacket, type EngineTransport, gatePolling, gateWebSocket } from './engine-lines.ts';
import type { TransportLimits } from './limits.ts';
import type { Payer, Payers } from './payers.ts';

/** What is used here of the server of Engine.IO (6.x); the method is not public there. */
interface Engine {
  createTransport(name: string, request: EngineRequest): EngineTransport;
  on(event: 'connection', listener: (conn: EngineConn) => void): unknown;
}
interface EngineConn {
  readonly id: string;
  readonly request: EngineRequest;
  close(discard?: boolean): unknown;
  once(event: 'close', listener: () => void): unknown;
}
export type EngineRequest = IncomingMessage & { readonly _query: Readonly<Record<string, string>> };
export type { EnginePacket };

/** What one connection of Engine.IO may cost, whichever transport it has. */
export interface LineAccount {
  payer: Payer;
  allowance: Allowance;
}

const SID = /[?&]sid=([\w-]{1,60})/;

/**
 * Stands before every connection of Engine.IO: who it is, how many there are, and what each may cost, before anything that comes is
 * parsed. A connection of nobody has a tenth, and some seconds.
 */
export function createEngineGate(payers: Payers, limits: TransportLimits) {
  const admitted = new WeakMap<IncomingMessage, Payer>();
  const opened = new WeakMap<IncomingMessage, LineAccount & { close(): void }>();
  const lines = new Map<string, LineAccount>();
  const counts = new Map<string, number>();
  let ofNobody = 0;

  const keyOf = ({ personId, key }: Payer): string => `${personId === '' ? 'address' : 'person'} ${key}`;

  function hasRoom(payer: Payer): boolean {
    const most = payer.personId === '' ? limits.enginesOfAddress : limits.enginesOfPerson;
    const crowded = payer.personId === '' && ofNobody >= limits.enginesOfNobody;
    return !crowded && (counts.get(keyOf(payer)) ?? 0) < most;
  }

  function count(payer: Payer, more: 1 | -1): void {
    const now = (counts.get(keyOf(payer)) ?? 0) + more;
    if (now > 0) counts.set(keyOf(payer), now);
    else counts.delete(keyOf(payer));
    if (payer.personId === '') ofNobody += more;
  }

  /** Throws where the connection may not be: Engine.IO answers with a refusal. */
  function open(request: EngineRequest): LineAccount {
    const payer = admitted.get(request);
    if (!payer || !hasRoom(payer)) throw new Error('no room for this connection');
    const { allowance, close } = payer.openLine();
    count(payer, 1);
    const line = { payer, allowance, close: () => (close(), count(payer, -1)) };
    opened.set(request, line);
    return line;
  }

  function onConnection(conn: EngineConn): void {
    const line = opened.get(conn.request);
    if (!line) return void conn.close(true);
    lines.set(conn.id, line);
    const late = line.payer.personId === '' ? setTimeout(() => conn.close(true), limits.comeInMs) : undefined;
    conn.once('close', () => {
      clearTimeout(late);
      lines.delete(conn.id);
      line.close();
    });
  }

  return {
    /** True for a request of a connection that stands: it is charged to that. */
    knows: (address: string): boolean =>
      address.startsWith('/socket.io/') && lines.has(SID.exec(address)?.[1] ?? ''),

    /** Whether one more connection may come. */
    async admits(request: IncomingMessage): Promise<boolean> {
      const payer = await payers.of(request).catch(() => undefined);
      if (!payer || !hasRoom(payer)) return false;
      if (payer.allowance.spend({ frames: 1 }, performance.now()) > limits.requestWaitMs) return false;
      // Script tags instead of requests: no browser of today needs them.
      if ((request as Partial<EngineRequest>)._query?.['j'] !== undefined) return false;
      admitted.set(request, payer);
      return true;
    },

    /** Watches everything that comes in from now on. */
    guard(server: unknown): void {
      const engine = server as Engine;
      const create = engine.createTransport.bind(engine);
      engine.createTransport = (name, request) => {
        const sid = request._query['sid'];
        const line = sid === undefined ? open(request) : lines.get(sid);
        if (!line) throw new Error('no such connection');
        const transport = create(name, request);
        if (name === 'polling') gatePolling(transport, line, limits);
        else gateWebSocket(transport, request.socket, line, limits);
        return transport;
      };
      engine.on('connection', onConnection);
    },
  };
}
export type EngineGate = ReturnType<typeof createEngineGate>;
