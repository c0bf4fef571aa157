import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../platform/config.ts';
import { openStorage, sqliteFile } from '../storage/open.ts';
import type { Task } from './task.ts';

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Takes the lease for a moment: it is refused while a server runs on this data. */
async function refuseWhileRunning(config: Config): Promise<void> {
  const opened = await openStorage({ ...config, lease: { holder: 'restore' } });
  await opened.close();
}

/** Opens the copy where nobody uses it yet: a file that is no database, or a damaged one, is found before anything is replaced. */
async function check(path: string): Promise<void> {
  const { openSqlite } = await import('../storage/sqlite/sqlite.ts');
  const storage = await openSqlite(path);
  try {
    await storage.ping();
  } finally {
    await storage.close();
  }
  for (const rest of ['-wal', '-shm']) await rm(`${path}${rest}`, { force: true });
}

/** Puts a backup in the place of the data. What stood there is kept beside it. `restore <file>`. */
export async function restore(config: Config, { args, say }: Task): Promise<void> {
  const [file] = args;
  if (config.mongodbUrl)
    throw new Error('This installation is on MongoDB: use mongorestore, as the README describes.');
  if (file === undefined) throw new Error('Which backup? npm run restore -- backup/poli-….db');
  const source = resolve(file);
  if (!(await exists(source))) throw new Error(`There is no such file: ${source}`);
  const target = sqliteFile(config.dataDir);
  const incoming = `${target}.restoring`;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  await copyFile(source, incoming);
  try {
    await check(incoming);
  } catch (error) {
    await rm(incoming, { force: true });
    throw new Error(
      `This file is no whole backup: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  if (await exists(target)) await setAside(config, target, say);
  await rename(incoming, target);
  await sync(config.dataDir);
  say(`Restored from ${source}. Start the server with: npm start`);
}

async function setAside(config: Config, target: string, say: (line: string) => void): Promise<void> {
  await refuseWhileRunning(config);
  const aside = `${target}.before-restore-${Date.now()}`;
  for (const rest of ['', '-wal', '-shm'])
    if (await exists(target + rest)) await rename(target + rest, aside + rest);
  say(`What stood there before is kept as ${aside}`);
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
