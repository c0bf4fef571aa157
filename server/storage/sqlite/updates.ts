import { sumOf } from '../checksum.ts';
import type { Damages } from '../damage.ts';
import { checkDocumentName } from '../limits.ts';
import type { StoredUpdate, UpdateLog } from '../port.ts';
import type { Database } from './driver.ts';
import type { Run } from './failure.ts';
import { inTransaction } from './transaction.ts';

/** A row of the table; an older program has written those without a sum. */
export interface UpdateRow {
  doc: string;
  seq: number;
  bytes: Uint8Array;
  sum: number | null;
}

export const updateIsWhole = ({ doc, bytes, sum }: UpdateRow): boolean =>
  sum === null || sum === sumOf(doc, bytes);

/** Updates on SQLite: one row each. AUTOINCREMENT, so that the id of a deleted update is never given to another one. */
export function sqliteUpdates(
  db: Database,
  run: Run,
  damages: Damages,
): UpdateLog & { documents(): AsyncIterable<string> } {
  const insert = db.prepare('INSERT INTO updates (doc, bytes, sum) VALUES (?, ?, ?)');
  const select = db.prepare('SELECT doc, seq, bytes, sum FROM updates WHERE doc = ? ORDER BY seq');
  const remove = db.prepare('DELETE FROM updates WHERE doc = ? AND seq = ?');
  const next = db.prepare('SELECT doc FROM updates WHERE doc > ? ORDER BY doc LIMIT 1');
  const store = (doc: string, bytes: Uint8Array) => insert.run(doc, bytes, sumOf(doc, bytes));

  function checked(row: UpdateRow): StoredUpdate {
    const { doc, seq, bytes } = row;
    if (!updateIsWhole(row))
      throw damages.note({ kind: 'update', place: doc, id: String(seq), why: 'its checksum is another' });
    return { id: String(seq), update: bytes };
  }

  return {
    async append(batch) {
      for (const { doc } of batch) checkDocumentName(doc);
      if (batch.length === 0) return;
      await run(() =>
        inTransaction(db, () => {
          for (const { doc, update } of batch) store(doc, update);
        }),
      );
    },
    async load(doc) {
      checkDocumentName(doc);
      const rows = (await run(() => select.all(doc))) as UpdateRow[];
      return rows.map(checked);
    },
    async compact(doc, snapshot, replaced) {
      checkDocumentName(doc);
      await run(() =>
        inTransaction(db, () => {
          store(doc, snapshot);
          for (const id of replaced) if (/^\d{1,15}$/.test(id)) remove.run(doc, Number(id));
        }),
      );
    },
    async *documents() {
      for (let last = ''; ; ) {
        const row = (await run(() => next.get(last))) as { doc: string } | undefined;
        if (!row) return;
        yield row.doc;
        last = row.doc;
      }
    },
  };
}
