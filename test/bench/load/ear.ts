import { FrameCache } from './frame-cache.ts';
import { clientFrame, type Listener, RawSocket, TEXT } from './raw-socket.ts';

// Engine.IO's packets and, within a message, Socket.IO's: digits as characters
const [OPEN, PING, MESSAGE] = [0x30, 0x32, 0x34];
const [CONNECT, EVENT, ACK] = [0x30, 0x32, 0x33];

/** One Socket.IO client on a bare WebSocket: Engine.IO 4 in text frames, the default namespace, acknowledgements. */
export class Ear implements Listener {
  readonly #events: FrameCache<unknown[]>;
  readonly #heard: (ear: Ear, event: unknown[]) => void;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #socket: RawSocket | undefined;
  #connected: (() => void) | undefined;
  #asked = 0;
  closed = 0;
  /** The last place in the log that it has heard; 0 before the first. */
  seq = 0;

  /** `events` is shared by all who may receive the same bytes. */
  constructor(events: FrameCache<unknown[]>, heard: (ear: Ear, event: unknown[]) => void) {
    this.#events = events;
    this.#heard = heard;
  }

  async come(port: number, cookie: string): Promise<void> {
    const connected = new Promise<void>((resolve) => (this.#connected = resolve));
    const headers = cookie === '' ? {} : { Cookie: cookie };
    await RawSocket.open(port, '/socket.io/?EIO=4&transport=websocket', headers, this);
    await connected;
  }

  /** Calls a procedure; resolves with its answer. */
  ask(name: string, input: object): Promise<unknown> {
    const id = this.#asked++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#say(`42${id}${JSON.stringify([name, input])}`);
    });
  }

  leave(): void {
    this.#socket?.destroy();
  }

  opened(socket: RawSocket): void {
    this.#socket = socket;
  }

  closedBy(code: number): void {
    this.closed = code;
  }

  frame(bytes: Buffer, start: number, end: number): void {
    const [packet, kind] = [bytes[start], start + 1 < end ? bytes[start + 1] : 0];
    if (packet === MESSAGE && kind === EVENT) this.#heard(this, this.#events.get(bytes, start, end));
    else if (packet === MESSAGE && kind === ACK) this.#answer(bytes.toString('utf8', start + 2, end));
    else if (packet === MESSAGE && kind === CONNECT) this.#connected?.();
    else if (packet === OPEN) this.#say('40');
    else if (packet === PING) this.#say('3');
  }

  #answer(text: string): void {
    const at = text.indexOf('[');
    const id = Number(text.slice(0, at));
    const [answer] = JSON.parse(text.slice(at)) as unknown[];
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  #say(text: string): void {
    this.#socket!.write(clientFrame(Buffer.from(text), TEXT));
  }
}

/** Reads an event packet without an id: `42["name", …]`. */
export const eventCache = (): FrameCache<unknown[]> =>
  new FrameCache((bytes) => JSON.parse(bytes.toString('utf8', 2)) as unknown[]);
