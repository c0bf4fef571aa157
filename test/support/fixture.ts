import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import type { Storage } from '../../server/storage/port.ts';

const at = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

/** What stands beside the fixture's file; see its README. */
export interface OldInstallation {
  madeAt: string;
  campaignId: string;
  boardId: string;
  code: string;
  running: string;
  /** A meeting whose minutes are sealed, as `seal` says. */
  sealed: string;
  seal: { at: string; by: string; sha256: string };
  /** A meeting whose minutes are a draft with these paragraphs edited by hand. */
  draft: string;
  edited: { id: string; text: string }[];
  /** Secret of a guest's link into the running meeting. */
  guestLink: string;
  people: Record<string, string>;
  cookies: Record<string, string>;
}

/** An installation as program 0830c93 left it: a copy in a folder of its own, which `close` removes. */
export async function openFixture(): Promise<{
  old: OldInstallation;
  storage: Storage;
  close(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'poli-fixture-'));
  await copyFile(at('0830c93.db'), join(folder, 'poli.db'));
  const old = JSON.parse(await readFile(at('0830c93.json'), 'utf8')) as OldInstallation;
  const storage = await openSqlite(join(folder, 'poli.db'));
  return {
    old,
    storage,
    async close() {
      await storage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
