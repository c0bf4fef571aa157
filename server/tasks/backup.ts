import { copyFile, mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../platform/config.ts';
import { headsFile } from '../platform/heads-file.ts';
import { sqliteFile } from '../storage/open.ts';
import { backupSqlite } from '../storage/sqlite/backup.ts';
import { listed } from './damaged.ts';
import { both } from '../platform/both.ts';
import type { Task } from './task.ts';

/** 20261122-143005, in UTC. */
const stamp = () => new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');

/** The second place of the audit's heads goes with the copy: that rows were cut off before it was made can be found later too. */
async function keepHeads(heads: string, target: string): Promise<void> {
  await copyFile(heads, `${target}.audit-heads.log`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

/** Copies a running or stopped installation on SQLite into one file. `backup [file]`. */
export async function backup(config: Config, { args, say }: Task): Promise<void> {
  if (config.mongodbUrl) {
    throw new Error(
      both(
        '数据在 MongoDB 里：请用 mongodump，见 README。',
        'This installation is on MongoDB: use mongodump, as the README describes.',
      ),
    );
  }
  const source = sqliteFile(config.dataDir);
  const target = resolve(args[0] ?? join('backup', `poli-${stamp()}.db`));
  const present = await stat(source).catch(() => undefined);
  if (!present)
    throw new Error(
      both(
        `没有可备份的数据：${source} 不存在。DATA_DIR 对吗？`,
        `There is nothing to copy: ${source} does not exist. Is DATA_DIR right?`,
      ),
    );
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const damaged = await backupSqlite(source, target);
  await keepHeads(headsFile(config.dataDir), target);
  const { size } = await stat(target);
  const mb = (size / 1024 / 1024).toFixed(1);
  say(both(`已备份并检查：${target}（${mb} MB）`, `Copied and checked: ${target} (${mb} MB)`));
  if (damaged.length > 0)
    throw new Error(
      `${listed(damaged)}\n${both('这些行照原样在备份里，请保留更早的备份。', 'They are in the copy as they are. Keep an older backup.')}`,
    );
}
