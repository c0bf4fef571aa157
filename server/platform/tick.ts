const SHARE = 20;

/** The longest pause in ms, unless configured. */
export const DEFAULT_MAX_PAUSE = 60;

/**
 * The beat of the process: what is to be stored and shown to many goes out together. Nothing waits in a quiet process: the
 * first task runs in this turn of the event loop. After a run there is a pause in proportion to what the run has cost (so
 * that sending takes at most about one twentieth of the time), never longer than `maxPause` ms: a small room pays less than a
 * millisecond, a hall of a thousand the whole pause, and what was said meanwhile goes out as one frame.
 */
export class Tick {
  readonly #maxPause: number;
  readonly #tasks = new Set<() => void>();
  #startedAt = 0;
  #cost = 0;
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;

  constructor(maxPause = DEFAULT_MAX_PAUSE) {
    this.#maxPause = maxPause;
  }

  /** Runs the task once at the next tick, however often it is asked for until then. It must not throw. */
  wake(task: () => void): void {
    this.#tasks.add(task);
    if (this.#timer) return;
    const pause = Math.min(this.#maxPause, SHARE * this.#cost);
    const wait = this.#startedAt + pause - performance.now();
    this.#timer = wait > 0.5 ? setTimeout(this.#run, wait) : setImmediate(this.#run);
  }

  /** Adds to the cost of the last run what it led to later (the sending after a commit that took its time), in ms. */
  charge(ms: number): void {
    this.#cost += ms;
  }

  readonly #run = (): void => {
    this.#timer = undefined;
    const tasks = [...this.#tasks];
    this.#tasks.clear();
    this.#startedAt = performance.now();
    this.#cost = 0;
    for (const task of tasks) task();
    this.charge(performance.now() - this.#startedAt);
  };
}
