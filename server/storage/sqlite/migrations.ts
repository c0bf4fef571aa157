import type { Database } from './driver.ts';
import { inTransaction } from './transaction.ts';

/** The fixed tables, in numbered steps that are never edited once released; record tables come from their collections. */
const STEPS: readonly string[] = [
  `CREATE TABLE updates (seq INTEGER PRIMARY KEY AUTOINCREMENT, doc TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
   CREATE INDEX updates_by_doc ON updates (doc, seq);
   CREATE TABLE blobs (id TEXT PRIMARY KEY NOT NULL, bytes BLOB NOT NULL) STRICT;`,
];

/**
 * Steps that a program which does not know them can live with: columns that may be empty. They are counted apart, so that an older
 * program goes on opening the file. Numbered from 1, never edited once released.
 */
const ADDITIONS: readonly string[] = [
  `ALTER TABLE updates ADD COLUMN sum INTEGER;
   ALTER TABLE blobs ADD COLUMN sum INTEGER;`,
];

function add(db: Database): void {
  db.exec('CREATE TABLE IF NOT EXISTS additions (number INTEGER PRIMARY KEY NOT NULL) STRICT');
  const done = () =>
    (db.prepare('SELECT coalesce(max(number), 0) AS n FROM additions').get() as { n: number }).n;
  while (done() < ADDITIONS.length)
    inTransaction(db, () => {
      const step = done();
      if (step < ADDITIONS.length) db.exec(`${ADDITIONS[step]} INSERT INTO additions VALUES (${step + 1});`);
    });
}

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
  add(db);
}
