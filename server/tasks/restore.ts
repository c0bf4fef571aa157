import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Config } from '../platform/config.ts';
import { appendHeads, headsFile } from '../platform/heads-file.ts';
import { openStorage, sqliteFile } from '../storage/open.ts';
import { listed } from './damaged.ts';
import { both } from '../platform/both.ts';
import type { Task } from './task.ts';

const SIDE_FILES = ['-wal', '-shm'];

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Takes the lease for a moment: it is refused while a server runs on this data. What is damaged runs nowhere and may be replaced. */
async function refuseWhileRunning(config: Config): Promise<void> {
  try {
    const opened = await openStorage({ ...config, lease: { holder: 'restore' } });
    await opened.close();
  } catch (error) {
    if (error instanceof AppError || (error instanceof Error && error.cause instanceof AppError)) throw error;
  }
}

/**
 * Copies the backup to where nobody uses it yet: a wrong file, a damaged one or one that is too new is found before anything is
 * replaced. What stands in a log beside the file is copied too: the data that were set aside can be put back.
 */
async function bring(source: string, incoming: string, anyway: boolean): Promise<void> {
  const { backupSqlite, checkBackup } = await import('../storage/sqlite/backup.ts');
  const { openSqlite } = await import('../storage/sqlite/sqlite.ts');
  try {
    const damaged = await checkBackup(source);
    if (damaged.length > 0 && !anyway)
      throw new Error(
        `${listed(damaged)}\n${both('仍要恢复，请加 --anyway', 'To take it nevertheless, add --anyway')}`,
      );
    await backupSqlite(source, incoming);
    await (await openSqlite(incoming)).close();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      both(
        '这个文件不是完整的备份（原因见下），什么都没有改动。',
        `This file is no whole backup: ${why}. Nothing was changed.`,
      ),
      { cause: error },
    );
  }
  for (const rest of SIDE_FILES) await rm(incoming + rest, { force: true });
}

/** Closing has emptied the log unless the data are damaged; the index of the log is made again when needed. */
async function setAside(target: string, say: (line: string) => void): Promise<void> {
  const aside = `${target}.before-restore-${Date.now()}`;
  const log = await stat(`${target}-wal`).catch(() => undefined);
  await rename(target, aside);
  if (log && log.size > 0) await rename(`${target}-wal`, `${aside}-wal`);
  for (const rest of SIDE_FILES) await rm(target + rest, { force: true });
  say(both(`原来的数据保留为 ${aside}`, `What stood there before is kept as ${aside}`));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Puts a backup in the place of the data. What stood there is kept beside it. `restore <file> [--anyway]`: also one in which single rows
 * are damaged; they stay set aside.
 */
export async function restore(config: Config, { args, say }: Task): Promise<void> {
  const [file] = args.filter((arg) => arg !== '--anyway');
  if (config.mongodbUrl)
    throw new Error(
      both(
        '数据在 MongoDB 里：请用 mongorestore，见 README。',
        'This installation is on MongoDB: use mongorestore, as the README describes.',
      ),
    );
  if (file === undefined)
    throw new Error(
      both(
        '用哪个备份？npm run restore -- backup/poli-….db',
        'Which backup? npm run restore -- backup/poli-….db',
      ),
    );
  const source = resolve(file);
  if (!(await exists(source)))
    throw new Error(both(`没有这个文件：${source}`, `There is no such file: ${source}`));
  const target = sqliteFile(config.dataDir);
  const incoming = `${target}.restoring`;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const occupied = await exists(target);
  try {
    if (occupied) await refuseWhileRunning(config);
    await bring(source, incoming, args.includes('--anyway'));
    await sync(incoming);
    if (occupied) {
      // Asked again: copying a large file takes its time.
      await refuseWhileRunning(config);
      await setAside(target, say);
    }
    await rename(incoming, target);
    // What the audit has lost by this is no cut: `verify` tells it as what it is.
    await appendHeads(headsFile(config.dataDir), [{ at: new Date().toISOString(), restored: source }]);
    await sync(config.dataDir);
  } finally {
    for (const rest of ['', ...SIDE_FILES]) await rm(incoming + rest, { force: true });
  }
  say(
    both(`已从 ${source} 恢复。启动：npm start`, `Restored from ${source}. Start the server with: npm start`),
  );
}
