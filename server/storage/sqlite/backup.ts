import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Damage } from '../damage.ts';
import { type Database, openDatabase } from './driver.ts';
import { damagedRows } from './verify.ts';

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

async function copyOf(source: string, part: string): Promise<Damage[]> {
  const db = await openDatabase(source, { timeout: 5000, readOnly: true });
  try {
    db.prepare('VACUUM INTO ?').run(part);
  } finally {
    db.close();
  }
  const damaged = await examine(part, 'the copy is damaged');
  await sync(part);
  return damaged;
}

/** Rows whose checksums do not fit; throws `broken` when the file itself is not whole. */
async function examine(path: string, broken: string): Promise<Damage[]> {
  const db = await openDatabase(path, { timeout: 5000, readOnly: true });
  try {
    if (!intact(db)) throw new Error(broken);
    return [...damagedRows(db)];
  } finally {
    db.close();
  }
}

/**
 * Copies a database file while a server writes to it: one read transaction, so everything acknowledged before the call is in the
 * copy and writers are not held up. The copy is checked, brought to disk and only then given its name: an interrupted backup never
 * looks like a good one, and a target that exists is replaced. Gives back the rows that are damaged: they are in the copy as they are in
 * the source. Run it in a process of its own: it blocks the one it runs in.
 */
export async function backupSqlite(source: string, target: string): Promise<Damage[]> {
  const part = `${target}.${randomBytes(4).toString('hex')}.part`;
  try {
    const damaged = await copyOf(source, part);
    await rename(part, target);
    await sync(dirname(target));
    return damaged;
  } finally {
    await rm(part, { force: true });
  }
}

const TABLES = `SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name IN ('updates', 'blobs')`;

/**
 * Throws a plain Error unless the file is a whole database of this program; gives back the rows whose checksums do not fit. Reads all of
 * it and changes nothing.
 */
export async function checkBackup(path: string): Promise<Damage[]> {
  const db = await openDatabase(path, { timeout: 5000, readOnly: true });
  try {
    const { n } = db.prepare(TABLES).get() as { n: number };
    if (n !== 2) throw new Error('it is a database, but none of this program');
  } finally {
    db.close();
  }
  return examine(path, 'it is damaged');
}
