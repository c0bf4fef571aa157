import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { describe, expect, test, vi } from 'vitest';
import { auditRows } from '../../server/features/admin/collections.ts';
import { minutes } from '../../server/features/minutes/collections.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { allOf, chainsOf } from '../support/audit.ts';
import { command } from '../support/command.ts';
import { useInstallations } from '../support/installation.ts';

vi.setConfig({ testTimeout: 90_000 });
const { at, path } = useInstallations();
const verify = (...args: string[]) => command(['verify', ...args], at('data'));
const database = () => path('data', 'poli.db');
const heads = () => path('data', 'audit-heads.log');

/** An installation with rows, whose heads are noted. */
async function written(lengths: readonly number[]): Promise<void> {
  await command(['admin-link'], at('data'));
  const storage = await openSqlite(database());
  const noted = await chainsOf(storage.records, lengths);
  await appendFile(heads(), noted.map((head) => `${JSON.stringify(head)}\n`).join(''));
  await storage.close();
}

async function changing(
  work: (storage: Awaited<ReturnType<typeof openSqlite>>) => Promise<unknown>,
): Promise<void> {
  const storage = await openSqlite(database());
  await work(storage);
  await storage.close();
}

describe('npm run verify', () => {
  test('says that nothing was changed, and names a row that was', async () => {
    await written([5, 3]);
    const whole = await verify();
    expect(whole).toMatchObject({ code: 0, err: '' });
    expect(whole.out).toContain('Audit: 9 rows in 3 chains');
    await changing(async ({ records, transfer }) => {
      const row = (await allOf(records))[3]!;
      await transfer.restore(auditRows, [{ ...row, personName: '别人' }]);
    });
    const { code, err } = await verify();
    expect(code).toBe(1);
    expect(err).toMatch(/row 3 of chain \S+ \(.+\) was changed/);
  });

  test('finds the end cut off, and tells a restored backup as what it is', async () => {
    await written([5]);
    const backup = path('backup.db');
    expect((await command(['backup', backup], at('data'))).code).toBe(0);
    expect(await readFile(`${backup}.audit-heads.log`, 'utf8')).toBe(await readFile(heads(), 'utf8'));
    await written([4]);
    await changing(async ({ records }) => {
      const last = (await allOf(records)).at(-1)!;
      await records.remove(auditRows, last.id);
    });
    expect((await verify()).err).toMatch(
      /row 4 of chain \S+ is missing at the end .+: cut off, or restored by hand/,
    );
    expect((await command(['restore', backup], at('data'))).code).toBe(0);
    const restored = await verify();
    expect(restored).toMatchObject({ code: 0, err: '' });
    expect(restored.out).toMatch(/Note: rows 1 to 4 of chain \S+ are missing .+ restored from .+backup\.db/);
    await changing(async ({ records }) => {
      await records.remove(auditRows, (await allOf(records)).at(-1)!.id);
    });
    // Cut after the restore, of what was noted before it: it is among what the note names, and so never unseen.
    expect((await verify()).out).toMatch(/Note: row 5 of chain/);
  });

  test('is told of a restore that was done by hand', async () => {
    await written([5]);
    await changing(async ({ records }) => {
      for (const row of (await allOf(records)).slice(-2)) await records.remove(auditRows, row.id);
    });
    expect((await verify()).code).toBe(1);
    expect((await verify('--restored', 'mongorestore of Friday')).out).toContain(
      'restored from mongorestore of Friday',
    );
    expect((await verify()).code).toBe(0);
  });

  test('is not alarmed by a line that a crash cut, and says when there is no second place', async () => {
    await written([5]);
    await appendFile(heads(), '{"at":"2026-03-18T06:3');
    await written([2]);
    const { code, out } = await verify();
    expect(code).toBe(0);
    expect(out).toContain('1 lines of');
    await rm(heads());
    expect((await verify()).out).toContain('is not there or empty');
  });

  test('finds minutes that are not what was sealed', async () => {
    await command(['demo', '--fill'], at('data'));
    expect((await verify()).out).toContain('Sealed minutes: 1.');
    await changing(async ({ records, transfer }) => {
      const sealed = (await records.list(minutes, 'id', {})).find((record) => record.sealed)!;
      const [first, ...rest] = sealed.paragraphs;
      const changed = { ...first!, composed: `${first!.composed}。` };
      await transfer.restore(minutes, [{ ...sealed, paragraphs: [changed, ...rest] }]);
    });
    expect((await verify()).err).toContain('are not what was sealed');
  });

  test('a process that is killed at any moment loses nothing that it has told, and raises no false alarm', async () => {
    await written([1]);
    const told = new Set<string>();
    for (let life = 0; life < 5; life++) {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', 'test/support/audit-child.ts', path('data'), String(life)],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      const gone = once(child, 'exit');
      let heard = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        told.add(line);
        if (++heard === 40 + 97 * life) child.kill('SIGKILL');
      }
      expect((await gone)[1]).toBe('SIGKILL');
    }
    await changing(async ({ records }) => {
      const stored = new Set((await allOf(records)).map((row) => row.objectName));
      expect(told.size).toBeGreaterThan(1000);
      expect([...told].filter((name) => !stored.has(name))).toEqual([]);
    });
    expect(await verify()).toMatchObject({ code: 0, err: '' });
  });
});
