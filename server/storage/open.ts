import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { both } from '../platform/both.ts';
import { primaryCode } from './sqlite/failure.ts';
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

/** What can be done about it, where that is known; SQLite's own words say little. */
function advice(cause: unknown, { mongodbUrl, dataDir }: OpenOptions): string {
  const { code } = cause as { code?: unknown };
  const primary = primaryCode(cause);
  const user = process.getuid?.();
  const forbidden = ['EACCES', 'EROFS', 'EPERM'].includes(String(code));
  if (!mongodbUrl && (forbidden || primary === 8 /* READONLY */ || primary === 14) /* CANTOPEN */)
    return both(
      `运行本程序的用户（id ${user}）要能写这个文件夹：chown -R ${user} ${dataDir}，或以可写方式挂载，或另选 DATA_DIR。`,
      `The folder and the files in it must be writable for whoever runs this (user id ${user}): chown -R ${user} ${dataDir}, or mount it writable, or choose another DATA_DIR.`,
    );
  if (primary === 13 /* FULL */ || code === 'ENOSPC')
    return both('磁盘已满：请腾出空间再启动。', 'The disk is full: make room and start again.');
  if (primary === 11 /* CORRUPT */ || primary === 26 /* NOTADB */)
    return both(
      '请把 poli.db（连同 poli.db-wal）移开，再恢复备份：npm run restore -- backup/poli-….db',
      'Put poli.db (with poli.db-wal) aside and restore a backup: npm run restore -- backup/poli-….db',
    );
  return '';
}

/** Never the address itself: it may hold a password. */
function readable(error: unknown, options: OpenOptions): Error {
  const { mongodbUrl, dataDir } = options;
  const where = mongodbUrl ? `MongoDB (${mongodbUrl.replace(/\/\/[^@/]*@/, '//')})` : `SQLite in ${dataDir}`;
  const cause = error instanceof AppError ? (error.cause ?? error) : error;
  const message = cause instanceof Error ? cause.message : String(cause);
  const told = both(`数据库打不开（${where}）：`, `The database cannot be opened (${where}):`);
  const help = advice(cause, options);
  return new Error([told, message, help].filter((part) => part !== '').join('\n'), { cause: error });
}

function occupied(error: AppError): Error {
  const { holder, pid } = error.failure.facts ?? {};
  const message = both(
    `另一个服务正在使用这个数据库：${holder}，进程 ${pid}。请先停掉它。`,
    `Another server is running on this database: ${holder}, process ${pid}. Stop it first.`,
  );
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
