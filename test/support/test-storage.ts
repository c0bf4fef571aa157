import { randomBytes } from 'node:crypto';
import type { Storage } from '../../server/storage/port.ts';
import type { TestMongo } from './mongo-server.ts';

let mongo: Promise<TestMongo | undefined> | undefined;

async function openOnMongo(): Promise<Storage> {
  // Imported late: every test file runs through the setup that ends this storage, few need an engine.
  const { startMongo } = await import('./mongo-server.ts');
  const { openMongo } = await import('../../server/storage/mongo/mongo.ts');
  const server = await (mongo ??= startMongo());
  if (!server) throw new Error('no MongoDB here: the runs that ask for it should have been left out');
  const url = new URL(server.url);
  url.pathname = `/poli_${randomBytes(6).toString('hex')}`;
  return openMongo(url.href);
}

/**
 * An empty storage on the engine of this run: SQLite, or MongoDB where the run says `TEST_ENGINE=mongo` (see vite.config.ts: the same
 * files run twice). One MongoDB-compatible server a test file, a database of its own a storage.
 */
export async function openTestStorage(): Promise<Storage> {
  if (process.env.TEST_ENGINE === 'mongo') return openOnMongo();
  const { openSqlite } = await import('../../server/storage/sqlite/sqlite.ts');
  return openSqlite(':memory:');
}

/** Ends what this file has started. */
export async function endTestStorage(): Promise<void> {
  await (await mongo)?.stop();
  mongo = undefined;
}
