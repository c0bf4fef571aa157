import * as Y from 'yjs';
import type { StoredUpdate, UpdateLog } from '../storage/port.ts';
import { Held, quietDoc } from './held.ts';
import { Ledger, ledgerOf } from './ledger.ts';

/** The two lines of a pino logger that live documents use. */
export interface DocLog {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export const MAX_UNSTORED_BYTES = 64 * 1024 * 1024;
const MAX_BACKOFF_MS = 2_000;
const LEDGER_ROWS = 200;

/** What one commit of a document brings. */
export interface Entry {
  doc: string;
  update: Uint8Array | undefined;
  /** A row of the document's ledger. */
  bindings: Uint8Array | undefined;
}

/** The update log as live documents see it: an append ends only when it is durable, however often the store fails. */
export class Journal {
  readonly #updates: UpdateLog;
  readonly #log: DocLog;
  readonly #asleep = new Set<() => void>();
  #unstored = 0;
  #closed = false;

  constructor(updates: UpdateLog, log: DocLog) {
    this.#updates = updates;
    this.#log = log;
  }

  /** Bytes accepted from clients and not yet on disk, over all documents. */
  get unstored(): number {
    return this.#unstored;
  }
  get full(): boolean {
    return this.#unstored > MAX_UNSTORED_BYTES;
  }
  get closed(): boolean {
    return this.#closed;
  }
  hold(bytes: number): void {
    this.#unstored += bytes;
  }
  letGo(bytes: number): void {
    this.#unstored -= bytes;
  }

  /** Everything stored of a document. Throws what the store throws: never an empty document instead. */
  async load(name: string): Promise<{ held: Held; rows: number; ledger: Ledger }> {
    const [rows, bindings] = await Promise.all([
      this.#updates.load(name),
      this.#updates.load(ledgerOf(name)),
    ]);
    const ledger = new Ledger(bindings.map((row) => row.update));
    if (bindings.length > LEDGER_ROWS) await this.#gather(name, ledger, bindings);
    return { held: new Held(rows.map((row) => row.update)), rows: rows.length, ledger };
  }

  /** Bytes of all that is stored of a document. */
  async sizeOf(name: string): Promise<number> {
    const rows = await this.#updates.load(name);
    return rows.reduce((sum, { update }) => sum + update.byteLength, 0);
  }

  /** One commit for entries of several documents: true when all are durable, false when none can be promised. Never throws. */
  async appendAll(entries: readonly Entry[]): Promise<boolean> {
    if (this.#closed) return false;
    try {
      await this.#updates.append(entries.flatMap(rowsOf));
      return true;
    } catch (error) {
      this.#log.warn({ documents: entries.length, err: error }, 'updates could not be stored, trying again');
      return false;
    }
  }

  /** Resolves when durable. Rejects only when the journal was closed before the store came back. */
  async append(entry: Entry): Promise<void> {
    const rows = rowsOf(entry);
    for (let failures = 0; ; failures++) {
      if (this.#closed) throw new Error('the journal is closed');
      try {
        await this.#updates.append(rows);
        if (failures > 0) this.#log.warn({ doc: entry.doc, failures }, 'updates are stored again');
        return;
      } catch (error) {
        if (failures === 0)
          this.#log.warn({ doc: entry.doc, err: error }, 'an update could not be stored, trying again');
        await this.#sleep(Math.min(50 * 2 ** failures, MAX_BACKOFF_MS));
      }
    }
  }

  /**
   * Puts one snapshot without anything deleted in the place of exactly the rows that it was made of. The time in ms that others had to wait for it;
   * undefined when it failed, which costs nothing but room.
   */
  async compact(name: string): Promise<number | undefined> {
    try {
      const rows = await this.#updates.load(name);
      if (rows.length === 0) return 0;
      const began = performance.now();
      const doc = merge(rows);
      const snapshot = Y.encodeStateAsUpdate(doc);
      doc.destroy();
      const ms = performance.now() - began;
      await this.#updates.compact(
        name,
        snapshot,
        rows.map((row) => row.id),
      );
      return ms;
    } catch (error) {
      this.#log.warn({ doc: name, err: error }, 'a document could not be compacted');
      return undefined;
    }
  }

  /** One row in the place of many. Failure costs nothing but room. */
  async #gather(name: string, ledger: Ledger, rows: readonly StoredUpdate[]): Promise<void> {
    const gathered = this.#updates.compact(
      ledgerOf(name),
      ledger.whole(),
      rows.map((row) => row.id),
    );
    await gathered.catch((error: unknown) =>
      this.#log.warn({ doc: name, err: error }, 'a ledger could not be compacted'),
    );
  }

  /** Ends all waiting for the store; what is not stored by now stays with the clients, who were never told otherwise. */
  close(): void {
    this.#closed = true;
    for (const wake of this.#asleep) wake();
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#asleep.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#asleep.add(wake);
    });
  }
}

/** Bindings first: where one commit is several writes in order, a crash leaves an id bound too early, never too late. */
function rowsOf({ doc, update, bindings }: Entry): { doc: string; update: Uint8Array }[] {
  return [
    ...(bindings ? [{ doc: ledgerOf(doc), update: bindings }] : []),
    ...(update ? [{ doc, update }] : []),
  ];
}

function merge(rows: readonly StoredUpdate[]): Y.Doc {
  const doc = quietDoc();
  if (rows.length > 0) Y.applyUpdate(doc, Y.mergeUpdates(rows.map((row) => row.update)));
  return doc;
}
