import type { Database } from './driver.ts';

/** The fixed tables, in numbered steps that are never edited once released; record tables come from their collections. */
const STEPS: readonly string[] = [
  `CREATE TABLE updates (seq INTEGER PRIMARY KEY AUTOINCREMENT, doc TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
   CREATE INDEX updates_by_doc ON updates (doc, seq);
   CREATE TABLE blobs (id TEXT PRIMARY KEY NOT NULL, bytes BLOB NOT NULL) STRICT;`,
];

/** Brings a file to the newest step; each step and its number are one commit. Throws on a file that a newer program has written. */
export function migrate(db: Database): void {
  const version = () => (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
  if (version() > STEPS.length)
    throw new Error('this database was written by a newer version of the program');
  while (version() < STEPS.length) {
    db.exec('BEGIN IMMEDIATE');
    try {
      // Asked again under the lock: another process may have been faster.
      const step = version();
      if (step < STEPS.length) db.exec(`${STEPS[step]} PRAGMA user_version = ${step + 1};`);
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
}
