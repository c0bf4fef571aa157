import type { StoredUpdate, UpdateLog } from '../../server/storage/port.ts';

/** What survives the processes: rows of updates by document. */
export class Disk {
  readonly rows = new Map<string, StoredUpdate[]>();
  compactions = 0;
  #next = 0;

  add(doc: string, update: Uint8Array): void {
    const rows = this.rows.get(doc) ?? [];
    rows.push({ id: String(this.#next++), update: update.slice() });
    this.rows.set(doc, rows);
  }
  /** As a backup has it. */
  copy(): Disk {
    const copy = new Disk();
    for (const [doc, rows] of this.rows) for (const { update } of rows) copy.add(doc, update);
    return copy;
  }
  remove(doc: string, ids: readonly string[]): void {
    const gone = new Set(ids);
    this.rows.set(
      doc,
      (this.rows.get(doc) ?? []).filter(({ id }) => !gone.has(id)),
    );
  }
}

export interface Weather {
  random: () => number;
  /** How often a call fails, [0, 1]; half of the failing appends have stored everything all the same. */
  failing: number;
  /** Longest time of a call in ms. */
  slow: number;
  plant: string | undefined;
}

/** The disk as one process sees it: slow and failing. */
export class SimStore implements UpdateLog {
  readonly #disk: Disk;
  readonly #weather: Weather;

  constructor(disk: Disk, weather: Weather) {
    this.#disk = disk;
    this.#weather = weather;
  }

  async append(batch: readonly { doc: string; update: Uint8Array }[]): Promise<void> {
    const { random, plant } = this.#weather;
    await this.#work();
    const fails = random() < this.#weather.failing;
    if (fails && random() < 0.5) throw new Error('the store is away');
    const loses = plant === 'an append that stores nothing' && random() < 0.2;
    for (const { doc, update } of batch) if (!loses) this.#disk.add(doc, update);
    await this.#work();
    if (fails) throw new Error('the store went away after it had stored');
  }

  async load(doc: string): Promise<StoredUpdate[]> {
    await this.#work();
    if (this.#weather.random() < this.#weather.failing) throw new Error('the store is away');
    return [...(this.#disk.rows.get(doc) ?? [])];
  }

  async compact(doc: string, snapshot: Uint8Array, replaced: readonly string[]): Promise<void> {
    const { plant } = this.#weather;
    await this.#work();
    if (plant !== 'a compaction without its snapshot') this.#disk.add(doc, snapshot);
    await this.#work();
    this.#disk.remove(doc, replaced);
    this.#disk.compactions++;
    await this.#work();
  }

  async #work(): Promise<void> {
    const ms = this.#weather.random() * this.#weather.slow;
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  }
}
