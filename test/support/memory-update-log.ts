import type { StoredUpdate, UpdateLog } from '../../server/storage/port.ts';

/** An UpdateLog that can be made to fail, to wait, and to lose its process. */
export class MemoryUpdateLog implements UpdateLog {
  readonly rows = new Map<string, StoredUpdate[]>();
  /** Of documents; their ledgers come along. */
  loads = 0;
  appends = 0;
  compactions = 0;
  /** While true every append throws. */
  failAppends = false;
  failLoads = false;
  /** Every append with something of this document throws. */
  poison: string | undefined;
  /** An append with something of this document hangs until `go`. */
  hanging: string | undefined;
  /** Runs when the rows are stored and the caller does not know it yet. */
  afterAppend: (() => void) | undefined;
  #next = 0;
  #gate: Promise<void> | undefined;
  #openGate: (() => void) | undefined;

  /** From now on nothing is stored or loaded until `go`. */
  stall(): void {
    this.#gate ??= new Promise((resolve) => {
      this.#openGate = resolve;
    });
  }
  go(): void {
    this.#openGate?.();
    this.#gate = undefined;
  }

  async append(batch: readonly { doc: string; update: Uint8Array }[]): Promise<void> {
    this.appends++;
    if (batch.some(({ doc }) => doc === this.hanging)) this.stall();
    if (this.hanging === undefined || batch.some(({ doc }) => doc === this.hanging)) await this.#gate;
    if (batch.some(({ doc }) => doc === this.poison)) throw new Error('this cannot be stored');
    if (this.failAppends) throw new Error('the store is away');
    for (const { doc, update } of batch) this.#add(doc, update);
    this.afterAppend?.();
  }

  async load(doc: string): Promise<StoredUpdate[]> {
    if (!doc.startsWith('ledger.')) this.loads++;
    await this.#gate;
    if (this.failLoads) throw new Error('the store is away');
    return [...(this.rows.get(doc) ?? [])];
  }

  async compact(doc: string, snapshot: Uint8Array, replaced: readonly string[]): Promise<void> {
    this.compactions++;
    this.#add(doc, snapshot);
    const gone = new Set(replaced);
    this.rows.set(
      doc,
      (this.rows.get(doc) ?? []).filter((row) => !gone.has(row.id)),
    );
  }

  #add(doc: string, update: Uint8Array): void {
    const row = { id: String(this.#next++), update: update.slice() };
    this.rows.set(doc, [...(this.rows.get(doc) ?? []), row]);
  }
}
