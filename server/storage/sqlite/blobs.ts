import { checkBlob } from '../limits.ts';
import type { BlobStore } from '../port.ts';
import type { Database } from './driver.ts';
import { guarded } from './failure.ts';

/** Blobs on SQLite: one row each. */
export function sqliteBlobs(db: Database): BlobStore & { ids(): AsyncIterable<string> } {
  const insert = db.prepare('INSERT OR IGNORE INTO blobs (id, bytes) VALUES (?, ?)');
  const select = db.prepare('SELECT bytes FROM blobs WHERE id = ?');
  const remove = db.prepare('DELETE FROM blobs WHERE id = ?');
  const next = db.prepare('SELECT id FROM blobs WHERE id > ? ORDER BY id LIMIT 1');
  return {
    async put(id, bytes) {
      checkBlob(id, bytes);
      guarded(() => insert.run(id, bytes));
    },
    async get(id) {
      const row = guarded(() => select.get(id)) as { bytes: Uint8Array } | undefined;
      return row?.bytes;
    },
    async remove(id) {
      return guarded(() => remove.run(id).changes) > 0;
    },
    async *ids() {
      for (let last = ''; ; ) {
        const row = guarded(() => next.get(last)) as { id: string } | undefined;
        if (!row) return;
        yield row.id;
        last = row.id;
      }
    },
  };
}
