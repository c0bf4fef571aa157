import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { sqliteSpoiler } from '../support/spoiler.ts';
import { storageSuite } from './storage-suite.ts';

storageSuite('SQLite', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'poli-sqlite-'));
  return {
    open: () => openSqlite(join(dir, 'poli.db')),
    spoil: sqliteSpoiler(join(dir, 'poli.db')),
    stop: () => rm(dir, { recursive: true, force: true }),
  };
});
