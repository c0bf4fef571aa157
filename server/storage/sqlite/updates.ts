import { checkDocumentName } from '../limits.ts';
import type { StoredUpdate, UpdateLog } from '../port.ts';
import type { Database } from './driver.ts';
import { guarded } from './failure.ts';
import { inTransaction } from './transaction.ts';

/** Updates on SQLite: one row each. AUTOINCREMENT, so that the id of a deleted update is never given to another one. */
export function sqliteUpdates(db: Database): UpdateLog & { documents(): AsyncIterable<string> } {
  const insert = db.prepare('INSERT INTO updates (doc, bytes) VALUES (?, ?)');
  const select = db.prepare('SELECT seq, bytes FROM updates WHERE doc = ? ORDER BY seq');
  const remove = db.prepare('DELETE FROM updates WHERE doc = ? AND seq = ?');
  const next = db.prepare('SELECT doc FROM updates WHERE doc > ? ORDER BY doc LIMIT 1');
  return {
    async append(batch) {
      for (const { doc } of batch) checkDocumentName(doc);
      if (batch.length === 0) return;
      guarded(() =>
        inTransaction(db, () => {
          for (const { doc, update } of batch) insert.run(doc, update);
        }),
      );
    },
    async load(doc) {
      checkDocumentName(doc);
      const rows = guarded(() => select.all(doc)) as { seq: number; bytes: Uint8Array }[];
      return rows.map(({ seq, bytes }): StoredUpdate => ({ id: String(seq), update: bytes }));
    },
    async compact(doc, snapshot, replaced) {
      checkDocumentName(doc);
      guarded(() =>
        inTransaction(db, () => {
          insert.run(doc, snapshot);
          for (const id of replaced) if (/^\d{1,15}$/.test(id)) remove.run(doc, Number(id));
        }),
      );
    },
    async *documents() {
      for (let last = ''; ; ) {
        const row = guarded(() => next.get(last)) as { doc: string } | undefined;
        if (!row) return;
        yield row.doc;
        last = row.doc;
      }
    },
  };
}
