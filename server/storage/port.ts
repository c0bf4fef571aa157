import type { Collection, Stored } from './collection.ts';
import type { DamageList } from './damage.ts';

export type { Stored } from './collection.ts';

/** A record before its first insert. */
export type Draft<R extends Stored> = Omit<R, 'version'>;

/**
 * Bounds a list. The index's last field orders it (ties do not exist, rule R6 of CONTRACT.md).
 * `after`/`before` are exclusive values of that last field.
 */
export interface Page {
  limit?: number;
  after?: string | number;
  before?: string | number;
  order?: 'asc' | 'desc';
}

/** Records: one JSON document per id. Each call is atomic by itself; there are no transactions across records. */
export interface RecordStore {
  /** CONFLICT with reason `record.id` (the id exists) or `record.index` (facts.index: which unique index). */
  insert<R extends Stored>(c: Collection<R>, draft: Draft<R>): Promise<R>;
  /** In order, one commit; on a conflict the prefix before it is stored and CONFLICT says `facts.stored` (how many). */
  insertMany<R extends Stored>(c: Collection<R>, drafts: readonly Draft<R>[]): Promise<R[]>;
  get<R extends Stored>(c: Collection<R>, id: string): Promise<R | undefined>;
  /** By a unique index; `key` gives all of its fields. */
  find<R extends Stored>(c: Collection<R>, unique: string, key: Partial<R>): Promise<R | undefined>;
  /** By an index; `match` gives all of its fields but the last, which orders and bounds the page. */
  list<R extends Stored>(c: Collection<R>, index: string, match: Partial<R>, page?: Page): Promise<R[]>;
  count<R extends Stored>(c: Collection<R>, index: string, match: Partial<R>): Promise<number>;
  /** Compare-and-set on `version`: CONFLICT `record.version` if somebody was faster, NOT_FOUND if it is gone. */
  replace<R extends Stored>(c: Collection<R>, record: R): Promise<R>;
  /** True if there was one. */
  remove<R extends Stored>(c: Collection<R>, id: string): Promise<boolean>;
}

export interface StoredUpdate {
  /** Opaque, unique in its document. */
  id: string;
  update: Uint8Array;
}

/** Updates: an unordered pile of bytes per document. Merging is the caller's affair; repeats are harmless. */
export interface UpdateLog {
  /** One commit; durable when it resolves. */
  append(batch: readonly { doc: string; update: Uint8Array }[]): Promise<void>;
  load(doc: string): Promise<StoredUpdate[]>;
  /** Adds the snapshot first, then deletes exactly `replaced`: a crash between leaves repeats, never holes. */
  compact(doc: string, snapshot: Uint8Array, replaced: readonly string[]): Promise<void>;
}

/** Files as bytes, up to 64 MiB each. */
export interface BlobStore {
  /** Stores under a new id, or does nothing when the id is taken: a blob never changes. */
  put(id: string, bytes: Uint8Array): Promise<void>;
  get(id: string): Promise<Uint8Array | undefined>;
  remove(id: string): Promise<boolean>;
}

/** For moving a whole storage to another engine (`copy.ts`) and nothing else; features have no use for it. */
export interface Transfer {
  /** Writes records as they are, `version` included, over what has the same id; one commit a call. */
  restore<R extends Stored>(c: Collection<R>, records: readonly R[]): Promise<void>;
  /** Names of all documents that have updates. */
  documents(): AsyncIterable<string>;
  /** Ids of all blobs. */
  blobIds(): AsyncIterable<string>;
}

export interface Storage {
  records: RecordStore;
  updates: UpdateLog;
  blobs: BlobStore;
  transfer: Transfer;
  /** Rows that are not what was stored: set aside, kept, given to nobody. */
  damage: DamageList;
  /** Resolves when the engine answers; throws UNAVAILABLE when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
