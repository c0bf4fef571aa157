import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import type { LiveDocument } from '../../client/lib/doc/open-document.ts';
import type { StoredUpdate } from '../../server/storage/port.ts';
import {
  type CollabServer,
  same,
  startCollab,
  stockClient,
  textOf,
  until,
} from '../support/collab-server.ts';
import { expectError } from '../support/errors.ts';
import { carriers, type TestCarrier } from '../support/carriers.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';
import { disk, lu, openLive, rowsIn, tabOf, zhou } from '../support/open-live.ts';

let log: MemoryUpdateLog;
let server: CollabServer;
const open: LiveDocument[] = [];
const stock: WebsocketProvider[] = [];

beforeEach(async () => {
  log = new MemoryUpdateLog();
  server = await startCollab(log);
});
afterEach(async () => {
  for (const live of open.splice(0)) live.destroy();
  for (const client of stock.splice(0)) client.destroy();
  await server.stop();
});

/** A page with a switch in its line. */
class Page {
  readonly live: LiveDocument;
  readonly doc: Y.Doc;
  #cut = false;
  readonly #sockets = new Set<WebSocket>();

  constructor(person: typeof zhou, factory: IDBFactory, carrier?: TestCarrier) {
    const { sockets, isCut } = { sockets: this.#sockets, isCut: () => this.#cut };
    class Line extends WebSocket {
      constructor(url: string) {
        super(isCut() ? 'ws://127.0.0.1:9' : url);
        sockets.add(this);
        this.on('error', () => undefined);
      }
    }
    const socket = carrier?.socket() ?? (Line as unknown as typeof globalThis.WebSocket);
    this.live = openLive(server.url, { person, socket, outbox: { factory, beatMs: 30, deadMs: 120 } });
    this.doc = this.live.doc;
    open.push(this.live);
  }
  get status(): LiveDocument['status'] {
    return this.live.status;
  }
  away(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.terminate();
  }
  back(): void {
    this.#cut = false;
  }
}
const opens = (person: typeof zhou, factory = disk(), carrier?: TestCarrier): Page =>
  new Page(person, factory, carrier);
const onServer = (): Promise<string> => server.documents.read('list.a', textOf);
const saved = (...lives: Page[]): Promise<void> =>
  until('all is saved', () => lives.every((live) => live.status.get().kind === 'saved'));
const agree = (...lives: Page[]): Promise<void> =>
  until('all have the same', () => lives.every((live) => same(live.doc, lives[0]!.doc)));

/** What `npm run backup` would copy now. */
const backup = (): Map<string, StoredUpdate[]> =>
  new Map([...log.rows].map(([doc, rows]) => [doc, [...rows]]));

/** The server dies, an older backup takes the place of its data, and it is back at the same address. */
async function restore(copy: Map<string, StoredUpdate[]>): Promise<void> {
  await server.stop();
  log.rows.clear();
  for (const [doc, rows] of copy) log.rows.set(doc, rows);
  server = await startCollab(log, server.port);
}
const write = (live: Page, words: string): void => {
  const text = live.doc.getText('t');
  text.insert(text.length, words);
};

/** “甲” is in the backup; then the second wrote “乙” and the first, after it, “丙”. */
async function twoAfterBackup(factory: IDBFactory): Promise<[Page, Page, Map<string, StoredUpdate[]>]> {
  const [first, second] = [opens(zhou, factory), opens(lu)];
  await saved(first, second);
  await until('both are known', () => log.rows.has('ledger.list.a'));
  write(first, '甲');
  await saved(first);
  write(second, ' ');
  await saved(second);
  await agree(first, second);
  const copy = backup();
  write(second, '乙');
  await saved(second);
  await agree(first, second);
  write(first, '丙');
  await saved(first);
  await agree(first, second);
  return [first, second, copy];
}

describe('after an older backup was restored (R16)', () => {
  it.each(carriers())(
    'two people who saw each other’s later words can save again, and nothing of it is lost or doubled, over $title',
    async (carrier) => {
      const [first, second] = [opens(zhou, disk(), carrier), opens(lu, disk(), carrier)];
      await saved(first, second);
      write(first, '甲');
      await saved(first);
      write(second, '乙');
      await saved(second);
      await agree(first, second);
      const copy = backup();
      for (let i = 0; i < 5; i++)
        for (const live of [first, second]) {
          write(live, `${live === first ? '周' : '陆'}${i}`);
          await saved(live);
          await agree(first, second);
        }
      first.doc.getText('t').delete(3, 2);
      await saved(first);
      await agree(first, second);
      const before = textOf(first.doc);
      await restore(copy);
      await saved(first, second);
      for (const live of [first, second]) write(live, '又');
      await saved(first, second);
      await agree(first, second);
      expect(textOf(first.doc)).toBe(`${before}又又`);
      expect(await server.documents.read('list.a', textOf)).toBe(`${before}又又`);
      await until('the pages are known again', () => server.documents.counts().sockets === 2);
    },
  );

  it('who brings back the words of somebody under an id that the backup does not know does not become its owner', async () => {
    const first = opens(zhou);
    await saved(first);
    write(first, '甲');
    await saved(first);
    const copy = backup();
    const second = opens(lu);
    await saved(second);
    write(second, '乙');
    await saved(second);
    await agree(first, second);
    second.away();
    await restore(copy);
    await saved(first);
    await until('his words are back', async () => (await onServer()) === '甲乙');
    second.back();
    write(second, '丙');
    await saved(first, second);
    await agree(first, second);
    expect(await onServer()).toBe('甲乙丙');
    expect(server.documents.counts().refused).toBe(0);
  });

  it('words that follow somebody’s missing words wait, kept on the device, until he comes', async () => {
    const factory = disk();
    const [first, second, copy] = await twoAfterBackup(factory);
    second.away();
    await restore(copy);
    await until('he is told', () => first.status.get().reason === 'waits');
    expect(first.status.get()).toMatchObject({ kind: 'unsaved', waiting: 1 });
    write(first, '新');
    await until('it is kept', async () => (await rowsIn(factory)) === 2);
    expect(await first.live.unsavedWords()).toBe('丙新');
    expect(await onServer()).toBe('甲 ');
    second.back();
    await saved(first, second);
    expect(await onServer()).toBe('甲 乙丙新');
    expect(await rowsIn(factory)).toBe(0);
    expect(server.documents.counts().refused).toBeLessThan(3);
  });

  it('and are offered as a copy by the next page if he never comes, while new words are saved', async () => {
    const factory = disk();
    const tab = tabOf(factory);
    const [first, second, copy] = await twoAfterBackup(tab.factory);
    second.away();
    await restore(copy);
    await until('he is told', () => first.status.get().reason === 'waits');
    await until('it is kept', async () => (await rowsIn(factory)) === 1);
    tab.kill();
    first.away();
    const next = opens(zhou, factory);
    await until('it is offered', () => next.status.get().reason === 'stranded');
    expect(await next.live.unsavedWords()).toBe('丙');
    write(next, '丁');
    await until('it is saved', async () => (await onServer()) === '甲 丁');
    second.back();
    await saved(next, second);
    await agree(next, second);
    expect(textOf(next.doc)).toMatch(/^甲 (丁乙丙|乙丙丁)$/);
    expect(await rowsIn(factory)).toBe(0);
  });

  it('deletions of somebody’s missing words are told again when these come back', async () => {
    const [first, second, copy] = await twoAfterBackup(disk());
    second.away();
    await restore(copy);
    first.doc.getText('t').delete(2, 2);
    await until('he is told', () => first.status.get().reason === 'waits');
    expect(await onServer()).toBe('甲 ');
    second.back();
    await saved(first, second);
    await agree(first, second);
    expect(await onServer()).toBe('甲 ');
  });

  it('stock clients heal as well', async () => {
    // They print the notices that they do not know.
    expectError(/Unable to compute message/);
    const [one, two] = [stockClient(server.url, 'list.a', 'he'), stockClient(server.url, 'list.a', 'tang')];
    stock.push(one, two);
    await until('both are in', () => one.synced && two.synced);
    one.doc.getText('t').insert(0, '甲');
    await until('the other has it', () => textOf(two.doc) === '甲');
    two.doc.getText('t').insert(0, '前');
    await until('all have it', () => textOf(one.doc) === '前甲');
    const copy = backup();
    for (let i = 0; i < 8; i++) {
      const [from, to] = i % 2 === 0 ? [one.doc, two.doc] : [two.doc, one.doc];
      from.getText('t').insert(from.getText('t').length, String(i));
      await until('the other has it', () => textOf(to) === textOf(from));
    }
    await restore(copy);
    await until('all is back', async () => (await onServer()) === '前甲01234567');
  });
});
