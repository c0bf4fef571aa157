import type { Database } from './driver.ts';

/** Runs `work` in one commit; whatever it throws undoes everything. The lock is taken at once, so nothing fails half-way as busy. */
export function inTransaction<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
