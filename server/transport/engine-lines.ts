import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isError } from '../../shared/errors.ts';
import { Intake } from '../platform/intake.ts';
import { leaveUnread, readBody } from './body.ts';
import type { LineAccount } from './engine-gate.ts';
import type { TransportLimits } from './limits.ts';
import { watchUnfinished } from './unfinished.ts';

export interface EnginePacket {
  readonly type: string;
  readonly data?: unknown;
}
type PollRequest = IncomingMessage & { res?: ServerResponse | null };

/** What is used here of a transport of Engine.IO (6.x); what is not public there is bound to the exact version by the lockfile. */
export interface EngineTransport {
  readonly readyState: string;
  readonly parser: { decodePacket(text: string): EnginePacket };
  /** The `ws` socket of a WebSocket. */
  readonly socket?: {
    pause(): void;
    resume(): void;
    terminate(): void;
    on(event: 'message', heard: () => void): unknown;
  };
  onPacket(packet: EnginePacket): void;
  onRequest(request: PollRequest): void;
  onClose(): void;
  onError(message: string): void;
  close(then?: () => void): void;
  once(event: 'close', listener: () => void): unknown;
}

const FAREWELL_MS = 1_000;
const SEPARATOR = '\x1e';
const ANSWER = { 'content-type': 'text/html', 'content-length': 2, 'cache-control': 'no-store' };

const sizeOf = ({ data }: EnginePacket): number =>
  typeof data === 'string' ? data.length : data instanceof Uint8Array ? data.byteLength : 0;

/** With its header, and what may stand before it in one read. */
const ONE_READ = 128 * 1024;

const largestOf = ({ payer }: LineAccount, limits: TransportLimits): number =>
  payer.personId === '' ? limits.frameOfNobody : limits.frame;

/** Packets of a WebSocket have their turn one by one; who spends too much is not read from. */
export function gateWebSocket(
  transport: EngineTransport,
  stream: Duplex,
  line: LineAccount,
  limits: TransportLimits,
): void {
  const ws = transport.socket!;
  const take = transport.onPacket.bind(transport);
  const largest = largestOf(line, limits) + ONE_READ;
  const watch = watchUnfinished(stream, line.payer.hold(), largest, () => ws.terminate());
  ws.on('message', watch.whole);
  const intake = new Intake<EnginePacket>({
    socket: { pause: () => ws.pause(), resume: () => ws.resume(), onRead: watch.onRead },
    allowance: line.allowance,
    take,
    overflow: () => ws.terminate(),
    sizeOf,
  });
  transport.onPacket = (packet) => intake.push(packet);
  transport.once('close', () => intake.stop());
  // A closing handshake waits for the other side, which may go on and on, or is not read from just now.
  const close = transport.close.bind(transport);
  transport.close = (then) => {
    intake.stop();
    close(then);
    const end = setTimeout(() => ws.terminate(), FAREWELL_MS);
    stream.once('close', () => clearTimeout(end));
  };
}

/** The packets of one payload have their turn one by one, and the next payload is asked for when they have had it. */
export function gatePolling(transport: EngineTransport, line: LineAccount, limits: TransportLimits): void {
  const poll = transport.onRequest.bind(transport);
  const takePacket = transport.onPacket.bind(transport);
  let paused = false;
  let goOn: (() => void) | undefined;
  let underWay: ServerResponse | undefined;
  const intake = new Intake<EnginePacket>({
    socket: {
      pause: () => void (paused = true),
      resume: () => {
        paused = false;
        goOn?.();
      },
    },
    allowance: line.allowance,
    take: (packet) => (packet.type === 'close' ? transport.onClose() : takePacket(packet)),
    overflow: () => transport.onError('more than may wait'),
    sizeOf,
  });
  const rested = () => new Promise<void>((resolve) => (paused ? (goOn = resolve) : resolve()));

  /** No more of it than can be handled: split as it is handed over, not before. */
  function hand(payload: string): void {
    for (let at = 0; at <= payload.length && transport.readyState === 'open'; ) {
      const next = payload.indexOf(SEPARATOR, at);
      const end = next < 0 ? payload.length : next;
      intake.push(transport.parser.decodePacket(payload.slice(at, end)));
      at = end + 1;
    }
  }

  async function takePayload(request: PollRequest, response: ServerResponse): Promise<void> {
    try {
      await rested();
      hand((await readBody(request, line.payer, largestOf(line, limits), limits)).toString('utf8'));
      await rested();
      if (!response.headersSent) response.writeHead(200, ANSWER).end('ok');
    } catch (error) {
      leaveUnread(request, response);
      // The line may have been ended meanwhile, with an answer.
      if (!response.headersSent) response.writeHead(isError(error, 'TOO_LARGE') ? 413 : 400).end();
      transport.onError('a payload that could not be read');
    } finally {
      underWay = undefined;
    }
  }

  transport.onRequest = (request) => {
    line.allowance.spend({ frames: 1 }, performance.now());
    const response = request.res;
    if (request.method !== 'POST' || !response) return poll(request);
    request.res = null;
    if (underWay || request.headers['content-type'] === 'application/octet-stream') {
      response.writeHead(400).end();
      return transport.onError('a payload beside another, or in another form');
    }
    underWay = response;
    void takePayload(request, response);
  };
  transport.once('close', () => {
    intake.stop();
    goOn?.();
    if (underWay && !underWay.headersSent) underWay.writeHead(400).end();
  });
}
