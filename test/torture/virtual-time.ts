const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  dateNow: Date.now,
  performanceNow: performance.now.bind(performance),
};

interface Timer {
  due: number;
  every: number | undefined;
  run(): void;
  ref(): Timer;
  unref(): Timer;
}

/** The real clock in ms, whatever stands in its place. */
export const realNow = (): number => real.performanceNow();

/** Lets everything that waits for no clock run: promises, and what was put off to the next turn. */
export async function settle(turns = 2): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise<void>((resolve) => real.setImmediate(resolve));
}

/** A clock that only moves when it is told to, in the place of the process's own. One at a time; `stop` gives the real one back. */
export class VirtualTime {
  now = 0;
  readonly #timers = new Set<Timer>();

  constructor() {
    const add = (run: () => void, ms: number, every: number | undefined): Timer => {
      const timer: Timer = { due: this.now + ms, every, run, ref: () => timer, unref: () => timer };
      this.#timers.add(timer);
      return timer;
    };
    const remove = (timer: Timer | undefined): void => void (timer && this.#timers.delete(timer));
    const epoch = Date.UTC(2026, 0, 1);
    Object.assign(globalThis, {
      setTimeout: (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
        add(() => run(...given), ms, undefined),
      setInterval: (run: (...given: unknown[]) => void, ms = 1, ...given: unknown[]) =>
        add(() => run(...given), ms, ms),
      clearTimeout: remove,
      clearInterval: remove,
    });
    Date.now = () => epoch + Math.floor(this.now);
    performance.now = () => this.now;
  }

  /** Moves on; timers fire when they are due, in order. */
  async advance(ms: number): Promise<void> {
    const end = this.now + ms;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.now = Math.max(this.now, next.due);
      if (next.every === undefined) this.#timers.delete(next);
      else next.due = this.now + Math.max(1, next.every);
      next.run();
      await settle();
    }
    this.now = end;
  }

  /** Moves on until something has come about. Throws when it takes more than a minute. */
  async until<T>(awaited: Promise<T>): Promise<T> {
    let done = false;
    const end = () => {
      done = true;
    };
    awaited.then(end, end);
    await settle();
    for (const begun = this.now; !done; await this.advance(10))
      if (this.now - begun > 60_000) throw new Error('a minute passed and it had not come about');
    return awaited;
  }

  /** Whoever waited for a time waits for ever: their process is dead. */
  forget(): void {
    this.#timers.clear();
  }

  stop(): void {
    const { dateNow, performanceNow, ...timers } = real;
    Object.assign(globalThis, timers);
    Date.now = dateNow;
    performance.now = performanceNow;
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers)
      if (timer.due <= end && (!first || timer.due < first.due)) first = timer;
    return first;
  }
}
