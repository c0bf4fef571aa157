import { randomId } from '../../../shared/ids.ts';
import { ticks, wallNow } from '../clock.ts';
import { transact } from './unsaved-store.ts';

/** Gone: it said goodbye, its lock is free, or its sign of life is too old. Doubtful: it may have died a moment ago. */
export type Life = 'living' | 'doubtful' | 'gone';

export interface LifeOptions {
  /** How often a tab gives a sign of life, and after what silence it counts as gone. */
  beatMs?: number;
  deadMs?: number;
  /** Where the browser has them: a tab holds a lock of its own, which the browser frees the moment the tab dies. */
  locks?: Pick<LockManager, 'request' | 'query'> | undefined;
}

interface Tab {
  tab: string;
  beat: number;
  /** It holds its lock; false also in browsers without. */
  locked?: boolean;
}

const OLD_MS = 24 * 3600_000;
const lockOf = (tab: string): string => `poli-tab-${tab}`;

/** This tab's signs of life, and what those of others say. */
export class TabLife {
  readonly tab = randomId();
  readonly #database: IDBDatabase;
  readonly #beatMs: number;
  readonly #deadMs: number;
  readonly #locks: LifeOptions['locks'];
  readonly #failed: () => void;
  /** When this tab began, by the device's clock as it is set now. */
  #since = wallNow();
  #drift = wallNow() - ticks();
  /** Until when silence says nothing: the device's clock was set, or it slept, and no tab has beaten since. */
  #unsure = 0;
  readonly #goodbye = (): void => void this.#forget();
  readonly #backAgain = (): void => void this.#beat();
  #timer: ReturnType<typeof setInterval> | undefined;
  #locked = false;
  #unlock: (() => void) | undefined;

  /** `failed` is called when a sign of life cannot be given. */
  constructor(database: IDBDatabase, options: LifeOptions, failed: () => void) {
    this.#database = database;
    this.#beatMs = options.beatMs ?? 3_000;
    this.#deadMs = options.deadMs ?? 10_000;
    this.#locks = 'locks' in options ? options.locks : globalThis.navigator?.locks;
    this.#failed = failed;
  }

  /** Resolves when the first sign of life is given: before that nothing may be kept under this tab's id. */
  async start(): Promise<void> {
    await this.#beat();
    this.#timer = setInterval(() => void this.#beat(), this.#beatMs);
    globalThis.addEventListener?.('pagehide', this.#goodbye);
    globalThis.addEventListener?.('pageshow', this.#backAgain);
    void this.#lock();
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    globalThis.removeEventListener?.('pagehide', this.#goodbye);
    globalThis.removeEventListener?.('pageshow', this.#backAgain);
    await this.#forget();
    this.#unlock?.();
  }

  /** How it is with each tab at this moment. Rows must have been read before: who comes later is not known here. */
  async judge(): Promise<(tab: string) => Life> {
    const tabs = (await transact(this.#database, 'tabs', 'readonly', (store) => store.getAll())) as Tab[];
    const locks = await this.#heldLocks();
    const unsure = this.#look();
    const now = wallNow();
    const silence = ({ beat }: Tab): number => Math.abs(now - beat);
    const old = unsure ? [] : tabs.filter((tab) => silence(tab) > OLD_MS);
    if (old.length > 0)
      await transact(this.#database, 'tabs', 'readwrite', (store) => {
        for (const { tab } of old) store.delete(tab);
      });
    const lifeOf = (tab: Tab): Life => {
      if (silence(tab) > this.#deadMs && !unsure) return 'gone';
      if (tab.locked && locks) return locks.has(lockOf(tab.tab)) ? 'living' : 'gone';
      return tab.beat > this.#since && silence(tab) <= this.#deadMs / 2 ? 'living' : 'doubtful';
    };
    const lives = new Map(tabs.map((tab) => [tab.tab, lifeOf(tab)]));
    return (tab) => (tab === this.tab ? 'living' : (lives.get(tab) ?? 'gone'));
  }

  /** Notices a set clock. True as long as silence says nothing. */
  #look(): boolean {
    const drift = wallNow() - ticks();
    const step = drift - this.#drift;
    if (Math.abs(step) >= this.#deadMs / 2) {
      this.#drift = drift;
      this.#since += step;
      this.#unsure = ticks() + this.#deadMs;
    }
    return ticks() < this.#unsure;
  }

  async #beat(): Promise<void> {
    this.#look();
    const tab: Tab = { tab: this.tab, beat: wallNow(), locked: this.#locked };
    await transact(this.#database, 'tabs', 'readwrite', (store) => store.put(tab)).catch(this.#failed);
  }

  async #forget(): Promise<void> {
    const gone = (store: IDBObjectStore): IDBRequest => store.delete(this.tab);
    await transact(this.#database, 'tabs', 'readwrite', gone).catch(() => undefined);
  }

  /** Holds the lock until the end; the sign of life that says so comes after it is held. */
  async #lock(): Promise<void> {
    const end = new Promise<void>((resolve) => {
      this.#unlock = resolve;
    });
    const hold = (): Promise<void> => {
      this.#locked = true;
      if (this.#timer !== undefined) void this.#beat();
      return end;
    };
    try {
      await this.#locks?.request(lockOf(this.tab), hold);
    } catch {
      // None to be had here: time alone decides.
    }
    this.#locked = false;
  }

  async #heldLocks(): Promise<Set<string | undefined> | undefined> {
    try {
      const held = (await this.#locks?.query())?.held;
      return held && new Set(held.map(({ name }) => name));
    } catch {
      return undefined;
    }
  }
}
