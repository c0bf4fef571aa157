import { IDBFactory } from 'fake-indexeddb';
import { WebSocket } from 'ws';
import { type LiveDocument, type OpenOptions, openDocument } from '../../client/lib/doc/open-document.ts';

/** Everything a socket sent, for tests that look at the wire. */
export const wire: Uint8Array[] = [];
/** Sockets of our clients, so that a test can cut the line of one. */
export const lines = new Set<WebSocket>();

class Watched extends WebSocket {
  constructor(url: string, protocols?: string[]) {
    super(url, protocols);
    lines.add(this);
    this.on('close', () => lines.delete(this));
  }
  override send(data: never): void {
    wire.push(new Uint8Array(data));
    super.send(data);
  }
}

export const disk = (): IDBFactory => new IDBFactory();

/** Our own client, on `ws` and an IndexedDB of the test's. */
export function openLive(
  url: string,
  options: Partial<OpenOptions> & { person: { id: string; name: string } },
): LiveDocument {
  return openDocument({
    name: 'list.a',
    url,
    params: { as: options.person.id },
    socket: Watched as unknown as typeof globalThis.WebSocket,
    outbox: { factory: disk(), beatMs: 30, deadMs: 120 },
    ...options,
  });
}

export const zhou = { id: 'zhou', name: '周敏' };
export const lu = { id: 'lu', name: '陆远航' };

/** The disk as one tab sees it. After `kill` that tab writes nothing more: no update, no sign of life, no goodbye. */
export function tabOf(factory: IDBFactory): { factory: IDBFactory; kill(): void } {
  const databases: IDBDatabase[] = [];
  const open = (name: string, version?: number): IDBOpenDBRequest => {
    const request = factory.open(name, version);
    request.addEventListener('success', () => databases.push(request.result));
    return request;
  };
  return {
    factory: { open } as unknown as IDBFactory,
    kill: () => {
      for (const database of databases) database.close();
    },
  };
}

/** Whatever is asked of it never answers. */
const silence: unknown = new Proxy(() => silence, {
  get: () => silence,
  set: () => true,
  apply: () => silence,
});

/** A disk whose transactions never complete between `hang` and `mend`. */
export function hangingDisk(): { factory: IDBFactory; hang(): void; mend(): void } {
  const factory = disk();
  let hangs = false;
  const open = (name: string, version?: number): IDBOpenDBRequest => {
    const request = factory.open(name, version);
    request.addEventListener('success', () => {
      const { result } = request;
      const transaction = result.transaction.bind(result);
      result.transaction = (...args) => (hangs ? (silence as IDBTransaction) : transaction(...args));
    });
    return request;
  };
  return {
    factory: { open } as unknown as IDBFactory,
    hang: () => {
      hangs = true;
    },
    mend: () => {
      hangs = false;
    },
  };
}

/** A disk that never answers at all. */
export const deadDisk = (): IDBFactory => ({ open: () => ({}) }) as unknown as IDBFactory;

/** How many updates an IndexedDB keeps. */
export const rowsIn = async (factory: IDBFactory): Promise<number> =>
  (await allOf(factory, 'updates')).length;

/** How many tabs have said that they hold their lock. */
export const lockedTabs = async (factory: IDBFactory): Promise<number> =>
  (await allOf(factory, 'tabs')).filter((tab) => (tab as { locked?: boolean }).locked).length;

function allOf(factory: IDBFactory, store: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const request = factory.open('poli-unsaved', 1);
    request.onerror = () => reject(new Error('cannot be opened'));
    request.onsuccess = () => {
      const all = request.result.transaction(store).objectStore(store).getAll();
      all.onsuccess = () => {
        request.result.close();
        resolve(all.result);
      };
    };
  });
}
