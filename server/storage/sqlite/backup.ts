import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Database, openDatabase } from './driver.ts';

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function intact(db: Database): boolean {
  const rows = db.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
  return rows.length === 1 && rows[0]?.integrity_check === 'ok';
}

async function copyOf(source: string, part: string): Promise<void> {
  const db = await openDatabase(source, { timeout: 5000, readOnly: true });
  try {
    db.prepare('VACUUM INTO ?').run(part);
  } finally {
    db.close();
  }
  const copy = await openDatabase(part, { timeout: 5000, readOnly: true });
  try {
    if (!intact(copy)) throw new Error('the copy is damaged');
  } finally {
    copy.close();
  }
  await sync(part);
}

/**
 * Copies a database file while a server writes to it: one read transaction, so everything acknowledged before the call is in the
 * copy and writers are not held up. The copy is checked, brought to disk and only then given its name: an interrupted backup never
 * looks like a good one, and a target that exists is replaced. Run it in a process of its own: it blocks the one it runs in.
 */
export async function backupSqlite(source: string, target: string): Promise<void> {
  const part = `${target}.${randomBytes(4).toString('hex')}.part`;
  try {
    await copyOf(source, part);
    await rename(part, target);
    await sync(dirname(target));
  } finally {
    await rm(part, { force: true });
  }
}

const TABLES = `SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name IN ('updates', 'blobs')`;

/** Throws a plain Error unless the file is a whole database of this program; reads all of it and changes nothing. */
export async function checkBackup(path: string): Promise<void> {
  const db = await openDatabase(path, { timeout: 5000, readOnly: true });
  try {
    const { n } = db.prepare(TABLES).get() as { n: number };
    if (n !== 2) throw new Error('it is a database, but none of this program');
    if (!intact(db)) throw new Error('it is damaged');
  } finally {
    db.close();
  }
}
