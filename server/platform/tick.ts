const PER_FANOUT = 30;
const PER_WORK = 8;
/** Of the longest pause, for work that is not one fan-out. */
const WORK_CAP = 0.4;

/** So many pauses without a word, and the process is quiet again. */
const QUIET = 4;

/** The longest pause in ms, unless configured. */
export const DEFAULT_MAX_PAUSE = 45;

/**
 * The beat of the process: what is to be stored and shown to many goes out together. Nothing waits in a quiet process: its
 * task runs in this turn of the event loop. In a busy one a task waits for a pause, never longer than `maxPause` ms, in proportion to
 * what the largest single fan-out of the last run has cost: what is said meanwhile in such a place goes out as one frame, so waiting
 * saves whole fan-outs. A small room pays less than a millisecond, a hall of a thousand the whole pause. Many small rooms save less by waiting:
 * for all the work of a run together the pause is shorter.
 */
export class Tick {
  readonly #maxPause: number;
  readonly #tasks = new Set<() => void>();
  #startedAt = 0;
  #work = 0;
  #largest = 0;
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;

  constructor(maxPause = DEFAULT_MAX_PAUSE) {
    this.#maxPause = maxPause;
  }

  /** Runs the task once at the next tick, however often it is asked for until then. It must not throw. */
  wake(task: () => void): void {
    this.#tasks.add(task);
    if (this.#timer) return;
    const forFanout = Math.min(this.#maxPause, PER_FANOUT * this.#largest);
    const forWork = Math.min(WORK_CAP * this.#maxPause, PER_WORK * this.#work);
    const pause = Math.max(forFanout, forWork);
    const quiet = performance.now() - this.#startedAt > QUIET * pause;
    this.#timer = quiet || pause < 0.5 ? setImmediate(this.#run) : setTimeout(this.#run, pause);
  }

  /** What it has cost to tell everybody in one place, in ms, during the last run or in consequence of it. */
  charge(ms: number): void {
    this.#largest = Math.max(this.#largest, ms);
    this.#work += ms;
  }

  readonly #run = (): void => {
    this.#timer = undefined;
    const tasks = [...this.#tasks];
    this.#tasks.clear();
    this.#startedAt = performance.now();
    this.#work = 0;
    this.#largest = 0;
    for (const task of tasks) task();
    this.#work += performance.now() - this.#startedAt;
  };
}
