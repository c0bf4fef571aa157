import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

/** SQLite's own words about a database whose server is dead. Looks at a copy: the server has to recover the file, not the test. */
export function integrityOf(dataDir: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'poli-copy-'));
  try {
    cpSync(dataDir, copy, { recursive: true });
    const database = new DatabaseSync(join(copy, 'poli.db'));
    try {
      const rows = database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
      return rows.map((row) => row.integrity_check).join('; ');
    } finally {
      database.close();
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
