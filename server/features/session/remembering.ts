import type { Collection } from '../../storage/collection.ts';
import type { RecordStore, Stored } from '../../storage/port.ts';

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value))
    for (const part of Object.values(Object.freeze(value))) freeze(part);
  return value;
}

/**
 * The same records, but those of `c` are read from the engine once and remembered until they are written through here. Sound because
 * one process alone has a database open (DESIGN §7.7). What `get` gives of `c` is frozen: several callers hold the same object.
 */
export function remembering<C extends Stored>(
  records: RecordStore,
  c: Collection<C>,
  most = 1000,
): RecordStore {
  const known = new Map<string, C>();
  // What was read while something was written may be older than that.
  let writes = 0;

  function forget(id: string): void {
    writes++;
    known.delete(id);
  }

  async function look(id: string): Promise<C | undefined> {
    const before = writes;
    const record = freeze(await records.get(c, id));
    if (!record || before !== writes) return record;
    known.set(id, record);
    if (known.size > most) known.delete(known.keys().next().value!);
    return record;
  }

  /** Forgotten before and after: what is read meanwhile may be either. */
  async function writing<T>(of: unknown, id: string, write: () => Promise<T>): Promise<T> {
    if (of !== c) return write();
    forget(id);
    try {
      return await write();
    } finally {
      forget(id);
    }
  }

  return {
    get: <R extends Stored>(of: Collection<R>, id: string): Promise<R | undefined> => {
      if ((of as unknown) !== c) return records.get(of, id);
      const record = known.get(id);
      return (record ? Promise.resolve(record) : look(id)) as unknown as Promise<R | undefined>;
    },
    replace: (of, record) => writing(of, record.id, () => records.replace(of, record)),
    remove: (of, id) => writing(of, id, () => records.remove(of, id)),
    insert: (of, draft) => records.insert(of, draft),
    insertMany: (of, drafts) => records.insertMany(of, drafts),
    find: (of, unique, key) => records.find(of, unique, key),
    list: (of, index, match, page) => records.list(of, index, match, page),
    count: (of, index, match) => records.count(of, index, match),
  };
}
