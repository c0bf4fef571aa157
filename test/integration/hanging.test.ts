import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from '../support/built.ts';
import { until } from '../support/collab-server.ts';
import { cuttingProxy } from '../support/cutting-proxy.ts';
import { expectError } from '../support/errors.ts';
import { openHall } from '../support/hall.ts';
import { startMongo, whyNoMongo } from '../support/mongo-server.ts';
import { startProgram } from '../support/program.ts';
import { seeded } from '../support/seeded.ts';
import { openDatabase } from '../../server/storage/sqlite/driver.ts';

const noMongo = (await whyNoMongo()) ?? (process.env.MONGODB_URL ? 'it is not ours to hang' : undefined);
let folder: string;
beforeAll(() => {
  build();
  folder = mkdtempSync(join(tmpdir(), 'poli-hanging-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The answer of /readyz and how long it took. */
async function readiness(url: string): Promise<{ status: number; ms: number }> {
  const began = performance.now();
  const { status } = await fetch(`${url}/readyz`);
  return { status, ms: performance.now() - began };
}

test.skipIf(noMongo)(
  `a database that hangs: not ready within a second, and SIGTERM ends within 30 s with what was not stored${noMongo ? ` (${noMongo})` : ''}`,
  async () => {
    const mongo = (await startMongo())!;
    const proxy = await cuttingProxy(Number(new URL(mongo.url).port));
    const url = mongo.url.replace(/:\d+\//, `:${proxy.port}/`);
    const program = await startProgram({ DATA_DIR: join(folder, 'mongo'), MONGODB_URL: url });
    try {
      const hall = await openHall(program, seeded(1));
      hall.connect();
      await until('people write', () => hall.counts().edits > 20, 20_000);
      expect((await readiness(program.url)).status).toBe(200);
      expectError(/not stored when the server stopped/);
      proxy.silence();
      await expect.poll(async () => (await readiness(program.url)).status, { timeout: 10_000 }).toBe(503);
      // The bound is a second; on a loaded machine the answer itself takes a while to arrive.
      expect((await readiness(program.url)).ms).toBeLessThan(2_500);
      const began = performance.now();
      const code = await program.kill('SIGTERM');
      expect(performance.now() - began).toBeLessThan(30_000);
      expect(code).toBe(1);
      hall.cut();
      await program.start({ env: { MONGODB_URL: mongo.url } });
      await hall.check();
      hall.connect();
      await hall.finish();
    } finally {
      await program.kill();
      await proxy.close();
      await mongo.stop();
    }
  },
  120_000,
);

test('a file that nobody can write to: not ready, and ready again when it can be written', async () => {
  const program = await startProgram({ DATA_DIR: join(folder, 'sqlite'), MONGODB_URL: '' });
  const other = await openDatabase(join(folder, 'sqlite', 'poli.db'), { timeout: 5000 });
  try {
    const status = async () => (await readiness(program.url)).status;
    expect(await status()).toBe(200);
    other.exec('BEGIN IMMEDIATE');
    await expect.poll(status, { timeout: 10_000 }).toBe(503);
    expect((await readiness(program.url)).ms).toBeLessThan(2_500);
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    other.exec('ROLLBACK');
    await expect.poll(status, { timeout: 10_000 }).toBe(200);
  } finally {
    other.close();
    await program.kill();
  }
}, 60_000);
