import { io, type Socket } from 'socket.io-client';
import { CARRIER } from '../../../shared/live-document.ts';
import { onSight, UNSEEN, unseen } from '../sight.ts';

type Handler<E> = ((event: E) => void) | null;
type Closing = { code: number; reason: string };
/** Opens the line of an origin; replaced in tests. */
export type OpenLine = (address: string, query: Record<string, string>) => Socket;

const READ_MS = 50;
const OPEN = 1;
const GONE: Closing = { code: 1006, reason: '' };
/** A line that has not come to stand by then is given up and tried anew. */
const STAND_MS = 8_000;

const overHttp: OpenLine = (address, query) =>
  io(address, {
    transports: ['polling'],
    upgrade: false,
    reconnection: false,
    autoConnect: false,
    forceNew: true,
    timeout: STAND_MS,
    query,
  });

/** The part of a WebSocket that y-websocket uses. */
export interface PlainSocket {
  binaryType: string;
  readonly OPEN: number;
  readonly readyState: number;
  onopen: Handler<unknown>;
  onmessage: Handler<{ data: unknown }>;
  onerror: Handler<unknown>;
  onclose: Handler<Closing>;
  send(frame: Uint8Array): void;
  close(): void;
}

/** A socket class whose sockets are channels of one long-polling line; the line lives as long as it has channels. */
export function pollingSocket(openLine: OpenLine = overHttp): new (url: string) => PlainSocket {
  const lines = new Map<string, Line>();
  return class implements PlainSocket {
    binaryType = 'arraybuffer';
    readonly OPEN = OPEN;
    onopen: Handler<unknown> = null;
    onmessage: Handler<{ data: unknown }> = null;
    onerror: Handler<unknown> = null;
    onclose: Handler<Closing> = null;
    #state = 0;
    readonly #line: Line;
    readonly #channel: number;

    constructor(url: string) {
      const { protocol, host, pathname, search, searchParams } = new URL(url);
      const key = host + search;
      const address = `${protocol.replace('ws', 'http')}//${host}${CARRIER.namespace}`;
      const query = Object.fromEntries(searchParams);
      let line = lines.get(key);
      if (!line) lines.set(key, (line = new Line(openLine(address, query), () => lines.delete(key))));
      this.#line = line;
      this.#channel = line.add(pathname.split('/').at(-1)!, query['v'], {
        opened: () => {
          this.#state = OPEN;
          this.onopen?.({});
        },
        frame: (data) => this.onmessage?.({ data }),
        closed: (why) => {
          this.#state = 3;
          this.onclose?.(why);
        },
      });
    }

    get readyState(): number {
      return this.#state;
    }
    send(frame: Uint8Array): void {
      if (this.#state === OPEN) this.#line.send(this.#channel, frame);
    }
    close(): void {
      if (this.#state > OPEN) return;
      this.#state = 2;
      this.#line.leave(this.#channel);
    }
  };
}

interface Channel {
  opened(): void;
  frame(data: unknown): void;
  closed(why: Closing): void;
}

/**
 * One Socket.IO connection over long-polling that carries several documents. It is never mended: a new one takes its place. Of a page
 * that nobody sees it begins only to ask what is new, and ends as soon as nothing more comes.
 */
class Line {
  readonly #socket: Socket;
  readonly #forget: () => void;
  readonly #channels = new Map<number, Channel>();
  #last = 0;
  #read = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** Until it begins, or until it has been quiet for long enough; in sight it does not run. */
  #waiting: ReturnType<typeof setTimeout> | undefined;
  readonly #blind: () => void;

  constructor(socket: Socket, forget: () => void) {
    this.#socket = socket;
    this.#forget = forget;
    socket.on(CARRIER.opened, (channel: number) => this.#channels.get(channel)?.opened());
    socket.on(CARRIER.frame, (channel: number, data: unknown) => {
      this.#countRead();
      this.#heed();
      this.#channels.get(channel)?.frame(data);
    });
    socket.on(CARRIER.close, (channel: number, code: number, reason: string) =>
      this.#end(channel, { code, reason }),
    );
    socket.on('connect_error', () => this.#lost());
    socket.on('disconnect', () => this.#lost());
    socket.on('connect', () => this.#heed());
    this.#blind = onSight(() => this.#heed());
    if (unseen()) this.#waiting = setTimeout(() => socket.connect(), UNSEEN.askMs);
    else socket.connect();
  }

  add(doc: string, version: string | undefined, channel: Channel): number {
    const number = ++this.#last;
    this.#channels.set(number, channel);
    this.#socket.emit(CARRIER.open, number, doc, version);
    return number;
  }

  /** In sight it stands; out of sight, until it has been quiet. */
  #heed(): void {
    if (!unseen()) {
      clearTimeout(this.#waiting);
      if (!this.#socket.active && this.#channels.size > 0) this.#socket.connect();
    } else if (this.#socket.connected) {
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.#lost(), UNSEEN.quietMs);
    }
  }

  send(channel: number, frame: Uint8Array): void {
    this.#heed();
    this.#socket.emit(CARRIER.frame, channel, frame);
  }

  leave(channel: number): void {
    if (!this.#channels.has(channel)) return;
    this.#socket.emit(CARRIER.close, channel);
    this.#end(channel, { code: 1000, reason: '' });
  }

  /** Tells the server how much was read, so that it knows what is still on its way. */
  #countRead(): void {
    this.#read++;
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.#socket.emit(CARRIER.read, this.#read);
    }, READ_MS);
  }

  #end(number: number, why: Closing): void {
    const channel = this.#channels.get(number);
    this.#channels.delete(number);
    // As with a WebSocket, the news of the end comes after the call that ends it.
    queueMicrotask(() => channel?.closed(why));
    if (this.#channels.size > 0) return;
    this.#forget();
    this.#blind();
    clearTimeout(this.#waiting);
    clearTimeout(this.#telling);
    // What was said last (an own presence taken back) still goes out.
    setTimeout(() => this.#socket.disconnect(), READ_MS);
  }

  #lost(): void {
    for (const number of [...this.#channels.keys()]) this.#end(number, GONE);
  }
}
