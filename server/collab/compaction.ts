import type { Journal } from './journal.ts';

const COMPACT_ROWS = 500;
/** After a deletion: when nothing more was deleted for this long, and at the latest so long after the first. */
const REST_MS = 5_000;
const LATEST_MS = 30_000;
/** A large document is put together less often: others wait for it for a hundredth of the time. */
const COST_SHARE = 100;

/** When the stored rows of a document are put together: when they are many, and soon after a deletion, so that what was deleted leaves them. */
export class Compaction {
  readonly #name: string;
  readonly #journal: Journal;
  #rows: number;
  #compactAt = COMPACT_ROWS;
  /** Since when something deleted is in the rows. */
  #dirtySince: number | undefined;
  #notBefore = 0;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  /** `dirty`: something deleted is in the rows. */
  constructor(name: string, journal: Journal, loaded: { rows: number; dirty: boolean }) {
    this.#name = name;
    this.#journal = journal;
    this.#rows = loaded.rows;
    if (loaded.dirty) this.#soil();
    this.#startIfMany();
  }

  /** A row was stored. */
  stored(deletes: boolean): void {
    this.#rows++;
    if (deletes) this.#soil();
    this.#startIfMany();
  }

  /** Resolves when what is under way is done. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Nothing deleted stays in the rows, if the store can do it. */
  async clean(): Promise<void> {
    await this.#running;
    if (this.#dirtySince !== undefined) await this.#start();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #soil(): void {
    const now = Date.now();
    this.#dirtySince ??= now;
    const due = Math.max(Math.min(now + REST_MS, this.#dirtySince + LATEST_MS), this.#notBefore);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#start(), due - now);
  }

  #startIfMany(): void {
    if (this.#rows >= this.#compactAt) void this.#start();
  }

  #start(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    const rows = this.#rows;
    const dirty = this.#dirtySince;
    this.#dirtySince = undefined;
    const ms = await this.#journal.compact(this.#name);
    this.#rows -= ms === undefined ? 0 : rows - 1;
    this.#compactAt = this.#rows + COMPACT_ROWS;
    this.#notBefore = Date.now() + (ms ?? 0) * COST_SHARE;
    if (ms !== undefined || dirty === undefined || this.#stopped) return;
    this.#notBefore = Date.now() + LATEST_MS;
    this.#soil();
  }
}
