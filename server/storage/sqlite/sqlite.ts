import type { Storage } from '../port.ts';
import { sqliteBlobs } from './blobs.ts';
import { type Database, openDatabase } from './driver.ts';
import { guarded } from './failure.ts';
import { migrate } from './migrations.ts';
import { sqliteRecords } from './records.ts';
import { sqliteUpdates } from './updates.ts';

/** Milliseconds to wait while another process (backup, admin link) holds the write lock. */
const BUSY_TIMEOUT = 5000;

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

/**
 * Opens or makes the database file (its folder must exist); `':memory:'` serves tests. Errors: UNAVAILABLE when the file cannot be
 * opened or is locked, a plain Error when it is no database or was written by a newer version.
 */
export async function openSqlite(path: string, { busyTimeout = BUSY_TIMEOUT } = {}): Promise<Storage> {
  const db = await openDatabase(path, { timeout: busyTimeout }).catch((error: unknown) =>
    guarded((): never => {
      throw error;
    }),
  );
  try {
    guarded(() => {
      prepareConnection(db);
      migrate(db);
    });
  } catch (error) {
    db.close();
    throw error;
  }
  const { restore, ...records } = sqliteRecords(db);
  const { documents, ...updates } = sqliteUpdates(db);
  const { ids, ...blobs } = sqliteBlobs(db);
  let open = true;
  return {
    records,
    updates,
    blobs,
    transfer: { restore, documents, blobIds: ids },
    async ping() {
      guarded(() => db.prepare('SELECT 1').get());
    },
    async close() {
      if (open) closeWhole(db);
      open = false;
    },
  };
}
