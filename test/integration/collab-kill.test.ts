import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { until } from '../support/collab-server.ts';
import { Editor, RawClient } from '../support/raw-client.ts';
import { seeded } from '../support/seeded.ts';
import { step1Frame } from '../support/frames.ts';

const CYCLES = 12;
let folder: string;
let child: ChildProcess | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'collab-kill-'));
});
afterEach(() => child?.kill('SIGKILL'));
afterAll(() => rmSync(folder, { recursive: true }));

async function startChild(path: string): Promise<string> {
  child = spawn(process.execPath, ['--import', 'tsx', 'test/support/collab-child.ts', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return `ws://127.0.0.1:${line.toString().trim()}/collab`;
}

async function editor(url: string, person: string): Promise<Editor> {
  const client = await new RawClient(url, 'list.a', person).opened();
  const edits = new Editor(client, new Y.Doc());
  client.send(step1Frame(new Uint8Array([0])));
  await until('it is in', () => edits.told > 0 && client.durable === edits.told);
  return edits;
}

/** True if the update brings the document nothing: no insertion and no deletion that it lacks. */
function has(doc: Y.Doc, update: Uint8Array): boolean {
  let news = false;
  const notice = (): void => {
    news = true;
  };
  doc.on('update', notice);
  Y.applyUpdate(doc, update);
  doc.off('update', notice);
  return !news;
}

it(`what was noticed as durable and what others have seen outlives SIGKILL, ${CYCLES} times`, async () => {
  const path = join(folder, 'board.sqlite');
  const random = seeded(11);
  let noticed = 0;
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const url = await startChild(path);
    const [author, reader] = [await editor(url, 'zhou'), await editor(url, 'lu')];
    const before = author.told;
    const made: Uint8Array[] = [];
    author.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== author.client) made.push(update);
    });
    const end = Date.now() + 30 + random() * 150;
    const text = author.doc.getText('t');
    while (Date.now() < end) {
      if (text.length > 5 && random() < 0.3) text.delete(Math.floor(random() * text.length), 1);
      else text.insert(Math.floor(random() * (text.length + 1)), '字');
      await new Promise((resolve) => setImmediate(resolve));
    }
    child!.kill('SIGKILL');
    await until(
      'the line is cut',
      () => author.client.closed !== undefined && reader.client.closed !== undefined,
    );
    const durable = author.client.durable - before;
    noticed += durable;
    const storage = await openSqlite(path);
    const stored = new Y.Doc();
    for (const { update } of await storage.updates.load('list.a')) Y.applyUpdate(stored, update);
    await storage.close();
    expect(made.slice(0, durable).filter((update) => !has(stored, update))).toEqual([]);
    expect(has(stored, Y.encodeStateAsUpdate(reader.doc))).toBe(true);
  }
  expect(noticed).toBeGreaterThan(CYCLES * 3);
}, 60_000);
