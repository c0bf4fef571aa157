import type { Left, Violation } from './gatekeeper.ts';
import { Receipts } from './receipts.ts';

const MAX_REFUSALS = 12;
/** Where everybody comes back, words wait for a moment only, and nobody need hear of it. */
const HINT_MS = 1_000;
const TAKEN_BACK_MS = 2_000;
const BEHIND: ReadonlySet<Violation> = new Set(['gap', 'dependency', 'delete']);

interface Sides {
  /** Sends our step 1. */
  ask(): void;
  /** Words of this socket wait for what is not here, or for room. */
  isWaiting(): boolean;
  hint(): void;
  giveUp(why: Violation): void;
}

/** When a socket whose frames were not taken is asked again, and what its durable notice counts meanwhile. */
export class Asking {
  readonly receipts = new Receipts();
  readonly #sides: Sides;
  #resync: NodeJS.Timeout | undefined;
  #hint: NodeJS.Timeout | undefined;

  constructor(sides: Sides) {
    this.#sides = sides;
  }

  /** Dropped and asked for again, slower each time without progress: people who type during a handshake trip the rule often. */
  refused(why: Violation): void {
    if (BEHIND.has(why) && this.#sides.isWaiting()) {
      // It goes on from words that wait, and comes with these.
      this.receipts.drop();
      // Who takes back what there was no room for has nothing to wait for.
      if (why === 'delete') this.#soon(TAKEN_BACK_MS);
      return;
    }
    const times = this.receipts.refused();
    if (times > MAX_REFUSALS) return this.#sides.giveUp(why);
    this.#soon(times < 3 ? 0 : Math.min(50 * 2 ** times, 5_000));
  }

  /** A part of a frame was not taken; who has it is asked when it can be. */
  left({ room }: Left): void {
    this.receipts.left();
    // A full document is said at once.
    const pause = room > 0 ? 0 : HINT_MS;
    this.#hint ??= setTimeout(() => {
      this.#hint = undefined;
      if (this.#sides.isWaiting()) this.#sides.hint();
    }, pause);
  }

  stop(): void {
    clearTimeout(this.#resync);
    clearTimeout(this.#hint);
  }

  #soon(ms: number): void {
    this.#resync ??= setTimeout(() => {
      this.#resync = undefined;
      this.#sides.ask();
    }, ms);
  }
}
