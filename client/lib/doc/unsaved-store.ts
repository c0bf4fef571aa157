/** The IndexedDB of all outboxes: `updates` (rows by place) and `tabs` (signs of life). */
const DATABASE = 'poli-unsaved';

type Name = 'updates' | 'tabs';

/** Rejects when the browser has none to give. May also never answer. */
export function openStore(factory: IDBFactory): Promise<IDBDatabase> {
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

/** One transaction; resolves with the request's result once it is complete. May also never answer. */
export function transact(
  database: IDBDatabase,
  name: Name,
  mode: IDBTransactionMode,
  task: (store: IDBObjectStore) => IDBRequest | void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode);
    const request = task(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });
}
