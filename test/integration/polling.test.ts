import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { type Carrier, createCarrier } from '../../client/lib/doc/carrier.ts';
import type { LiveDocument } from '../../client/lib/doc/open-document.ts';
import { pollingSocket } from '../../client/lib/doc/polling-socket.ts';
import { readFrame } from '../../server/collab/protocol.ts';
import { CARRIER } from '../../shared/live-document.ts';
import { type BlockingProxy, blockingProxy } from '../support/blocking-proxy.ts';
import { carriers, openLine } from '../support/carriers.ts';
import { type CollabServer, same, startCollab, textOf, until } from '../support/collab-server.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';
import { lu, openLive, zhou } from '../support/open-live.ts';
import { seeded } from '../support/seeded.ts';
import { step1Frame } from '../support/frames.ts';

let log: MemoryUpdateLog;
let server: CollabServer;
const open: LiveDocument[] = [];

beforeEach(async () => {
  log = new MemoryUpdateLog();
  server = await startCollab(log);
});
afterEach(async () => {
  for (const live of open.splice(0)) live.destroy();
  log.go();
  await server.stop();
});

const isSaved = (live: LiveDocument): boolean => live.status.get().kind === 'saved';
const saved = (...lives: LiveDocument[]): Promise<void> =>
  until('all is saved', () => lives.every(isSaved), 20_000);

describe.each(carriers())('over $title', (carrier) => {
  function opens(person = zhou, name = 'list.a', socket = carrier.socket()): LiveDocument {
    const live = openLive(server.url, { person, name, socket });
    open.push(live);
    return live;
  }

  it('two people write in one document, and what one deletes is gone for the other', async () => {
    const [a, b] = [opens(), opens(lu)];
    await saved(a, b);
    a.doc.getText('t').insert(0, '问题清单');
    await until('the other sees it', () => textOf(b.doc) === '问题清单');
    b.doc.getText('t').delete(0, 2);
    await until('the deletion comes back', () => textOf(a.doc) === '清单');
    await saved(a, b);
    expect(same(a.doc, b.doc)).toBe(true);
    expect(await server.documents.read('list.a', textOf)).toBe('清单');
  });

  it('each sees where the other is, and that he has gone (CO8)', async () => {
    const [a, b] = [opens(), opens(lu)];
    await saved(a, b);
    const cellOf = (): unknown => b.awareness.getStates().get(a.doc.clientID)?.['cell'];
    await until('he is seen', () => b.awareness.getStates().has(a.doc.clientID));
    a.awareness.setLocalStateField('cell', 'r1:problem');
    await until('his cell is seen', () => cellOf() === 'r1:problem');
    a.destroy();
    await until('he is gone', () => !b.awareness.getStates().has(a.doc.clientID));
  });

  it('nothing counts as saved before it is stored, an insertion as little as a deletion (CO4)', async () => {
    const live = opens();
    await saved(live);
    for (const edit of [
      () => live.doc.getText('t').insert(0, '一二'),
      () => live.doc.getText('t').delete(0, 1),
    ]) {
      const before = log.appends;
      log.stall();
      edit();
      await until('it is being stored', () => log.appends > before);
      expect(isSaved(live)).toBe(false);
      log.go();
      await saved(live);
    }
  });

  it('one device has several documents open, and leaves each by itself', async () => {
    const socket = carrier.socket();
    const [list, draft, other] = [opens(zhou, 'list.a', socket), opens(zhou, 'draft.a', socket), opens(lu)];
    await saved(list, draft, other);
    draft.doc.getText('t').insert(0, '草稿');
    list.doc.getText('t').insert(0, '清单');
    await saved(list, draft);
    draft.destroy();
    await until('the server has let go of it', () => server.documents.counts().sockets === 2);
    other.doc.getText('t').insert(2, '甲');
    await until('the one still hears', () => textOf(list.doc) === '甲' || textOf(list.doc) === '清单甲');
    expect(await server.documents.read('draft.a', textOf)).toBe('草稿');
  });

  it.each([
    ['gone', 'gone'],
    ['forbidden', 'forbidden'],
    ['unauthenticated', 'unauthenticated'],
  ] as const)('who may not come in (%s) is told why and loads nothing (CO1)', async (right, reason) => {
    server.rights.set('zhou', right);
    const live = opens();
    await until('it is told', () => live.status.get().kind === 'denied');
    expect(live.status.get().reason).toBe(reason);
    expect(log.loads).toBe(0);
  });

  it('rights that change reach who is in: a reader changes nothing, a writer again loses nothing (CO7)', async () => {
    const [live, watcher] = [opens(), opens(lu)];
    await saved(live, watcher);
    server.rights.set('zhou', 'read');
    await server.documents.recheck((who) => who.personId === 'zhou');
    await until('it is told', () => live.status.get().reason === 'read-only');
    live.doc.getText('t').insert(0, '晚了');
    watcher.doc.getText('t').insert(0, '先');
    await until('it still hears', () => textOf(live.doc).includes('先'));
    expect(await server.documents.read('list.a', textOf)).toBe('先');
    server.rights.set('zhou', 'write');
    await server.documents.recheck((who) => who.personId === 'zhou');
    await saved(live);
    await until('nothing was lost', () => textOf(watcher.doc).includes('晚了'));
    server.rights.set('zhou', 'unauthenticated');
    await server.documents.recheck((who) => who.personId === 'zhou');
    await until('it is sent away', () => live.status.get().reason === 'unauthenticated');
    expect(watcher.status.get().kind).toBe('saved');
  });

  it('a server that dies in the middle of writing loses nothing that was noticed, and gets the rest later', async () => {
    const live = opens();
    await saved(live);
    live.doc.getText('t').insert(0, '已存');
    await saved(live);
    log.failAppends = true;
    live.doc.getText('t').insert(2, '未存');
    await server.stop();
    log.failAppends = false;
    server = await startCollab(log, server.port);
    expect(await server.documents.read('list.a', textOf)).toBe('已存');
    await saved(live);
    expect(await server.documents.read('list.a', textOf)).toBe('已存未存');
  });

  it.each([1, 2, 3])(
    'four people on lines that are cut end with the same document (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const pick = (n: number): number => Math.floor(random() * n);
      const people = Array.from({ length: 4 }, (_, i) => opens({ id: `p${i}`, name: `p${i}` }));
      await saved(...people);
      for (let step = 0; step < 200; step++) {
        const text = people[pick(4)]!.doc.getText('t');
        if (random() < 0.7 || text.length === 0)
          text.insert(pick(text.length + 1), String.fromCharCode(0x4e00 + pick(2000)));
        else text.delete(pick(text.length), 1);
        if (random() < 0.04) carrier.cut(pick(8));
        if (random() < 0.01) log.failAppends = !log.failAppends;
        if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, 2));
      }
      log.failAppends = false;
      await saved(...people);
      const [first, ...others] = people;
      await until('all are the same', () => others.every((live) => same(first!.doc, live.doc)));
      expect(await server.documents.read('list.a', (doc) => same(doc, first!.doc))).toBe(true);
    },
  );
});

describe('a long-polling line', () => {
  const lines: Socket[] = [];
  afterEach(() => {
    for (const line of lines.splice(0)) line.disconnect();
  });
  interface Heard {
    frames: Uint8Array[];
    closed: (number | undefined)[];
  }
  /** A line spoken by hand, which says nothing about what it has read. */
  async function line(): Promise<{ socket: Socket; heard: Heard }> {
    const socket = openLine(`http://127.0.0.1:${server.port}${CARRIER.namespace}`, { as: 'he' });
    lines.push(socket);
    const heard: Heard = { frames: [], closed: [] };
    socket.on(CARRIER.frame, (_channel: number, frame: Uint8Array) => heard.frames.push(frame));
    socket.on(CARRIER.close, (channel: number, code: number) => {
      heard.closed[channel] = code;
    });
    await until('it stands', () => socket.connected);
    return { socket, heard };
  }
  async function opened(socket: Socket, channel: number, doc = 'list.a'): Promise<void> {
    const done = new Promise((resolve) => socket.once(CARRIER.opened, resolve));
    socket.emit(CARRIER.open, channel, doc);
    await done;
  }

  it('that is never read is not filled: one fresh sync comes when it has been (CO9)', async () => {
    const { socket, heard } = await line();
    await opened(socket, 1);
    socket.emit(CARRIER.frame, 1, step1Frame(new Uint8Array([0])));
    await until('it is in', () => heard.frames.length >= 3);
    for (let i = 0; i < 20; i++)
      await server.documents.change('list.a', (doc) => doc.getText('t').insert(0, 'x'.repeat(100_000)));
    const bytes = (): number => heard.frames.reduce((sum, frame) => sum + frame.byteLength, 0);
    await until('what is under way has come', () => bytes() > 512 * 1024);
    const [before, frames] = [bytes(), heard.frames.length];
    expect(before).toBeLessThan(800_000);
    socket.emit(CARRIER.read, frames);
    await until('it is caught up', () => heard.frames.length > frames);
    const next = readFrame(new Uint8Array(heard.frames[frames]!));
    expect(next.kind).toBe('step2');
    const doc = new Y.Doc();
    for (const each of heard.frames.map((frame) => readFrame(new Uint8Array(frame))))
      if (each.kind === 'step2' || each.kind === 'update') Y.applyUpdate(doc, each.update);
    expect(doc.getText('t').length).toBe(2_000_000);
  });

  it('takes no frame above the limit, no odd name, no old version, and not more documents than a page has', async () => {
    const { socket, heard } = await line();
    await opened(socket, 1);
    socket.emit(CARRIER.frame, 1, new Uint8Array(2 * 1024 * 1024 + 1));
    socket.emit(CARRIER.open, 2, 'a/b');
    socket.emit(CARRIER.open, 3, 'list.a', '0');
    await until('all are closed', () => [1, 2, 3].every((channel) => heard.closed[channel] !== undefined));
    expect(heard.closed.slice(1)).toEqual([1009, 4404, 4426]);
    for (let channel = 4; channel < 30; channel++) socket.emit(CARRIER.open, channel, 'list.a');
    await until('the rest are refused', () => heard.closed[29] === 4503);
    expect(server.documents.counts().sockets).toBe(16);
  });

  it('that speaks nonsense disturbs nobody (CO12)', async () => {
    const { socket } = await line();
    const odd = [undefined, null, -1, NaN, 'x', {}, [], new Uint8Array(), { length: 2 ** 40 }];
    for (const event of [CARRIER.open, CARRIER.frame, CARRIER.read, CARRIER.close, 'toString'])
      for (const a of odd) for (const b of odd) socket.emit(event, a, b);
    await opened(socket, 1);
    for (const a of odd) socket.emit(CARRIER.frame, 1, a);
    await until('the frames are counted', () => server.documents.counts().unreadable > 5);
    socket.disconnect();
    const live = openLive(server.url, { person: zhou });
    open.push(live);
    await saved(live);
    await until('nothing of it is left', () => server.documents.counts().sockets === 1);
  });

  it('of a foreign page is refused its documents', async () => {
    const address = `http://127.0.0.1:${server.port}${CARRIER.namespace}`;
    const socket = openLine(address, { as: 'he' }, { origin: 'http://evil.example' });
    lines.push(socket);
    const closed: number[] = [];
    socket.on(CARRIER.close, (_channel: number, code: number) => closed.push(code));
    socket.emit(CARRIER.open, 1, 'list.a');
    await until('it is refused', () => closed.length > 0);
    expect(closed).toEqual([4403]);
    expect(log.loads).toBe(0);
  });
});

describe('a network that lets no WebSocket through', () => {
  let proxy: BlockingProxy | undefined;
  afterEach(() => proxy?.close());

  function carrierOf(port: number, memory = new Map<string, string>()): Carrier {
    return createCarrier({
      fast: WebSocket as unknown as typeof globalThis.WebSocket,
      polling: pollingSocket(),
      answers: () =>
        fetch(`http://127.0.0.1:${port}/`).then(
          (answer) => answer.ok,
          () => false,
        ),
      memory: {
        getItem: (key) => memory.get(key) ?? null,
        setItem: (key, value) => void memory.set(key, value),
      },
      patienceMs: 300,
    });
  }
  function opens(port: number, carrier: Carrier, person = zhou): LiveDocument {
    const live = openLive(`ws://127.0.0.1:${port}/collab`, { person, socket: carrier.Socket });
    open.push(live);
    return live;
  }

  it.each(['refuse', 'swallow'] as const)(
    'is found out and gone round, once for the session (%s)',
    async (how) => {
      proxy = await blockingProxy(server.port, how);
      const memory = new Map<string, string>();
      const carrier = carrierOf(proxy.port, memory);
      let told = 0;
      carrier.slow.subscribe(() => told++);
      const [a, b] = [opens(proxy.port, carrier), opens(proxy.port, carrierOf(proxy.port), lu)];
      await saved(a, b);
      a.doc.getText('t').insert(0, '绕过');
      await until('the other sees it', () => textOf(b.doc) === '绕过');
      a.awareness.setLocalStateField('cell', 'r1:problem');
      const placeOf = (): unknown => b.awareness.getStates().get(a.doc.clientID)?.['cell'];
      await until('and where he is', () => placeOf() === 'r1:problem');
      expect([carrier.slow.get(), told]).toEqual([true, 1]);
      const blocked = proxy.blocked();
      const next = opens(proxy.port, carrierOf(proxy.port, memory));
      await saved(next);
      expect(proxy.blocked()).toBe(blocked);
    },
  );

  it('is not suspected while the server is away, nor when somebody leaves before the line stands', async () => {
    const carrier = carrierOf(server.port);
    const { port } = server;
    for (let i = 0; i < 5; i++) openLive(server.url, { person: lu, socket: carrier.Socket }).destroy();
    const live = opens(port, carrier);
    await saved(live);
    await server.stop();
    await until('it is offline', () => live.status.get().kind === 'offline');
    await new Promise((resolve) => setImmediate(resolve));
    server = await startCollab(log, port);
    await saved(live);
    const other = openLive(server.url, { person: lu, socket: carrier.Socket });
    open.push(other);
    await saved(other);
    other.awareness.setLocalStateField('cell', 'r1:problem');
    const placeOf = (): unknown => live.awareness.getStates().get(other.doc.clientID)?.['cell'];
    await until('the ordinary line shows where people are', () => placeOf() === 'r1:problem');
    expect(carrier.slow.get()).toBe(false);
  });
});
