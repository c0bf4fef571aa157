import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { openMongo } from '../../server/storage/mongo/mongo.ts';
import type { Storage } from '../../server/storage/port.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { startMongo, type TestMongo, whyNoMongo } from './mongo-server.ts';

const why = await whyNoMongo();

/** The same tests on both engines, each test on an empty storage of its own. Says loudly when MongoDB is left out. */
export function onBothEngines(name: string, tests: (storage: () => Storage) => void): void {
  let current: Storage;
  const eachOn = (open: () => Promise<Storage>) => {
    beforeEach(async () => {
      current = await open();
    });
    afterEach(() => current.close());
    tests(() => current);
  };

  describe(`${name} on SQLite`, () => eachOn(() => openSqlite(':memory:')));

  if (why !== undefined) {
    console.warn(why);
    describe.skip(`${name} on MongoDB (${why})`, () => {
      it('everything', () => undefined);
    });
    return;
  }
  describe(`${name} on MongoDB`, () => {
    let server: TestMongo;
    beforeAll(async () => {
      server = (await startMongo())!;
    }, 120_000);
    afterAll(() => server.stop());
    eachOn(() => {
      const url = new URL(server.url);
      url.pathname = `/poli_${randomBytes(6).toString('hex')}`;
      return openMongo(url.href);
    });
  });
}
