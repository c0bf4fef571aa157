import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../support/built.ts';
import { type Hall, openHall } from '../support/hall.ts';
import { integrityOf } from '../support/integrity.ts';
import { startMongo, whyNoMongo } from '../support/mongo-server.ts';
import { type Program, startProgram } from '../support/program.ts';
import { seeded } from '../support/seeded.ts';

const seed = Number(process.env.RESTART_SEED ?? Date.now() % 1_000_000);
const random = seeded(seed);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const noMongo = await whyNoMongo();
if (noMongo) console.warn(noMongo);

let folder: string;
beforeAll(() => {
  build();
  folder = mkdtempSync(join(tmpdir(), 'poli-restart-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One crash: at a random moment everything is killed, then started, looked at, and gone on with. */
async function crash(program: Program, hall: Hall, between: () => Promise<void> | void): Promise<number> {
  await pause(60 + random() * 500);
  await program.kill();
  hall.cut();
  await between();
  const started = performance.now();
  await program.start();
  const back = performance.now() - started;
  await hall.check();
  hall.connect();
  return back;
}

describe('a meeting under load', () => {
  test('loses nothing it has promised by SIGKILL at 25 random moments on SQLite', async () => {
    const dataDir = join(folder, 'sqlite');
    const program = await startProgram({ DATA_DIR: dataDir, MONGODB_URL: '' });
    try {
      const hall = await openHall(program, random);
      hall.connect();
      const back: number[] = [];
      for (let n = 0; n < 25; n++) {
        const healthy = () => expect(integrityOf(dataDir)).toBe('ok');
        back.push(await crash(program, hall, healthy));
      }
      await hall.finish();
      console.log(
        `SQLite, seed ${seed}: 25 × SIGKILL, ${hall.figures()}; back within ${Math.round(Math.max(...back))} ms`,
      );
      expect(hall.talkers.every((talker) => talker.acked.size > 10)).toBe(true);
      expect(Math.max(...back)).toBeLessThan(5000);
    } finally {
      await program.kill();
    }
  }, 120_000);

  test('loses nothing it has promised by SIGTERM, and is gone within ten seconds', async () => {
    const program = await startProgram({ DATA_DIR: join(folder, 'term'), MONGODB_URL: '' });
    try {
      const hall = await openHall(program, random);
      hall.connect();
      await pause(800);
      // Somebody who never finishes a request must not hold it up.
      const dawdler = connect(program.port, '127.0.0.1').on('error', () => undefined);
      dawdler.write('POST /api/sign-out HTTP/1.1\r\nHost: board\r\nContent-Length: 100\r\n\r\n{');
      await once(dawdler, 'connect');
      const started = performance.now();
      const ended = program.kill('SIGTERM');
      await expect
        .poll(
          () =>
            fetch(`${program.url}/readyz`).then(
              (answer) => answer.status,
              () => 503,
            ),
          { interval: 5 },
        )
        .toBe(503);
      const unready = performance.now() - started;
      expect(await ended).toBe(0);
      const gone = performance.now() - started;
      hall.cut();
      await program.start();
      await hall.check();
      hall.connect();
      await hall.finish();
      console.log(
        `SIGTERM: unready after ${Math.round(unready)} ms, gone after ${Math.round(gone)} ms; ${hall.figures()}`,
      );
      expect(unready).toBeLessThan(500);
      expect(gone).toBeLessThan(10_000);
    } finally {
      await program.kill();
    }
  }, 60_000);

  test.skipIf(noMongo)(
    `loses nothing on MongoDB, killed five times, twice with its database, which then fails alone${noMongo ? ` (${noMongo})` : ''}`,
    async () => {
      const mongo = (await startMongo())!;
      const program = await startProgram({ DATA_DIR: join(folder, 'mongo'), MONGODB_URL: mongo.url });
      try {
        const hall = await openHall(program, random);
        hall.connect();
        for (let n = 0; n < 5; n++)
          await crash(program, hall, () => (mongo.owned && n % 2 ? mongo.restart() : undefined));
        if (mongo.owned) {
          // The database alone: what was said meanwhile waits and is answered once it is back.
          await mongo.kill();
          const said = () => hall.talkers.map((talker) => talker.acked.size);
          const before = said();
          await pause(200);
          await mongo.restart();
          const all = () => said().every((count, n) => count > before[n]! + 1);
          await expect.poll(all, { timeout: 30_000 }).toBe(true);
        }
        await hall.finish();
        console.log(`MongoDB, seed ${seed}: 5 × SIGKILL, ${hall.figures()}`);
      } finally {
        await program.kill();
        await mongo.stop();
      }
    },
    120_000,
  );
});
