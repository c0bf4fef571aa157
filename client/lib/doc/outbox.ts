import { type LifeOptions, TabLife } from './tab-life.ts';
import { openStore, transact } from './unsaved-store.ts';

/** What another tab has in the outbox of this person and document, in the order it was made. */
export interface Left {
  tab: string;
  entries: { key: number; update: Uint8Array }[];
}

export interface Look {
  /** Of tabs that are gone. */
  left: Left[];
  /** Of tabs that may be gone or may still send it themselves. */
  doubtful: Left[];
}

/** A person's own updates of one document that are not known to be on the server's disk, kept over the death of the tab. */
export interface Outbox {
  /** False when the browser keeps nothing (private mode, full disk): then unsaved work lives as long as the page. */
  readonly durable: boolean;
  /** Resolves when kept. Never rejects: what cannot be kept stays in memory and `durable` says so. */
  add(update: Uint8Array): Promise<number>;
  remove(keys: readonly number[]): Promise<void>;
  /** What other tabs have in it, those aside that are known to live. Never rejects. */
  look(): Promise<Look>;
  /** This tab says goodbye; what it has not sent is for the next one. */
  close(): Promise<void>;
}

export interface OutboxPlace extends LifeOptions {
  person: string;
  doc: string;
  factory?: IDBFactory | undefined;
}

interface Row {
  place: string;
  tab: string;
  update: Uint8Array;
}

/** Opens the outbox in IndexedDB, or one in memory where that is not to be had. A store that hangs never answers. */
export async function openOutbox(place: OutboxPlace): Promise<Outbox> {
  const factory = 'factory' in place ? place.factory : globalThis.indexedDB;
  try {
    if (!factory) return memoryOutbox();
    const outbox = new StoredOutbox(await openStore(factory), place);
    await outbox.start();
    return outbox;
  } catch {
    return memoryOutbox();
  }
}

class StoredOutbox implements Outbox {
  durable = true;
  readonly #database: IDBDatabase;
  readonly #place: string;
  readonly #life: TabLife;
  readonly #spare = memoryOutbox();
  #looking: Promise<Look> | undefined;

  constructor(database: IDBDatabase, place: OutboxPlace) {
    this.#database = database;
    this.#place = JSON.stringify([place.person, place.doc]);
    this.#life = new TabLife(database, place, () => {
      this.durable = false;
    });
    database.onversionchange = () => database.close();
  }

  start(): Promise<void> {
    return this.#life.start();
  }

  async add(update: Uint8Array): Promise<number> {
    const row: Row = { place: this.#place, tab: this.#life.tab, update };
    try {
      return Number(await this.#updates('readwrite', (store) => store.add(row)));
    } catch {
      this.durable = false;
      return this.#spare.add(update);
    }
  }

  async remove(keys: readonly number[]): Promise<void> {
    await this.#spare.remove(keys);
    const stored = keys.filter((key) => key > 0);
    if (stored.length === 0) return;
    await this.#updates('readwrite', (store) => {
      for (const key of stored) store.delete(key);
    }).catch(() => undefined);
  }

  /** One at a time: of a store that hangs nothing more is asked. */
  look(): Promise<Look> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async close(): Promise<void> {
    await this.#life.end();
    this.#database.close();
  }

  async #look(): Promise<Look> {
    const look: Look = { left: [], doubtful: [] };
    try {
      const tabs = new Map<string, Left>();
      for (const { key, row } of await this.#rows()) {
        const left = tabs.get(row.tab) ?? { tab: row.tab, entries: [] };
        left.entries.push({ key, update: row.update });
        tabs.set(row.tab, left);
      }
      const life = await this.#life.judge();
      for (const left of tabs.values()) {
        const tab = life(left.tab);
        if (tab === 'gone') look.left.push(left);
        else if (tab === 'doubtful') look.doubtful.push(left);
      }
    } catch {
      // Writing says whether anything can be kept.
    }
    return look;
  }

  /** In the order of their keys, which is the order they were made in. */
  async #rows(): Promise<{ key: number; row: Row }[]> {
    let keys: IDBValidKey[] = [];
    const rows = (await this.#updates('readonly', (store) => {
      const index = store.index('place');
      index.getAllKeys(this.#place).onsuccess = (event) => {
        keys = (event.target as IDBRequest<IDBValidKey[]>).result;
      };
      return index.getAll(this.#place);
    })) as Row[];
    return rows.map((row, i) => ({ key: Number(keys[i]), row }));
  }

  #updates(mode: IDBTransactionMode, task: Parameters<typeof transact>[3]): Promise<unknown> {
    return transact(this.#database, 'updates', mode, task);
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
    look: async () => ({ left: [], doubtful: [] }),
    close: async () => undefined,
  };
}
