import type { DocSocket } from '../platform/doc-socket.ts';
import type { Outgoing } from '../platform/outgoing.ts';
import type { Outbox } from './outbox.ts';

/** Above this nothing more is queued for a socket. */
export const MAX_QUEUED_BYTES = 512 * 1024;
const LOOK_AGAIN_MS = 100;
const MAX_BEHIND_MS = 30_000;

interface Reader {
  /** Where the reader will be when it has read all that is queued now. */
  mark(): Uint8Array | undefined;
  /** The queue is empty enough again: send the one fresh sync since `mark`. */
  catchUp(mark: Uint8Array | undefined): void;
  giveUp(): void;
}

/**
 * Frames to one socket, kept until the outbox is flushed. A slow reader is not sent a backlog: what comes meanwhile is left out
 * and made up for by one sync.
 */
export class SendQueue {
  readonly #socket: DocSocket;
  readonly #reader: Reader;
  readonly #outbox: Outbox;
  #waiting: Outgoing[] = [];
  #timer: NodeJS.Timeout | undefined;
  #mark: Uint8Array | undefined;
  #missed = false;

  constructor(socket: DocSocket, outbox: Outbox, reader: Reader) {
    this.#socket = socket;
    this.#outbox = outbox;
    this.#reader = reader;
  }

  get behind(): boolean {
    return this.#timer !== undefined;
  }

  send(frame: Outgoing): void {
    if (this.behind) {
      this.#missed = true;
      return;
    }
    if (this.#waiting.push(frame) === 1) this.#outbox.add(this);
  }

  sendNow(frame: Outgoing): void {
    if (this.behind || this.#waiting.length > 0) return this.send(frame);
    if (!this.#socket.sendOne(frame)) this.#lookBehind();
  }

  flush(): void {
    if (this.#waiting.length === 0) return;
    const frames = this.#waiting;
    this.#waiting = [];
    this.#socket.send(frames);
    this.#lookBehind();
  }

  #lookBehind(): void {
    if (this.#socket.bufferedAmount > MAX_QUEUED_BYTES) this.#fallBehind();
  }

  /** The reader itself says where it is; true if it has to wait for its answer. */
  askedFrom(mark: Uint8Array): boolean {
    if (this.behind) {
      this.#mark = mark;
      this.#missed = true;
    }
    return this.behind;
  }

  /** Something was not even made because the reader is behind: to be made up for as well. */
  leftOut(): void {
    this.#missed = true;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  #fallBehind(): void {
    this.#mark = this.#reader.mark();
    this.#missed = false;
    const since = Date.now();
    this.#timer = setInterval(() => {
      if (this.#socket.bufferedAmount <= MAX_QUEUED_BYTES / 4) {
        this.stop();
        if (this.#missed) this.#reader.catchUp(this.#mark);
      } else if (Date.now() - since > MAX_BEHIND_MS) {
        this.stop();
        this.#reader.giveUp();
      }
    }, LOOK_AGAIN_MS);
  }
}
