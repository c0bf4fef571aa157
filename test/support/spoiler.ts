import { createConnection } from 'mongoose';
import { openDatabase } from '../../server/storage/sqlite/driver.ts';

/** A bad disk: changes one byte of what is stored, or takes away the checksums as if an older program had written. */
export interface Spoiler {
  update(doc: string): Promise<void>;
  blob(id: string): Promise<void>;
  record(collection: string, id: string): Promise<void>;
  forgetSums(doc: string, blob: string, collection: string): Promise<void>;
}

/** Runs one statement on a file past the program; gives back its rows. */
export async function onFile(file: string, sql: string, ...values: string[]): Promise<unknown[]> {
  const db = await openDatabase(file, { timeout: 5000 });
  try {
    return db.prepare(sql).all(...values);
  } finally {
    db.close();
  }
}

export function sqliteSpoiler(file: string): Spoiler {
  const run = async (sql: string, ...values: string[]) => void (await onFile(file, sql, ...values));
  const flip = (table: string, key: string, value: string) =>
    run(
      `UPDATE ${table} SET bytes = CAST(substr(bytes, 1, 1) || X'5A' || substr(bytes, 3) AS BLOB) WHERE ${key} = ?`,
      value,
    );
  return {
    update: (doc) => flip('updates', 'doc', doc),
    blob: (id) => flip('blobs', 'id', id),
    record: (collection, id) =>
      run(`UPDATE record_${collection} SET body = replace(body, 'right', 'wrong') WHERE id = ?`, id),
    async forgetSums(doc, blob, collection) {
      await run('UPDATE updates SET sum = NULL WHERE doc = ?', doc);
      await run('UPDATE blobs SET sum = NULL WHERE id = ?', blob);
      await run(`UPDATE record_${collection} SET sum = NULL`);
    },
  };
}

export function mongoSpoiler(url: string): Spoiler {
  const by = async (
    work: (db: NonNullable<ReturnType<typeof createConnection>['db']>) => Promise<unknown>,
  ) => {
    const connection = await createConnection(url).asPromise();
    try {
      await work(connection.db!);
    } finally {
      await connection.close();
    }
  };
  const flipped = (bytes: unknown) => {
    const copy = Buffer.from((bytes as { buffer: Uint8Array }).buffer);
    copy[1] = 0x5a;
    return copy;
  };
  return {
    update: (doc) =>
      by(async (db) => {
        const row = await db.collection('updates').findOne({ doc });
        await db.collection('updates').updateOne({ _id: row!._id }, { $set: { bytes: flipped(row!.bytes) } });
      }),
    blob: (id) =>
      by(async (db) => {
        const head = await db.collection<{ _id: string; upload: string }>('blobs').findOne({ _id: id });
        const parts = db.collection('blob_parts');
        const part = await parts.findOne({ upload: head!.upload });
        await parts.updateOne({ _id: part!._id }, { $set: { bytes: flipped(part!.bytes) } });
      }),
    record: (collection, id) =>
      by((db) =>
        db
          .collection<{ _id: string }>(`record_${collection}`)
          .updateOne({ _id: id }, { $set: { body: 'wrong' } }),
      ),
    forgetSums: (doc, blob, collection) =>
      by(async (db) => {
        await db.collection('updates').updateMany({ doc }, { $unset: { sum: 1 } });
        await db.collection<{ _id: string }>('blobs').updateMany({ _id: blob }, { $unset: { sum: 1 } });
        await db.collection(`record_${collection}`).updateMany({}, { $unset: { _sum: 1 } });
      }),
  };
}
