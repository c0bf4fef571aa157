import { sumOf } from '../checksum.ts';
import type { Damages } from '../damage.ts';
import { checkBlob } from '../limits.ts';
import type { BlobStore } from '../port.ts';
import type { Database } from './driver.ts';
import type { Run } from './failure.ts';

/** A row of the table; an older program has written those without a sum. */
export interface BlobRow {
  id: string;
  bytes: Uint8Array;
  sum: number | null;
}

export const blobIsWhole = ({ id, bytes, sum }: BlobRow): boolean => sum === null || sum === sumOf(id, bytes);

/** Blobs on SQLite: one row each. */
export function sqliteBlobs(
  db: Database,
  run: Run,
  damages: Damages,
): BlobStore & { ids(): AsyncIterable<string> } {
  const insert = db.prepare('INSERT OR IGNORE INTO blobs (id, bytes, sum) VALUES (?, ?, ?)');
  const select = db.prepare('SELECT id, bytes, sum FROM blobs WHERE id = ?');
  const remove = db.prepare('DELETE FROM blobs WHERE id = ?');
  const next = db.prepare('SELECT id FROM blobs WHERE id > ? ORDER BY id LIMIT 1');
  return {
    async put(id, bytes) {
      checkBlob(id, bytes);
      await run(() => insert.run(id, bytes, sumOf(id, bytes)));
    },
    async get(id) {
      const row = (await run(() => select.get(id))) as BlobRow | undefined;
      if (row && !blobIsWhole(row))
        throw damages.note({ kind: 'blob', place: '', id, why: 'its checksum is another' });
      return row?.bytes;
    },
    async remove(id) {
      return (await run(() => remove.run(id).changes)) > 0;
    },
    async *ids() {
      for (let last = ''; ; ) {
        const row = (await run(() => next.get(last))) as { id: string } | undefined;
        if (!row) return;
        yield row.id;
        last = row.id;
      }
    },
  };
}
