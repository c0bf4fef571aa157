import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineCollection } from '../../server/storage/collection.ts';
import type { Storage } from '../../server/storage/port.ts';
import { openStorage } from '../../server/storage/open.ts';
import { type Database, openDatabase } from '../../server/storage/sqlite/driver.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';

const Note = z.object({ id: z.string(), version: z.number(), seq: z.number(), big: z.string().optional() });
type Note = z.infer<typeof Note>;
const notes = () => defineCollection<Note>('notes', Note, { bySeq: { fields: ['seq'], unique: true } });

describe('the SQLite file', () => {
  let dir: string;
  let file: string;
  let storage: Storage;
  /** Another program's hand on the same file. */
  let other: Database;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'poli-file-'));
    file = join(dir, 'poli.db');
    storage = await openSqlite(file);
    other = await openDatabase(file, { timeout: 100 });
  });
  afterEach(async () => {
    other.close();
    await storage.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('R24 a compaction whose second step fails leaves everything as it was', async () => {
    await storage.updates.append([1, 2].map((n) => ({ doc: 'd', update: Uint8Array.of(n) })));
    const before = await storage.updates.load('d');
    other.exec(
      `CREATE TRIGGER broken BEFORE DELETE ON updates BEGIN SELECT RAISE(ABORT, 'the disk is tired'); END`,
    );
    const ids = before.map((u) => u.id);
    await expect(storage.updates.compact('d', Uint8Array.of(1, 2), ids)).rejects.toThrow(/tired/);
    expect(await storage.updates.load('d')).toEqual(before);
    other.exec('DROP TRIGGER broken');
    await storage.updates.compact('d', Uint8Array.of(1, 2), ids);
    expect(await storage.updates.load('d')).toHaveLength(1);
  });

  it('R5 a batch that fails on anything but a conflict stores nothing', async () => {
    const c = notes();
    await storage.records.insert(c, { id: 'a', seq: 1 });
    other.exec(
      `CREATE TRIGGER broken BEFORE INSERT ON record_notes WHEN NEW.id = 'c' BEGIN SELECT RAISE(FAIL, 'tired'); END`,
    );
    const drafts = [
      { id: 'b', seq: 2 },
      { id: 'c', seq: 3 },
    ];
    await expect(storage.records.insertMany(c, drafts)).rejects.toThrow();
    expect(await storage.records.count(c, 'bySeq', {})).toBe(1);
  });

  it('R19 commits are on disk before they are acknowledged: write-ahead log, synchronous FULL', async () => {
    expect(other.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
    const { prepareConnection } = await import('../../server/storage/sqlite/sqlite.ts');
    prepareConnection(other);
    expect(other.prepare('PRAGMA synchronous').get()).toMatchObject({ synchronous: 2 });
  });

  it('R50 a file that another program keeps locked is UNAVAILABLE, not a fault', async () => {
    const impatient = await openSqlite(file, { busyTimeout: 50 });
    other.exec('BEGIN IMMEDIATE');
    await expect(impatient.records.insert(notes(), { id: 'a', seq: 1 })).rejects.toMatchObject({
      failure: { code: 'UNAVAILABLE', reason: 'storage.away' },
    });
    other.exec('ROLLBACK');
    await impatient.close();
  });

  it('two programs may write one file', async () => {
    const second = await openSqlite(file);
    await storage.records.insert(notes(), { id: 'a', seq: 1 });
    const seen = await second.records.get(notes(), 'a').catch((error: Error) => error.message);
    expect(seen).toEqual({ id: 'a', version: 1, seq: 1 });
    await second.close();
  });

  it('a file of a newer program, or one that is no database, is refused in plain words', async () => {
    other.exec('PRAGMA user_version = 999');
    await expect(openSqlite(file)).rejects.toThrow(/newer version/);
    other.exec('PRAGMA user_version = 1');
    const text = join(dir, 'text.db');
    await writeFile(text, 'this is a text and no database '.repeat(50));
    await expect(openSqlite(text)).rejects.toThrow(/not a database/);
    await expect(openSqlite(join(dir, 'no', 'folder.db'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('R65 an empty file or one that was cut off is refused, with what to do, and not begun anew', async () => {
    await storage.updates.append([{ doc: 'd', update: new Uint8Array(100_000) }]);
    await storage.close();
    other.close();
    const whole = await readFile(file);
    for (const left of [0, 50, 600, 5000, whole.length - 4096]) {
      await writeFile(file, whole.subarray(0, left));
      const refusal = await openStorage({ dataDir: dir }).catch((error: Error) => error.message);
      expect(refusal, `${left} bytes`).toMatch(/restore a backup|npm run restore/);
      expect((await readFile(file)).length).toBe(left);
    }
    await writeFile(file, whole);
    storage = await openSqlite(file);
    other = await openDatabase(file, { timeout: 100 });
    expect(await storage.updates.load('d')).toHaveLength(1);
  });

  it('R65 a file that was about to be made when the process ended is made by the next; two who make it at once make one', async () => {
    const fresh = join(dir, 'fresh.db');
    for (const name of [fresh, `${fresh}.new`]) await writeFile(name, '');
    const both = await Promise.all([openSqlite(fresh), openSqlite(fresh)]);
    await both[0].updates.append([{ doc: 'd', update: Uint8Array.of(1) }]);
    expect(await both[1].updates.load('d')).toHaveLength(1);
    for (const each of both) await each.close();
    expect((await readdir(dir)).filter((name) => /^fresh.*(db|new)$/.test(name))).toEqual(['fresh.db']);
  });

  it('R66 pages that cannot be read are damage, and what stands elsewhere goes on', async () => {
    const c = notes();
    await storage.records.insertMany(
      c,
      Array.from({ length: 200 }, (_, seq) => ({ id: `n${seq}`, seq, big: 'x'.repeat(500) })),
    );
    await storage.updates.append([{ doc: 'd', update: Uint8Array.of(1) }]);
    await storage.close();
    other.close();
    const bytes = await readFile(file);
    const at = bytes.indexOf('x'.repeat(400));
    // The head of the page that holds these rows.
    bytes.fill(0xff, at - (at % 4096), at - (at % 4096) + 8);
    await writeFile(file, bytes);
    storage = await openSqlite(file);
    other = await openDatabase(file, { timeout: 100 });
    await expect(storage.records.list(notes(), 'id', {})).rejects.toMatchObject({
      failure: { reason: 'storage.damaged' },
    });
    expect(storage.damage.found()).toMatchObject([{ kind: 'file' }]);
    expect(await storage.updates.load('d')).toHaveLength(1);
  });

  it('R67 an older program opens the file, writes to it, and makes no checksum false', async () => {
    const c = notes();
    const first = await storage.records.insert(c, { id: 'a', seq: 1 });
    const older = `UPDATE record_notes SET version = 2, body = '{"id":"a","version":2,"seq":7}' WHERE id = 'a'`;
    other.exec(older);
    other.exec(
      `INSERT INTO record_notes (id, version, body) VALUES ('b', 1, '{"id":"b","version":1,"seq":8}')`,
    );
    other.exec(`INSERT INTO updates (doc, bytes) VALUES ('d', X'01')`);
    expect(other.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    expect(await storage.records.list(c, 'bySeq', {})).toEqual([
      { ...first, version: 2, seq: 7 },
      { id: 'b', version: 1, seq: 8 },
    ]);
    expect(await storage.updates.load('d')).toHaveLength(1);
    await storage.records.replace(c, { id: 'a', version: 2, seq: 9 });
    expect(await storage.records.get(c, 'a')).toMatchObject({ seq: 9 });
  });

  it('R54 a lock of another process holds up nobody else: the loop goes on, and the call is stored once it is free', async () => {
    const c = notes();
    await storage.records.insert(c, { id: 'a', seq: 1 });
    other.exec('BEGIN IMMEDIATE');
    let longest = 0;
    let last = performance.now();
    const ticking = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const calls = Array.from({ length: 20 }, (_, n) =>
      storage.records.insert(c, { id: `b${n}`, seq: n + 2 }),
    );
    const appended = storage.updates.append([{ doc: 'd', update: Uint8Array.of(1) }]);
    expect(await storage.records.get(c, 'a')).toMatchObject({ seq: 1 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    clearInterval(ticking);
    other.exec('COMMIT');
    await Promise.all([...calls, appended]);
    expect(await storage.records.count(c, 'bySeq', {})).toBe(21);
    // Before, the first call alone stood still for five seconds.
    expect(longest).toBeLessThan(400);
  });

  it('reads through a declared index, also with a page', async () => {
    await storage.records.insert(notes(), { id: 'a', seq: 1 });
    const sql = `SELECT body FROM record_notes WHERE json_extract(body, '$.seq') > ? ORDER BY json_extract(body, '$.seq') DESC LIMIT ?`;
    const steps = other.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(0, 10) as { detail: string }[];
    expect(steps.map((step) => step.detail).join()).toMatch(/USING INDEX record_notes_bySeq/);
    expect(steps.map((step) => step.detail).join()).not.toMatch(/TEMP B-TREE/);
  });
});
