import { AppError } from '../../shared/errors.ts';
import type { EntryRecord } from '../../server/features/session/collections.ts';
import type { Draft, RecordStore } from '../../server/storage/port.ts';

/** How one write goes wrong: nothing is stored, a part is, all is and the answer is lost, or somebody else was faster. */
export type Fault = 'refused' | 'prefix' | 'answer-lost' | 'raced';

const away = () => new AppError('UNAVAILABLE', 'storage.away');

/** The entries of one room behind the RecordStore port, with faults on order. Only what a RoomLog asks for is there. */
export class RoomRecords {
  readonly stored: EntryRecord[] = [];
  readonly faults: (Fault | undefined)[] = [];
  /** Loads that fail, counted down. */
  failLoads = 0;
  /** A batch as large as this was written at once. */
  largest = 0;
  /** What somebody else writes first when a write is `raced`. */
  rival: ((seq: number) => Draft<EntryRecord>) | undefined;

  get port(): RecordStore {
    return {
      list: (_c: unknown, _index: unknown, _match: unknown, page: { after: number; limit: number }) =>
        this.#list(page),
      find: async (_c: unknown, _index: unknown, { seq }: { seq: number }) =>
        structuredClone(this.stored.find((each) => each.seq === seq)),
      insertMany: (_c: unknown, drafts: Draft<EntryRecord>[]) => this.#insertMany(drafts),
    } as unknown as RecordStore;
  }

  async #list({ after, limit }: { after: number; limit: number }): Promise<EntryRecord[]> {
    await Promise.resolve();
    if (this.failLoads > 0) {
      this.failLoads--;
      throw away();
    }
    return structuredClone(this.stored.slice(after, after + limit));
  }

  #insert(drafts: readonly Draft<EntryRecord>[]): void {
    for (const draft of drafts) {
      const clash = this.stored.some((each) => each.id === draft.id || each.seq === draft.seq);
      if (clash) throw new AppError('CONFLICT', 'record.id');
      this.stored.push({ ...structuredClone(draft), version: 1 });
    }
  }

  async #insertMany(drafts: Draft<EntryRecord>[]): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.largest = Math.max(this.largest, drafts.length);
    const fault = this.faults.shift();
    if (fault === 'refused') throw away();
    if (fault === 'raced' && this.rival) this.#insert([this.rival(this.stored.length + 1)]);
    this.#insert(fault === 'prefix' ? drafts.slice(0, Math.floor(drafts.length / 2)) : drafts);
    if (fault === 'prefix' || fault === 'answer-lost') throw away();
  }
}
