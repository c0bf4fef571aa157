import { AppError } from '../../../shared/errors.ts';
import { Damages } from '../damage.ts';
import type { Storage } from '../port.ts';
import { sqliteBlobs } from './blobs.ts';
import { type Database, openDatabase } from './driver.ts';
import { atOnce, PATIENCE, patiently, type Run } from './failure.ts';
import { lookAt } from './file.ts';
import { migrate } from './migrations.ts';
import { sqliteRecords } from './records.ts';
import { sqliteUpdates } from './updates.ts';

/** FULL: a commit is on disk before it is acknowledged (PROMISES R1, R2). */
export function prepareConnection(db: Database): void {
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;');
}

/** Moves what stands in the log beside the file into it, so that the file alone is whole; the driver's own closing leaves it there. */
function closeWhole(db: Database): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // A full or vanished disk: the log stays and is read at the next start.
  }
  db.close();
}

async function openFile(path: string, run: Run): Promise<Database> {
  const db = await openDatabase(path, { timeout: 0 }).catch((error: unknown) =>
    atOnce((): never => {
      throw error;
    }),
  );
  try {
    await run(() => {
      prepareConnection(db);
      migrate(db);
    });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A folder that cannot be written or is not there; what is wrong with the file itself comes as it is. */
function refuse(error: unknown): never {
  if ((error as { code?: unknown }).code === undefined) throw error;
  throw Object.assign(new AppError('UNAVAILABLE', 'storage.away'), { cause: error });
}

/**
 * Opens or makes the database file (its folder must exist); `':memory:'` serves tests. `busyTimeout`: ms that a call waits for another
 * process's lock. Errors: UNAVAILABLE when the file cannot be opened or is locked, a plain Error when it is no database, empty, cut
 * short or written by a newer version.
 */
export async function openSqlite(path: string, { busyTimeout = PATIENCE } = {}): Promise<Storage> {
  const run = patiently(busyTimeout);
  const opened =
    path === ':memory:' ? undefined : await lookAt(path).catch((error: unknown) => refuse(error));
  const db = await openFile(path, run);
  await opened?.();
  const damage = new Damages();
  const go = patiently(busyTimeout, damage);
  const { restore, ...records } = sqliteRecords(db, go, damage);
  const { documents, ...updates } = sqliteUpdates(db, go, damage);
  const { ids, ...blobs } = sqliteBlobs(db, go, damage);
  let open = true;
  return {
    records,
    updates,
    blobs,
    transfer: { restore, documents, blobIds: ids },
    damage,
    async ping() {
      await run(() => db.prepare('SELECT 1').get());
    },
    async close() {
      if (open) closeWhole(db);
      open = false;
    },
  };
}
