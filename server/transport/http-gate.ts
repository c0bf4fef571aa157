import type { IncomingMessage, RequestListener, Server, ServerOptions, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { AppError, ERROR_STATUS } from '../../shared/errors.ts';
import { leaveUnread } from './body.ts';
import type { TransportLimits } from './limits.ts';
import type { Payer, Payers } from './payers.ts';

export interface HttpGate {
  /** Who pays for this request. A throw: it cannot be said just now. */
  payerOf(request: IncomingMessage): Promise<Payer>;
}

interface Parts {
  payers: Payers;
  limits: TransportLimits;
  /** Requests that are charged elsewhere: of lines that stand already. */
  leaveAlone(address: string): boolean;
}

/** Where it matters who it is; everything else is charged to the address as long as that owes nothing. */
const NAMED = /^\/(api|files)\//;
/** What a watchman asks is answered whatever happens. */
const ALWAYS = /^\/(healthz|readyz)$/;

/** Heads that do not come; bodies are watched by who reads them, and no request at all may take longer than the longest body. */
export const timeoutsOf = (limits: TransportLimits): ServerOptions => ({
  headersTimeout: limits.headMs,
  requestTimeout: limits.headMs + limits.bodyMostMs,
  connectionsCheckingInterval: Math.min(1_000, limits.headMs),
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The payers of requests that are under way. */
export function createHttpGate({ payers, limits, leaveAlone }: Parts) {
  const known = new WeakMap<IncomingMessage, Promise<Payer>>();
  const open = new WeakMap<Socket, number>();

  function payerOf(request: IncomingMessage): Promise<Payer> {
    const found = known.get(request) ?? payers.of(request);
    known.set(request, found);
    return found;
  }

  async function payerFor(request: IncomingMessage): Promise<Payer> {
    const address = payers.addressOf(request);
    const { allowance } = address;
    const rested = allowance.wait(performance.now()) === 0 && !allowance.turn.full;
    if (rested && !NAMED.test(request.url ?? '')) return address;
    // Who it is cannot be said when the database does not answer: the call itself will say so.
    return payerOf(request).catch(() => address);
  }

  /** One more request on this connection is under way; false when it sends without waiting for answers. */
  function begin({ socket }: IncomingMessage, response: ServerResponse): boolean {
    const now = (open.get(socket) ?? 0) + 1;
    open.set(socket, now);
    response.once('close', () => open.set(socket, (open.get(socket) ?? 1) - 1));
    return now <= limits.pipelined && !socket.destroyed;
  }

  /** Waits until this payer owes nothing; RATE_LIMITED `tries.many` {seconds} when that takes long or too much waits. */
  async function turnOf({ allowance }: Payer): Promise<void> {
    const wait = allowance.spend({ frames: 1 }, performance.now());
    if (wait === 0 && !allowance.turn.full) return;
    const seconds = Math.ceil(wait / 1_000);
    if (wait > limits.requestWaitMs) throw new AppError('RATE_LIMITED', 'tries.many', { facts: { seconds } });
    const fits = allowance.hold(0);
    try {
      if (!fits)
        throw new AppError('RATE_LIMITED', 'tries.many', { facts: { seconds: Math.max(1, seconds) } });
      await pause(wait);
    } finally {
      allowance.letGo(0);
    }
  }

  async function pass(
    request: IncomingMessage,
    response: ServerResponse,
    listeners: RequestListener[],
  ): Promise<void> {
    try {
      const payer = await payerFor(request);
      await turnOf(payer);
      if (request.socket.destroyed) return;
      const started = performance.now();
      for (const listener of listeners) listener(request, response);
      const cpuMs = performance.now() - started;
      payer.allowance.turn.spend(cpuMs);
      payer.allowance.spend({ cpuMs }, performance.now());
    } catch (error) {
      leaveUnread(request, response);
      refuse(response, error);
    }
  }

  return {
    payerOf,
    /** Stands before everything that listens to the server's requests now. */
    guard(server: Server): void {
      const listeners = server.listeners('request') as RequestListener[];
      server.removeAllListeners('request');
      server.on('request', (request: IncomingMessage, response: ServerResponse) => {
        if (!begin(request, response)) return void request.socket.destroy();
        const address = request.url ?? '';
        if (!ALWAYS.test(address) && !leaveAlone(address)) return void pass(request, response, listeners);
        for (const listener of listeners) listener(request, response);
      });
    },
  } satisfies HttpGate & { guard(server: Server): void };
}

/** An answer in the form of the API's, without anything of it: it would cost more than the request may. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return;
  const failure =
    error instanceof AppError ? error.failure : { code: 'UNAVAILABLE' as const, reason: 'server.busy' };
  const seconds = failure.facts?.['seconds'] ?? 1;
  response.writeHead(ERROR_STATUS[failure.code], {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': String(seconds),
  });
  response.end(JSON.stringify({ error: failure }));
}
