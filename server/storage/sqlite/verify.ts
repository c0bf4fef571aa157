import type { Damage } from '../damage.ts';
import { type BlobRow, blobIsWhole } from './blobs.ts';
import type { Database } from './driver.ts';
import { readRow, type RecordRow } from './row.ts';
import { type UpdateRow, updateIsWhole } from './updates.ts';

/** A file that an older program has written has tables without sums. */
function hasSums(db: Database, table: string): boolean {
  const columns = db.prepare('SELECT name FROM pragma_table_info(?)').all(table) as { name: string }[];
  return columns.some(({ name }) => name === 'sum');
}

function* rowsOf<R>(db: Database, table: string): IterableIterator<R> {
  if (hasSums(db, table))
    yield* db.prepare(`SELECT * FROM ${table}`).iterate() as unknown as IterableIterator<R>;
}

/** Reads every row of a file and compares it with its checksum; those without one are taken as they are. */
export function* damagedRows(db: Database): IterableIterator<Damage> {
  const why = 'its checksum is another';
  for (const row of rowsOf<UpdateRow>(db, 'updates'))
    if (!updateIsWhole(row)) yield { kind: 'update', place: row.doc, id: String(row.seq), why };
  for (const row of rowsOf<BlobRow>(db, 'blobs'))
    if (!blobIsWhole(row)) yield { kind: 'blob', place: '', id: row.id, why };
  const tables = db.prepare(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'record\\_%' ESCAPE '\\'`,
  );
  for (const { name } of tables.all() as { name: string }[])
    for (const row of rowsOf<RecordRow>(db, name)) {
      const read = readRow(name, row);
      if (typeof read === 'string')
        yield { kind: 'record', place: name.slice('record_'.length), id: row.id, why: read };
    }
}
