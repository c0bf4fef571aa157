import { AppError, isError } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import type { AuditEvent } from '../../platform/audit-trail.ts';
import type { RecordStore } from '../../storage/port.ts';
import { hashOf, orderedId, storable } from './chained.ts';
import { type AuditRecord, auditRows } from './collections.ts';
import { type Beginning, beginningOf, type Link } from './beginning.ts';

/** Rows of one commit. */
const MOST_AT_ONCE = 500;
/** Events that wait while the storage is away; what comes on top of them is refused at once. */
const MOST_WAITING = 10_000;
/** For so long a caller waits for a storage that hangs. */
const PATIENCE_MS = 10_000;
const AGAIN_MS = [100, 250, 500, 1000, 2000];

/** How far this chain is stored. */
export interface Head {
  chain: string;
  length: number;
  hash: string;
}

/** More about an attempt that failed. */
export interface Counted {
  count: number;
  since: string;
}

interface Waiting {
  event: AuditEvent & Partial<Counted>;
  at: number;
  done(): void;
  failed(error: unknown): void;
}

const away = () => new AppError('UNAVAILABLE', 'audit.away');

/**
 * The chain of this process: each row holds the hash of the one before. Rows are decided here, one after the other, and stored in
 * batches, one commit each; the next batch gathers while one is being stored. What was decided stays: a batch that could not be
 * stored is tried again, as it is, until it is there, though its callers have been told UNAVAILABLE meanwhile.
 */
export class Chain {
  readonly #records: RecordStore;
  readonly #now: () => number;
  readonly #id: string;
  readonly #waiting: Waiting[] = [];
  /** Decided, not stored yet; with whoever still waits for it. */
  #batch: { row: AuditRecord; from: Waiting }[] = [];
  #decided: Head;
  #stored: Head;
  #lastMs = 0;
  #beginning: Beginning | undefined;
  #busy = false;
  #running: Promise<void> | undefined;
  #tries = 0;
  #again: NodeJS.Timeout | undefined;

  constructor(records: RecordStore, now: () => number) {
    this.#records = records;
    this.#now = now;
    this.#id = newId(now());
    this.#decided = { chain: this.#id, length: 0, hash: '' };
    this.#stored = this.#decided;
  }

  /** How far it is stored; length 0 before its first row. */
  get head(): Head {
    return this.#stored;
  }

  /** Durable when resolved. UNAVAILABLE `audit.away`: it is not stored yet, and will be if this process lives. */
  append(event: AuditEvent & Partial<Counted>): Promise<void> {
    if (this.#waiting.length >= MOST_WAITING) return Promise.reject(away());
    return new Promise((done, failed) => {
      this.#waiting.push({ event, at: this.#now(), done, failed });
      if (!this.#again) this.#run();
    });
  }

  /** Resolves when all is stored, or when a last try has failed. */
  async settled(): Promise<void> {
    await this.#running;
    clearTimeout(this.#again);
    this.#again = undefined;
    this.#run();
    await this.#running;
    clearTimeout(this.#again);
  }

  #run(): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#running = this.#storeAll();
  }

  async #storeAll(): Promise<void> {
    try {
      // What was asked for in this turn shares a commit.
      await new Promise(setImmediate);
      while (this.#batch.length + this.#waiting.length > 0) await this.#storeSome();
    } catch (error) {
      this.#tellAll(error);
      this.#later();
    } finally {
      // In the very turn in which nothing was left to do: what is asked for a moment later starts it anew.
      this.#busy = false;
    }
  }

  async #storeSome(): Promise<void> {
    const patience = setInterval(() => this.#tellAll(away()), PATIENCE_MS);
    try {
      this.#beginning ??= await beginningOf(this.#records);
      this.#decide(this.#beginning);
      await this.#store();
      this.#tries = 0;
    } finally {
      clearInterval(patience);
    }
  }

  #decide(beginning: Beginning): void {
    if (this.#batch.length > 0) return;
    for (const from of this.#waiting.splice(0, MOST_AT_ONCE)) {
      const first = this.#decided.length === 0;
      if (first) this.#lastMs = beginning.ms + 1;
      const row = this.#link(from, first ? beginning.link : { prev: this.#decided.hash });
      this.#decided = { chain: this.#id, length: row.seq!, hash: row.hash! };
      this.#batch.push({ row, from });
    }
  }

  #link({ event, at }: Waiting, before: Link): AuditRecord {
    const seq = this.#decided.length + 1;
    // Ids keep the order of the chain when the clock goes back, and when the count of a millisecond starts anew.
    this.#lastMs = Math.max(at, this.#lastMs + (seq % 0x1000000 === 0 ? 1 : 0));
    const texts = Object.entries(event).map(([key, value]) => [
      key,
      typeof value === 'string' ? storable(value) : value,
    ]);
    const row: AuditRecord = {
      id: orderedId(this.#lastMs, seq),
      version: 1,
      at: new Date(at).toISOString(),
      subject: '',
      ...(Object.fromEntries(texts) as AuditEvent),
      chain: this.#id,
      seq,
      ...before,
    };
    return { ...row, hash: hashOf(row) };
  }

  async #store(): Promise<void> {
    if (this.#tries > 0) this.#shift(await this.#alreadyThere());
    const rows = this.#batch.map(({ row }) => row);
    await this.#records.insertMany(auditRows, rows);
    this.#shift(rows.length);
  }

  /** After a fault nobody knows what of the batch was stored; a beginning of it, since it is written in order. */
  async #alreadyThere(): Promise<number> {
    let [there, most] = [0, this.#batch.length];
    while (there < most) {
      const middle = Math.ceil((there + most) / 2);
      const found = await this.#records.get(auditRows, this.#batch[middle - 1]!.row.id);
      if (found) there = middle;
      else most = middle - 1;
    }
    return there;
  }

  #shift(count: number): void {
    for (const { row, from } of this.#batch.splice(0, count)) {
      this.#stored = { chain: this.#id, length: row.seq!, hash: row.hash! };
      from.done();
    }
  }

  #tellAll(error: unknown): void {
    const told = isError(error, 'UNAVAILABLE') ? away() : error;
    for (const { from } of this.#batch) from.failed(told);
    for (const from of this.#waiting) from.failed(told);
  }

  #later(): void {
    const ms = AGAIN_MS[Math.min(this.#tries++, AGAIN_MS.length - 1)]!;
    this.#again = setTimeout(() => {
      this.#again = undefined;
      this.#run();
    }, ms).unref();
  }
}
