import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineCollection } from '../../server/storage/collection.ts';
import type { Storage } from '../../server/storage/port.ts';
import { backupSqlite } from '../../server/storage/sqlite/backup.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';

const Note = z.object({ id: z.string(), version: z.number(), seq: z.number(), text: z.string() });
type Note = z.infer<typeof Note>;
const notes = () => defineCollection<Note>('notes', Note, { bySeq: { fields: ['seq'], unique: true } });
const note = (seq: number) => ({ id: `n${seq}`, seq, text: '讨论'.repeat(100) });

let dir: string;
let storage: Storage;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'poli-backup-'));
  storage = await openSqlite(join(dir, 'poli.db'));
});
afterEach(async () => {
  await storage.close();
  await rm(dir, { recursive: true, force: true });
});

const moduleUrl = new URL('../../server/storage/sqlite/backup.ts', import.meta.url);
const tsx = fileURLToPath(new URL('../../node_modules/tsx/dist/cli.mjs', import.meta.url));

/** The backup as it is used: in a process of its own. */
function backupProcess(source: string, target: string) {
  const program = `import(${JSON.stringify(moduleUrl.href)}).then((m) => m.backupSqlite(${JSON.stringify(source)}, ${JSON.stringify(target)}))`;
  return spawn(process.execPath, [tsx, '-e', program], { stdio: ['ignore', 'inherit', 'inherit'] });
}

it('a copy taken while a server writes holds all that was acknowledged before and no gap after it', async () => {
  const c = notes();
  let acknowledged = 0;
  let writing = true;
  const writer = (async () => {
    while (writing) {
      const batch = Array.from({ length: 5 }, (_, i) => note(acknowledged + 1 + i));
      await storage.records.insertMany(c, batch);
      await storage.updates.append([{ doc: 'd', update: Uint8Array.of(1) }]);
      acknowledged += 5;
      await new Promise(setImmediate);
    }
  })();
  await vi.waitUntil(() => acknowledged > 200, 20_000);
  const target = join(dir, 'copy.db');
  const before = acknowledged;
  const child = backupProcess(join(dir, 'poli.db'), target);
  const [code] = (await once(child, 'exit')) as [number];
  const during = acknowledged - before;
  writing = false;
  await writer;
  expect(code).toBe(0);
  expect(during).toBeGreaterThan(0);
  const copy = await openSqlite(target);
  const copied = await copy.records.list(notes(), 'bySeq', {});
  expect(copied.length).toBeGreaterThanOrEqual(before);
  expect(copied.map((each) => each.seq)).toEqual(copied.map((_, i) => i + 1));
  expect((await copy.updates.load('d')).length).toBeGreaterThanOrEqual(before / 5);
  await copy.close();
}, 30_000);

it('a backup replaces an older one and leaves no other file', async () => {
  await storage.records.insert(notes(), note(1));
  const target = join(dir, 'copy.db');
  await writeFile(target, 'an older backup');
  await backupSqlite(join(dir, 'poli.db'), target);
  const copy = await openSqlite(target);
  expect(await copy.records.count(notes(), 'bySeq', {})).toBe(1);
  await copy.close();
  expect(
    (await readdir(dir)).filter((name) => name.startsWith('copy.db') && !/-(wal|shm)$/.test(name)),
  ).toEqual(['copy.db']);
});

it('an installation that is not running can be copied as well', async () => {
  await storage.records.insert(notes(), note(1));
  await storage.close();
  await backupSqlite(join(dir, 'poli.db'), join(dir, 'copy.db'));
  const copy = await openSqlite(join(dir, 'copy.db'));
  expect(await copy.records.count(notes(), 'bySeq', {})).toBe(1);
  await copy.close();
});

it('a failed backup leaves the older one alone and no half file', async () => {
  const target = join(dir, 'copy.db');
  await writeFile(target, 'an older backup');
  await writeFile(join(dir, 'broken.db'), 'no database at all, but some text');
  await expect(backupSqlite(join(dir, 'broken.db'), target)).rejects.toThrow();
  await expect(backupSqlite(join(dir, 'missing.db'), target)).rejects.toThrow();
  expect((await readdir(dir)).filter((name) => name.startsWith('copy.db'))).toEqual(['copy.db']);
});
