import * as decoding from 'lib0/decoding';
import { FRAME, SYNC } from '../../shared/live-document.ts';
import type { DocSocket } from '../platform/doc-socket.ts';
import type { Allowance } from './allowance.ts';

/** What checking an update costs at worst is charged in advance, and given back when it is known: 100 ms for 1 MB. */
const CHECK_MS_PER_BYTE = 1 / 10_000;
/** A little is saved up before it goes on, so that it does not stop again after one frame. */
const SAVED_MS = 10;
/** How often it looks whether less of this person's waits on other sockets. */
const CROWDED_MS = 100;

interface IntakeParts {
  socket: Pick<DocSocket, 'pause' | 'resume' | 'onRead'>;
  allowance: Allowance;
  /** Handles a frame, now. */
  take(frame: Uint8Array): void;
  /** More waits than may wait: close the socket. */
  overflow(): void;
}

/**
 * The frames of one socket on their way in, in order. Who spends more than the allowance is not read from for a while, and what was
 * read already waits here. Nothing is thrown away, but of a client's presence only the latest waits.
 */
export class Intake {
  readonly #parts: IntakeParts;
  /** In the order of their turns; keyed by what newer frames replace, by number where nothing does. */
  readonly #waiting = new Map<string | number, Uint8Array>();
  #count = 0;
  #resting = false;
  #timer: NodeJS.Timeout | undefined;
  /** Ms charged here since the carrier last told how long a read took. */
  #charged = 0;
  #ended: (() => void) | undefined;
  readonly #hearNoMore: () => void;
  #stopped = false;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    parts.socket.onRead?.((ms) => this.#readFor(ms));
    this.#hearNoMore = parts.allowance.onSpent(() => this.#stopIfSpent());
    this.#stopIfSpent();
  }

  push(frame: Uint8Array): void {
    if (this.#stopped) return;
    if (!this.#resting && this.#parts.allowance.turn.full) this.#rest(0);
    if (this.#resting) this.#hold(frame);
    else this.#handle(frame);
  }

  /** An update of that many bytes that `take` was given has been checked and applied, which took so long. */
  checked(bytes: number, ms: number): void {
    const more = ms - bytes * CHECK_MS_PER_BYTE;
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
    for (const frame of this.#waiting.values()) this.#parts.allowance.letGo(frame.byteLength);
    this.#waiting.clear();
    (done ?? this.#ended)?.();
    this.#ended = undefined;
  }

  #handle(frame: Uint8Array): void {
    const { allowance, take } = this.#parts;
    const started = performance.now();
    const later = reserveFor(frame);
    allowance.spend({ frames: 1, bytes: frame.byteLength, cpuMs: later }, started);
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

  #hold(frame: Uint8Array): void {
    const key = replaceable(frame) ?? ++this.#count;
    const older = this.#waiting.get(key);
    if (older) {
      this.#waiting.delete(key);
      this.#parts.allowance.letGo(older.byteLength);
    }
    this.#waiting.set(key, frame);
    if (!this.#parts.allowance.hold(frame.byteLength)) this.#parts.overflow();
  }

  #goOn(): void {
    if (this.#stopped) return;
    this.#resting = false;
    this.#timer = undefined;
    const { allowance, socket } = this.#parts;
    const wait = allowance.wait(performance.now());
    if (wait > 0) return this.#rest(wait);
    for (const [key, frame] of this.#waiting) {
      if (allowance.turn.full) return this.#rest(0);
      this.#waiting.delete(key);
      allowance.letGo(frame.byteLength);
      this.#handle(frame);
      if (this.#resting || this.#stopped) return;
    }
    if (this.#ended) this.stop();
    else if (allowance.crowded) this.#rest(CROWDED_MS);
    else socket.resume?.();
  }
}

/** What a frame that is checked later may cost then. */
function reserveFor(frame: Uint8Array): number {
  const isUpdate = frame[0] === FRAME.sync && frame[1] !== SYNC.step1;
  return isUpdate ? frame.byteLength * CHECK_MS_PER_BYTE : 0;
}

/** The same for frames of which only the latest matters: a question for presence, and the presence of one client. */
function replaceable(frame: Uint8Array): string | undefined {
  if (frame[0] === FRAME.queryAwareness) return 'question';
  if (frame[0] !== FRAME.awareness) return undefined;
  try {
    const decoder = decoding.createDecoder(frame.subarray(1));
    decoding.readVarUint(decoder);
    const entries = decoding.readVarUint(decoder);
    return entries === 1 ? `of ${decoding.readVarUint(decoder)}` : undefined;
  } catch {
    return undefined;
  }
}
