/** What a device has to tell time by, in ms: `ticks` run on evenly but may stand still in a sleep, `wall` is what somebody may set. */
export interface TimePieces {
  ticks(): number;
  wall(): number;
}

/** A difference between the two that no drift explains: the clock was set, or the device slept. */
const STEP_MS = 2_000;

/**
 * The server's clock as this page knows it. It runs on the device's ticks, so that setting the device's clock moves nothing. After a
 * sleep the ticks may be late: whenever the two time pieces disagree, `doubted` is called and the next answer is believed.
 */
export class ServerClock {
  readonly #pieces: TimePieces;
  #offsetMs: number;
  #bestTrip = Number.POSITIVE_INFINITY;
  #drift: number;
  #doubted: () => void = () => undefined;

  constructor(pieces: TimePieces) {
    this.#pieces = pieces;
    this.#drift = this.#offsetMs = pieces.wall() - pieces.ticks();
  }

  /** Who asks the server for its time when it must be learned anew. */
  onDoubt(ask: () => void): void {
    this.#doubted = ask;
  }

  /** Learns from an answer that came after `tripMs`; the shortest trip tells best, a worse one counts when it contradicts. */
  learn(serverTime: string, tripMs: number): void {
    this.#look();
    const says = Date.parse(serverTime) + tripMs / 2 - this.#pieces.ticks();
    if (tripMs > this.#bestTrip && Math.abs(says - this.#offsetMs) < tripMs + STEP_MS) return;
    this.#bestTrip = tripMs;
    this.#offsetMs = says;
  }

  /** Milliseconds of now on the server's clock. */
  now(): number {
    if (this.#look()) this.#doubted();
    return this.#pieces.ticks() + this.#offsetMs;
  }

  #look(): boolean {
    const drift = this.#pieces.wall() - this.#pieces.ticks();
    if (Math.abs(drift - this.#drift) < STEP_MS) return false;
    this.#drift = drift;
    this.#bestTrip = Number.POSITIVE_INFINITY;
    return true;
  }
}

/** Milliseconds that run on evenly from the page's beginning: spans of time are measured with them, never with the wall's. */
export const ticks = (): number => performance.now();

/** The device's date and hour, which somebody may set: only for what outlives the page or is compared with other tabs. */
export const wallNow = (): number => Date.now();

const clock = new ServerClock({ ticks, wall: wallNow });

export const learnServerTime = (serverTime: string, tripMs: number): void => clock.learn(serverTime, tripMs);

/** Milliseconds of now on the server's clock. Countdowns and days use nothing else. */
export const serverNow = (): number => clock.now();

export const onClockDoubt = (ask: () => void): void => clock.onDoubt(ask);
