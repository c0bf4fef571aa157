import type { DocSocket } from '../platform/doc-socket.ts';

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

/** Frames to one socket. A slow reader is not sent a backlog: what comes meanwhile is left out and made up for by one sync. */
export class SendQueue {
  readonly #socket: DocSocket;
  readonly #reader: Reader;
  #timer: NodeJS.Timeout | undefined;
  #mark: Uint8Array | undefined;

  constructor(socket: DocSocket, reader: Reader) {
    this.#socket = socket;
    this.#reader = reader;
  }

  get behind(): boolean {
    return this.#timer !== undefined;
  }

  send(frame: Uint8Array): void {
    if (this.behind) return;
    this.#socket.send(frame);
    if (this.#socket.bufferedAmount > MAX_QUEUED_BYTES) this.#fallBehind();
  }

  /** The reader itself says where it is; true if it has to wait for its answer. */
  askedFrom(mark: Uint8Array): boolean {
    if (this.behind) this.#mark = mark;
    return this.behind;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #fallBehind(): void {
    this.#mark = this.#reader.mark();
    const since = Date.now();
    this.#timer = setInterval(() => {
      if (this.#socket.bufferedAmount <= MAX_QUEUED_BYTES / 4) {
        this.stop();
        this.#reader.catchUp(this.#mark);
      } else if (Date.now() - since > MAX_BEHIND_MS) {
        this.stop();
        this.#reader.giveUp();
      }
    }, LOOK_AGAIN_MS);
  }
}
