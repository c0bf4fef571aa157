import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { newId } from '../../shared/ids.ts';
import { makeFixture } from '../support/client.ts';
import { same, until } from '../support/collab-server.ts';
import { expectError } from '../support/errors.ts';
import { seeded } from '../support/seeded.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { closePage } from '../support/simulated-page.ts';
import { plainEditor, type RichEditor, richEditor, type StockEditor } from '../support/stock-editors.ts';

/** Stock y-websocket has no use for the durable notice and says so on the console. */
const STOCK_NOISE = /Unable to compute message/;
const PEOPLE = ['周敏', '陆远航', '何清', '沈一鸣'] as const;
type Person = (typeof PEOPLE)[number];

let folder: string;
let server: TestServer;
let name: string;
let cookies: Record<Person, string>;
let here: StockEditor[] = [];

beforeEach(async () => {
  expectError(STOCK_NOISE);
  folder = mkdtempSync(join(tmpdir(), 'poli-stock-'));
  await start();
  const f = await makeFixture(server.url, server.app.identity.adminLink);
  const chair = await f.staff('梁思齐', 'moderator');
  await chair.call('session.start', { sessionId: f.sessionId, id: newId() });
  const entered = await Promise.all(PEOPLE.map(async (who) => [who, (await f.enter(who)).cookie] as const));
  cookies = Object.fromEntries(entered) as Record<Person, string>;
  name = `draft.${f.boardId}`;
});
afterEach(async () => {
  leave();
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

afterAll(closePage);

async function start(): Promise<void> {
  server = await startServer({ storage: await openSqlite(join(folder, 'poli.db')) });
}
async function stop(): Promise<void> {
  await server.close();
  await server.storage.close();
}
function leave(): void {
  for (const editor of here.splice(0)) editor.leave();
}
function at<E extends StockEditor>(open: (place: Parameters<typeof richEditor>[0]) => E, who: Person): E {
  const url = `${server.url.replace('http', 'ws')}/collab`;
  const editor = open({ url, name, cookie: cookies[who] });
  here.push(editor);
  return editor;
}
const rich = (who: Person): RichEditor => at(richEditor, who);
const plain = (who: Person): StockEditor => at(plainEditor, who);
const all = (what: string, test: (editor: StockEditor) => boolean): Promise<void> =>
  until(what, () => here.every(test));
/** Nobody who writes on an unbroken line ever meets the gatekeeper. */
function nothingRefused(): void {
  const { refused, unreadable, readersWrote } = server.app.documents.counts();
  expect([refused, unreadable, readersWrote]).toEqual([0, 0, 0]);
}
const synced = (): Promise<void> => all('all are in', (editor) => editor.provider.synced);
/** The text of editors that show the same; what they show when they do not. */
async function agreed(...editors: StockEditor[]): Promise<string> {
  await until('both show the same', () => editors.every((editor) => editor.text() === editors[0]!.text()));
  return editors[0]!.text();
}

describe.each([
  { kind: 'ProseMirror', open: rich as (who: Person) => StockEditor },
  { kind: 'CodeMirror', open: plain },
])('two people with stock bindings of $kind', ({ open }) => {
  it('write, delete and undo what is their own, and see the same', async () => {
    const [a, b] = [open('周敏'), open('陆远航')];
    await synced();
    a.type(0, '破除旧观念');
    await until('the other sees it', () => b.text() === '破除旧观念');
    a.pause();
    a.type(5, '，立新风');
    b.type(0, '先');
    await until('both are in', () => a.text() === '先破除旧观念，立新风' && b.text() === a.text());
    b.pause();
    b.remove(3, 4);
    await until('the deletion is seen', () => a.text() === '先破除观念，立新风');
    a.undo();
    await until('he takes back his own alone', () => b.text() === '先破除观念');
    b.undo();
    await until('she takes back her own alone', () => a.text() === '先破除旧观念');
    a.redo();
    await until('and has it again', () => b.text() === '先破除旧观念，立新风');
    b.breakLine(6);
    await until('in two lines', () => a.text() === '先破除旧观念\n，立新风');
    expect(same(a.provider.doc, b.provider.doc)).toBe(true);
    nothingRefused();
  });

  it('see where the other is, under the name that the server knows (CO8)', async () => {
    const [a, b] = [open('周敏'), open('陆远航')];
    await synced();
    a.type(0, '问题清单');
    await until('the other sees it', () => b.text() === '问题清单');
    a.select(1, 3);
    await until('her caret is seen', () => b.carets().join() === '周敏');
    expect(b.text()).toBe('问题清单');
    b.select(4, 4);
    await until('his caret is seen', () => a.carets().join() === '陆远航');
    b.type(0, '一');
    await until('the caret does not get in the way', () => a.text() === '一问题清单');
    b.leave();
    here = [a];
    await until('he is gone', () => a.carets().length === 0);
    nothingRefused();
  });

  it('find it again, each of them alone, after everybody has left and the server was restarted', async () => {
    const [a, b] = [open('周敏'), open('陆远航')];
    await synced();
    a.type(0, '第一条');
    await until('the other sees it', () => b.text() === '第一条');
    b.breakLine(3);
    await until('she sees the line', () => a.text() === '第一条\n');
    a.type(4, '第二条');
    await until('he sees the second', () => b.text() === '第一条\n第二条');
    b.remove(0, 1);
    await until('she sees the deletion', () => a.text() === '一条\n第二条');
    leave();
    await until('nobody is left', () => server.app.documents.counts().sockets === 0);
    nothingRefused();
    await stop();
    await start();
    const fresh = open('何清');
    await until('it is all there', () => fresh.text() === '一条\n第二条');
    fresh.type(0, '第');
    const other = open('周敏');
    await until('and goes on', () => other.text() === '第一条\n第二条');
  });
});

it('formats come through as they were set', async () => {
  const [a, b] = [rich('周敏'), rich('陆远航')];
  await synced();
  a.type(0, '立说立行');
  await until('the other sees it', () => b.text() === '立说立行');
  b.embolden(1, 3);
  await until('it is bold', () => a.html() === '<p>立<strong>说立</strong>行</p>');
  a.type(2, '干');
  await until('inside too', () => b.html() === '<p>立<strong>说干立</strong>行</p>');
});

it('four people, two editors of each kind, do odd things in one document and end with the same (CO6, CO13)', async () => {
  const seed = Number(process.env.STOCK_SEED ?? 20261122);
  const random = seeded(seed);
  const pick = (n: number): number => Math.floor(random() * n);
  const [a, b, c, d] = [rich('周敏'), rich('陆远航'), plain('何清'), plain('沈一鸣')];
  await synced();
  let cuts = 0;
  for (let step = 0; step < 400; step++) {
    const editor = here[pick(4)]!;
    editor.pause();
    const { length } = editor.text();
    const [from, deed] = [pick(length + 1), random()];
    if (deed < 0.45) editor.type(from, String.fromCharCode(0x4e00 + pick(2000)).repeat(1 + pick(3)));
    else if (deed < 0.6 && from < length) editor.remove(from, Math.min(length, from + 1 + pick(3)));
    else if (deed < 0.7) editor.breakLine(from);
    else if (deed < 0.8) editor.undo();
    else if (deed < 0.85) editor.redo();
    else if (deed < 0.92) editor.select(from, pick(length + 1));
    else if (deed < 0.93) {
      cuts++;
      editor.provider.ws?.close();
    } else await new Promise((resolve) => setImmediate(resolve));
    if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await synced();
  const words = [await agreed(a, b), await agreed(c, d)];
  await all('all hold the same', (editor) => same(a.provider.doc, editor.provider.doc));
  expect(words.every((text) => text.length > 20)).toBe(true);
  const { refused, unreadable } = server.app.documents.counts();
  console.log(
    `seed ${seed}: ${words.map((text) => text.length).join(' and ')} characters, ${cuts} cuts, ${refused} refused`,
  );
  expect(unreadable).toBe(0);
  leave();
  await stop();
  await start();
  const fresh = [rich('何清'), plain('周敏')];
  await until('it is all there', () => fresh.every((editor, n) => editor.text() === words[n]));
});
