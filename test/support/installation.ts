import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import * as Y from 'yjs';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import type { MinutesView } from '../../shared/contract/minutes.ts';
import { type RunningCommand, serve } from './command.ts';

/** Installations on SQLite by name, in a folder of each test's own; servers still running at its end are stopped. */
export function useInstallations() {
  let folder: string;
  const folders: string[] = [];
  const running = new Set<RunningCommand>();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'poli-tasks-'));
    folders.push(folder);
  });
  afterEach(async () => {
    for (const each of running) await each.stop();
    running.clear();
  });
  afterAll(async () => {
    for (const each of folders) await rm(each, { recursive: true, force: true });
  });

  const at = (name: string) => ({ DATA_DIR: join(folder, name) });
  return {
    path: (...parts: string[]) => join(folder, ...parts),
    /** The environment of a command for this installation. */
    at,
    async serving(name: string, task: 'serve' | 'demo' = 'serve'): Promise<RunningCommand> {
      const server = await serve(at(name), 'SIGTERM', task);
      running.add(server);
      return server;
    },
    async stopped(server: RunningCommand): Promise<void> {
      running.delete(server);
      expect(await server.stop()).toBe(0);
    },
    /** A document of a stopped installation, from its updates alone. */
    async documentIn(name: string, doc: string): Promise<Y.Doc> {
      const storage = await openSqlite(join(folder, name, 'poli.db'));
      const read = new Y.Doc();
      for (const { update } of await storage.updates.load(doc)) Y.applyUpdate(read, update);
      await storage.close();
      return read;
    },
  };
}

export const secretOf = (url: string): string => url.split('/').at(-1)!.trim();

/** The first address after these words. */
export const linkIn = (text: string, words: string): string =>
  new RegExp(`${words}.*?(http:\\S+)`, 's').exec(text)![1]!;

/** The digest of minutes as somebody would compute it who was only given the text. */
export function digestByHand(view: MinutesView): string {
  const printed = view.paragraphs.map((p) => [p.kind, p.label, p.edited ? p.edited.text : p.composed]);
  return createHash('sha256')
    .update(JSON.stringify([view.title, ...printed]))
    .digest('hex');
}
