import type { z } from 'zod';
import type { Collection } from './collection.ts';
import type { Storage, Stored } from './port.ts';

/** Any collection, whatever its records. */
export interface AnyCollection {
  name: string;
  shape: z.ZodType;
  indexes: Readonly<Record<string, { fields: readonly string[]; unique?: boolean }>>;
}

/** How much was copied. */
export interface Copied {
  records: number;
  documents: number;
  blobs: number;
}

const AT_A_TIME = 200;

async function copyRecords(from: Storage, to: Storage, c: Collection<Stored>): Promise<number> {
  let copied = 0;
  for (let after = ''; ; ) {
    const page = await from.records.list(c, 'id', {}, { after, limit: AT_A_TIME });
    if (page.length > 0) await to.transfer.restore(c, page);
    copied += page.length;
    const last = page.at(-1);
    if (!last || page.length < AT_A_TIME) return copied;
    after = last.id;
  }
}

/** A copy that was broken off has left updates behind: the document starts anew, so that nothing is doubled. */
async function copyDocument(from: Storage, to: Storage, doc: string): Promise<void> {
  const left = await to.updates.load(doc);
  const [first, ...rest] = await from.updates.load(doc);
  if (!first) return;
  await to.updates.compact(
    doc,
    first.update,
    left.map((update) => update.id),
  );
  await to.updates.append(rest.map(({ update }) => ({ doc, update })));
}

/**
 * Copies everything from one storage to another, records with their versions: how an installation moves from SQLite to MongoDB. No
 * server may run on either. May be run again after a fault: what is there already is written over. Throws
 * when anything is damaged.
 */
export async function copyStorage(
  from: Storage,
  to: Storage,
  collections: readonly AnyCollection[],
): Promise<Copied> {
  const copied: Copied = { records: 0, documents: 0, blobs: 0 };
  for (const c of collections)
    copied.records += await copyRecords(from, to, c as unknown as Collection<Stored>);
  for await (const doc of from.transfer.documents()) {
    await copyDocument(from, to, doc);
    copied.documents++;
  }
  for await (const id of from.transfer.blobIds()) {
    const bytes = await from.blobs.get(id);
    if (bytes) await to.blobs.put(id, bytes);
    copied.blobs++;
  }
  const { length } = from.damage.found();
  if (length > 0) throw new Error(`${length} records are damaged and were left out: the copy is not whole`);
  return copied;
}
