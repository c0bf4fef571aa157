import type { Allowance } from './allowance.ts';
import type { DocSocket } from './doc-socket.ts';

/** A little is saved up before it goes on, so that it does not stop again after one frame. */
const SAVED_MS = 10;
/** How often it looks whether less of this person's waits on other sockets. */
const CROWDED_MS = 100;

export interface IntakeParts<T> {
  /** Where they come from: stops reading and goes on again, and tells what reading costs. */
  socket: Pick<DocSocket, 'pause' | 'resume' | 'onRead'>;
  allowance: Allowance;
  /** Handles a frame, now. */
  take(frame: T): void;
  /** More waits than may wait: close the socket. */
  overflow(): void;
  /** Bytes. */
  sizeOf(frame: T): number;
  /** Ms that are charged in advance for what is done about the frame later, and given back by `settle`. */
  reserveFor?(frame: T): number;
  /** The same for frames of which only the latest matters. */
  replaces?(frame: T): string | undefined;
}

/**
 * The frames of one socket on their way in, in order. Who spends more than the allowance is not read from for a while, and what was
 * read already waits here. Nothing is thrown away, but of a client's presence only the latest waits.
 */
export class Intake<T> {
  readonly #parts: IntakeParts<T>;
  /** In the order of their turns; keyed by what newer frames replace, by number where nothing does. */
  readonly #waiting = new Map<string | number, T>();
  #count = 0;
  #resting = false;
  #timer: NodeJS.Timeout | undefined;
  /** Ms charged here since the carrier last told how long a read took. */
  #charged = 0;
  #ended: (() => void) | undefined;
  readonly #hearNoMore: () => void;
  #stopped = false;

  constructor(parts: IntakeParts<T>) {
    this.#parts = parts;
    parts.socket.onRead?.((ms) => this.#readFor(ms));
    this.#hearNoMore = parts.allowance.onSpent(() => this.#stopIfSpent());
    this.#stopIfSpent();
  }

  push(frame: T): void {
    if (this.#stopped) return;
    if (!this.#resting && this.#parts.allowance.turn.full) this.#rest(0);
    if (this.#resting) this.#hold(frame);
    else this.#handle(frame);
  }

  /** What was done later about a frame that `take` was given took so long; `reserved` was charged for it in advance. */
  settle(reserved: number, ms: number): void {
    const more = ms - reserved;
    this.#parts.allowance.turn.spend(Math.max(0, more));
    this.#spend(more);
  }

  /** The other side is gone: what waits still has its turn, then `done` is called. */
  end(done: () => void): void {
    if (this.#waiting.size > 0) this.#ended = done;
    else this.stop(done);
  }

  /** Nothing more is handled. */
  stop(done?: () => void): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#hearNoMore();
    for (const frame of this.#waiting.values()) this.#parts.allowance.letGo(this.#parts.sizeOf(frame));
    this.#waiting.clear();
    (done ?? this.#ended)?.();
    this.#ended = undefined;
  }

  #handle(frame: T): void {
    const { allowance, take, sizeOf, reserveFor } = this.#parts;
    const started = performance.now();
    const later = reserveFor?.(frame) ?? 0;
    allowance.spend({ frames: 1, bytes: sizeOf(frame), cpuMs: later }, started);
    take(frame);
    const ms = performance.now() - started;
    this.#charged += ms;
    allowance.turn.spend(ms + later);
    this.#spend(ms);
  }

  /** Frames that are too small to matter one by one, pings and fragments cost time before they are frames. */
  #readFor(ms: number): void {
    const { allowance } = this.#parts;
    const rest = Math.max(0, ms - this.#charged);
    this.#charged = 0;
    allowance.turn.spend(rest);
    this.#spend(rest);
    if (this.#resting || allowance.turn.full) allowance.tellSpent();
  }

  #stopIfSpent(): void {
    const { allowance } = this.#parts;
    const wait = allowance.wait(performance.now());
    if (wait > 0 || allowance.turn.full) this.#rest(wait);
  }

  #spend(cpuMs: number): void {
    const wait = this.#parts.allowance.spend({ cpuMs }, performance.now());
    if (wait > 0) this.#rest(wait);
    else if (this.#timer) this.#goOnSoon();
  }

  #rest(wait: number): void {
    if (this.#resting || this.#stopped) return;
    this.#resting = true;
    this.#parts.socket.pause?.();
    if (wait > 0) this.#timer = setTimeout(() => this.#goOn(), wait + SAVED_MS);
    else this.#goOnSoon();
  }

  #goOnSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    setImmediate(() => this.#goOn());
  }

  #hold(frame: T): void {
    const { allowance, sizeOf, replaces, overflow } = this.#parts;
    const key = replaces?.(frame) ?? ++this.#count;
    const older = this.#waiting.get(key);
    if (older !== undefined) {
      this.#waiting.delete(key);
      allowance.letGo(sizeOf(older));
    }
    this.#waiting.set(key, frame);
    if (!allowance.hold(sizeOf(frame))) overflow();
  }

  #goOn(): void {
    if (this.#stopped) return;
    this.#resting = false;
    this.#timer = undefined;
    const { allowance, socket, sizeOf } = this.#parts;
    const wait = allowance.wait(performance.now());
    if (wait > 0) return this.#rest(wait);
    for (const [key, frame] of this.#waiting) {
      if (allowance.turn.full) return this.#rest(0);
      this.#waiting.delete(key);
      allowance.letGo(sizeOf(frame));
      this.#handle(frame);
      if (this.#resting || this.#stopped) return;
    }
    if (this.#ended) this.stop();
    else if (allowance.crowded) this.#rest(CROWDED_MS);
    else socket.resume?.();
  }
}
