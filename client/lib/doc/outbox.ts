import { randomId } from '../../../shared/ids.ts';

/** What a tab that is gone left behind for this person and document, in the order it was made. */
export interface Left {
  tab: string;
  entries: { key: number; update: Uint8Array }[];
}

/** A person's own updates of one document that are not known to be on the server's disk, kept over the death of the tab. */
export interface Outbox {
  /** False when the browser keeps nothing (private mode, full disk): then unsaved work lives as long as the page. */
  readonly durable: boolean;
  /** Resolves when kept. Never rejects: what cannot be kept stays in memory and `durable` says so. */
  add(update: Uint8Array): Promise<number>;
  remove(keys: readonly number[]): Promise<void>;
  /** What dead tabs left. A tab is dead when it said goodbye or its sign of life is too old. */
  left(): Promise<Left[]>;
  /** This tab says goodbye; what it has not sent is for the next one. */
  close(): Promise<void>;
}

export interface OutboxPlace {
  person: string;
  doc: string;
  factory?: IDBFactory | undefined;
  /** How often a tab gives a sign of life, and after what silence it counts as dead. */
  beatMs?: number;
  deadMs?: number;
}

interface Row {
  place: string;
  tab: string;
  update: Uint8Array;
}
interface Tab {
  tab: string;
  beat: number;
}

const DATABASE = 'poli-unsaved';
const OLD_MS = 24 * 3600_000;

/** Opens the outbox in IndexedDB, or one in memory where that is not to be had. */
export async function openOutbox(place: OutboxPlace): Promise<Outbox> {
  const factory = 'factory' in place ? place.factory : globalThis.indexedDB;
  try {
    if (!factory) return memoryOutbox();
    const outbox = new StoredOutbox(await openDatabase(factory), place);
    await outbox.beat();
    return outbox;
  } catch {
    return memoryOutbox();
  }
}

function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      const updates = request.result.createObjectStore('updates', { autoIncrement: true });
      updates.createIndex('place', 'place');
      request.result.createObjectStore('tabs', { keyPath: 'tab' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB cannot be opened'));
    request.onblocked = () => reject(new Error('IndexedDB is blocked'));
  });
}

class StoredOutbox implements Outbox {
  durable = true;
  readonly #database: IDBDatabase;
  readonly #place: string;
  readonly #tab = randomId();
  readonly #deadMs: number;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #spare = memoryOutbox();
  readonly #goodbye = (): void => void this.#forgetTab();
  readonly #backAgain = (): void => void this.beat();

  constructor(database: IDBDatabase, place: OutboxPlace) {
    this.#database = database;
    this.#place = JSON.stringify([place.person, place.doc]);
    this.#deadMs = place.deadMs ?? 10_000;
    this.#timer = setInterval(() => void this.beat(), place.beatMs ?? 3_000);
    database.onversionchange = () => database.close();
    globalThis.addEventListener?.('pagehide', this.#goodbye);
    globalThis.addEventListener?.('pageshow', this.#backAgain);
  }

  async add(update: Uint8Array): Promise<number> {
    const row: Row = { place: this.#place, tab: this.#tab, update };
    try {
      return Number(await this.#do('updates', 'readwrite', (store) => store.add(row)));
    } catch {
      this.durable = false;
      return this.#spare.add(update);
    }
  }

  async remove(keys: readonly number[]): Promise<void> {
    await this.#spare.remove(keys);
    const stored = keys.filter((key) => key > 0);
    if (stored.length === 0) return;
    await this.#do('updates', 'readwrite', (store) => {
      for (const key of stored) store.delete(key);
    }).catch(() => undefined);
  }

  async left(): Promise<Left[]> {
    try {
      const living = await this.#livingTabs();
      const tabs = new Map<string, Left>();
      for (const { key, row } of await this.#rows()) {
        if (living.has(row.tab)) continue;
        const left = tabs.get(row.tab) ?? { tab: row.tab, entries: [] };
        left.entries.push({ key, update: row.update });
        tabs.set(row.tab, left);
      }
      return [...tabs.values()];
    } catch {
      return [];
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    globalThis.removeEventListener?.('pagehide', this.#goodbye);
    globalThis.removeEventListener?.('pageshow', this.#backAgain);
    await this.#forgetTab();
    this.#database.close();
  }

  /** A sign of life. */
  async beat(): Promise<void> {
    const tab: Tab = { tab: this.#tab, beat: Date.now() };
    await this.#do('tabs', 'readwrite', (store) => store.put(tab)).catch(() => {
      this.durable = false;
    });
  }

  async #forgetTab(): Promise<void> {
    await this.#do('tabs', 'readwrite', (store) => store.delete(this.#tab)).catch(() => undefined);
  }

  async #livingTabs(): Promise<Set<string>> {
    const tabs = (await this.#do('tabs', 'readonly', (store) => store.getAll())) as Tab[];
    const now = Date.now();
    const old = tabs.filter(({ beat }) => now - beat > OLD_MS);
    if (old.length > 0)
      await this.#do('tabs', 'readwrite', (store) => {
        for (const { tab } of old) store.delete(tab);
      });
    const living = tabs.filter(({ beat }) => now - beat <= this.#deadMs).map(({ tab }) => tab);
    return new Set([...living, this.#tab]);
  }

  /** In the order of their keys, which is the order they were made in. */
  async #rows(): Promise<{ key: number; row: Row }[]> {
    let keys: IDBValidKey[] = [];
    const rows = (await this.#do('updates', 'readonly', (store) => {
      const index = store.index('place');
      index.getAllKeys(this.#place).onsuccess = (event) => {
        keys = (event.target as IDBRequest<IDBValidKey[]>).result;
      };
      return index.getAll(this.#place);
    })) as Row[];
    return rows.map((row, i) => ({ key: Number(keys[i]), row }));
  }

  /** One transaction; resolves with the request's result once it is complete. */
  #do(
    name: string,
    mode: IDBTransactionMode,
    task: (store: IDBObjectStore) => IDBRequest | void,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(name, mode);
      const request = task(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
    });
  }
}

/** Keeps nothing over the page's end. Its keys are negative, so that they never meet stored ones. */
function memoryOutbox(): Outbox {
  const kept = new Map<number, Uint8Array>();
  let last = 0;
  return {
    durable: false,
    add: async (update) => {
      kept.set(--last, update);
      return last;
    },
    remove: async (keys) => {
      for (const key of keys) kept.delete(key);
    },
    left: async () => [],
    close: async () => undefined,
  };
}
