import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { acquireLease, type Lease } from './lease.ts';
import type { Storage } from './port.ts';

export interface OpenOptions {
  /** Chooses MongoDB; without it SQLite in `dataDir`. */
  mongodbUrl?: string | undefined;
  dataDir: string;
  /** Servers name themselves here and become the only one; command line tasks leave it out. */
  lease?: { holder: string } | undefined;
}

export interface OpenedStorage {
  engine: 'sqlite' | 'mongo';
  storage: Storage;
  /** Undefined when none was asked for. */
  lease: Lease | undefined;
  /** Gives the lease back and closes. */
  close(): Promise<void>;
}

/** The one file that holds an installation on SQLite. */
export const sqliteFile = (dataDir: string) => join(dataDir, 'poli.db');

// Imported late: an engine that is not used is not loaded, nor need its native part be there.
async function openEngine({ mongodbUrl, dataDir }: OpenOptions): Promise<Storage> {
  if (mongodbUrl) return (await import('./mongo/mongo.ts')).openMongo(mongodbUrl);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  return (await import('./sqlite/sqlite.ts')).openSqlite(sqliteFile(dataDir));
}

/** Never the address itself: it may hold a password. */
function readable(error: unknown, { mongodbUrl, dataDir }: OpenOptions): Error {
  const where = mongodbUrl ? `MongoDB (${mongodbUrl.replace(/\/\/[^@/]*@/, '//')})` : `SQLite in ${dataDir}`;
  const cause = error instanceof AppError ? (error.cause ?? error) : error;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new Error(`The database cannot be opened: ${where}: ${message}`, { cause: error });
}

function occupied(error: AppError): Error {
  const { holder, pid } = error.failure.facts ?? {};
  const message = `Another server is running on this database: ${holder}, process ${pid}. Stop it first.`;
  return new Error(message, { cause: error });
}

/**
 * Opens the engine that the configuration chooses and, for a server, takes the lease. Throws a plain Error whose message can be
 * printed as it is; its cause is an AppError when the database is held by another server or away, and not when it is damaged.
 */
export async function openStorage(options: OpenOptions): Promise<OpenedStorage> {
  const storage = await openEngine(options).catch((error: unknown) => {
    throw readable(error, options);
  });
  try {
    const lease = options.lease && (await acquireLease(storage, options.lease));
    return {
      engine: options.mongodbUrl ? 'mongo' : 'sqlite',
      storage,
      lease,
      async close() {
        await lease?.release().catch(() => undefined);
        await storage.close();
      },
    };
  } catch (error) {
    await storage.close();
    throw error instanceof AppError && error.failure.reason === 'storage.held' ? occupied(error) : error;
  }
}
