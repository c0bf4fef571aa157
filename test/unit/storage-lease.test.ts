import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { acquireLease, leases } from '../../server/storage/lease.ts';
import { openStorage } from '../../server/storage/open.ts';
import type { RecordStore, Storage } from '../../server/storage/port.ts';
import { thisProcess } from '../../server/storage/process-identity.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';

const elsewhere = { host: 'another machine', pid: 1, started: '7' };
const held = { failure: { code: 'CONFLICT', reason: 'storage.held' } };

let storage: Storage;
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'poli-lease-'));
  storage = await openSqlite(join(dir, 'poli.db'));
});
afterEach(async () => {
  await storage.close();
  await rm(dir, { recursive: true, force: true });
});

it('a second server is refused and told who holds the database; after release it may start', async () => {
  const first = await acquireLease(storage, { holder: 'port 3000' });
  const second = acquireLease(storage, { holder: 'port 3001' });
  await expect(second).rejects.toMatchObject({
    failure: { ...held.failure, facts: { holder: 'port 3000', pid: process.pid } },
  });
  await first.release();
  await (await acquireLease(storage, { holder: 'port 3001' })).release();
});

it('of five servers that start at once one begins', async () => {
  const starts = await Promise.allSettled(
    Array.from({ length: 5 }, (_, i) => acquireLease(storage, { holder: `${i}` })),
  );
  const begun = starts.filter((start) => start.status === 'fulfilled');
  expect(begun).toHaveLength(1);
  for (const start of starts) if (start.status === 'rejected') expect(start.reason).toMatchObject(held);
  await begun[0]?.value.release();
});

it('the lease of a killed process on this host is taken over at once', async () => {
  const child: ChildProcess = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    stdio: 'ignore',
  });
  await once(child, 'spawn');
  const me = await thisProcess();
  const { readFile } = await import('node:fs/promises');
  const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '');
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  await acquireLease(storage, {
    holder: 'old',
    as: { host: me.host, pid: child.pid as number, started },
    beat: 60_000,
  });
  if (started) await expect(acquireLease(storage, { holder: 'new' })).rejects.toMatchObject(held);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const before = performance.now();
  const lease = await acquireLease(storage, { holder: 'new' });
  expect(performance.now() - before).toBeLessThan(2000);
  await lease.release();
});

// Only Linux tells when a process began.
it.skipIf(process.platform !== 'linux')(
  'a process id that was given to somebody else does not keep the lease',
  async () => {
    const me = await thisProcess();
    await acquireLease(storage, { holder: 'old', as: { ...me, started: '1' }, beat: 60_000 });
    await (await acquireLease(storage, { holder: 'new' })).release();
  },
);

it('a holder on another machine keeps the lease while its heart beats', async () => {
  const first = await acquireLease(storage, { holder: 'a', as: elsewhere, beat: 20 });
  await expect(acquireLease(storage, { holder: 'b', expiry: 5000 })).rejects.toMatchObject(held);
  await first.release();
});

it('a holder on another machine that fell silent is replaced after the expiry, and learns it when it comes back', async () => {
  const first = await acquireLease(storage, { holder: 'a', as: elsewhere, beat: 400 });
  const second = await acquireLease(storage, { holder: 'b', expiry: 200 });
  await first.lost;
  await first.release();
  expect(await storage.records.get(leases, 'server')).toMatchObject({ holder: 'b' });
  await second.release();
});

it('a database that is away for a while costs nobody the lease', async () => {
  let away = false;
  let asked = 0;
  const records: RecordStore = {
    ...storage.records,
    async replace(c, record) {
      asked++;
      if (away) throw new AppError('UNAVAILABLE', 'storage.away');
      return storage.records.replace(c, record);
    },
  };
  const lease = await acquireLease({ records }, { holder: 'a', beat: 10 });
  let lost = false;
  void lease.lost.then(() => {
    lost = true;
  });
  away = true;
  await vi.waitUntil(() => asked > 3, 8_000);
  away = false;
  const { version } = (await storage.records.get(leases, 'server')) ?? { version: 0 };
  await vi.waitUntil(
    async () => ((await storage.records.get(leases, 'server'))?.version ?? 0) > version + 2,
    8_000,
  );
  expect(lost).toBe(false);
  await lease.release();
});

it('openStorage makes the folder, refuses a second server in plain words and lets tasks in', async () => {
  const dataDir = join(dir, 'deep', 'data');
  const server = await openStorage({ dataDir, lease: { holder: 'http://localhost:3000' } });
  expect(server.engine).toBe('sqlite');
  const second = openStorage({ dataDir, lease: { holder: 'x' } });
  await expect(second).rejects.toThrow(/Another server is running on this database: http:\/\/localhost:3000/);
  const task = await openStorage({ dataDir });
  await task.storage.ping();
  await task.close();
  await server.close();
});

it('an address that nobody answers is said in plain words, without its password', async () => {
  const mongodbUrl = 'mongodb://poli:secret@127.0.0.1:1/poli?serverSelectionTimeoutMS=100';
  const error: Error = await openStorage({ mongodbUrl, dataDir: dir }).then(
    () => new Error('opened'),
    (reason: Error) => reason,
  );
  expect(error.message).toMatch(/The database cannot be opened \(MongoDB \(mongodb:\/\/127\.0\.0\.1:1/);
  expect(error.message).not.toContain('secret');
});
