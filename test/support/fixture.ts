import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import type { Storage } from '../../server/storage/port.ts';
import { TestClient } from './client.ts';

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
  /** Browsers, by who uses them: the device's token, or all cookies by name. */
  cookies: Record<string, string | Record<string, string>>;
  /** Of the running meeting: rows that were taken up, and problems that were written straight into the list. */
  taken?: string[];
  direct?: string[];
}

/** The commits whose program left an installation. */
export const PROGRAMS = ['0830c93', '14c828d'] as const;
export type OldProgram = (typeof PROGRAMS)[number];

/** An installation as that program left it: a copy in a folder of its own, which `close` removes. */
export async function openFixture(program: OldProgram): Promise<{
  old: OldInstallation;
  storage: Storage;
  /** Somebody's browser, as it was, at the server that runs now. */
  browser(url: string, name: string): TestClient;
  close(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'poli-fixture-'));
  await copyFile(at(`${program}.db`), join(folder, 'poli.db'));
  const old = JSON.parse(await readFile(at(`${program}.json`), 'utf8')) as OldInstallation;
  const storage = await openSqlite(join(folder, 'poli.db'));
  return {
    old,
    storage,
    browser(url, name) {
      const client = new TestClient(url);
      const jar = old.cookies[name]!;
      for (const [key, value] of Object.entries(typeof jar === 'string' ? { poli: jar } : jar))
        client.cookies.set(key, value);
      return client;
    },
    async close() {
      await storage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
