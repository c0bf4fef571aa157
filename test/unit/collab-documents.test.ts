import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { createDocuments, type Documents } from '../../server/collab/documents.ts';
import { readFrame } from '../../server/collab/protocol.ts';
import type { Access, Refusal } from '../../server/platform/doc-socket.ts';
import { testLog, textOf } from '../support/collab-server.ts';
import { FakeSocket } from '../support/fake-socket.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';
import { awarenessFrame, step1Frame, step2Frame, updateFrame } from '../support/frames.ts';

const NOTHING = new Uint8Array([0]);
let log: MemoryUpdateLog;
let documents: Documents;

beforeEach(() => {
  vi.useFakeTimers();
  log = new MemoryUpdateLog();
  documents = createDocuments({ updates: log, log: testLog });
});
afterEach(async () => {
  log.go();
  await documents.close();
  vi.useRealTimers();
});

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

function arrive(
  access: () => Promise<Access | Refusal> = async () => 'write',
  doc = 'list.a',
  personId = 'zhou',
): FakeSocket {
  const socket = new FakeSocket();
  documents.connect(socket, doc, { personId, name: '周敏', access });
  return socket;
}
async function join(doc = 'list.a', personId?: string): Promise<FakeSocket> {
  const socket = arrive(undefined, doc, personId);
  socket.say(step1Frame(NOTHING));
  await settle();
  return socket;
}
/** The updates of one author, one for each piece of text. */
function updatesOf(...pieces: string[]): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const piece of pieces) doc.getText('t').insert(doc.getText('t').length, piece);
  return updates;
}
/** What a socket has heard, as a document. */
function heard(socket: FakeSocket): Y.Doc {
  const doc = new Y.Doc();
  for (const bytes of socket.sent) {
    const frame = readFrame(bytes);
    if (frame.kind === 'step2' || frame.kind === 'update') Y.applyUpdate(doc, frame.update);
  }
  return doc;
}

describe('a batch', () => {
  it('goes at once from a quiet document; what comes during its commit is one batch and one frame (CO3)', async () => {
    const [author, reader] = [await join(), await join()];
    const [a, b, c] = updatesOf('一', '二', '三');
    log.stall();
    author.say(updateFrame(a!));
    await settle();
    expect(log.appends).toBe(1);
    author.say(updateFrame(b!));
    author.say(updateFrame(c!));
    await settle();
    expect(log.appends).toBe(1);
    log.go();
    await settle();
    expect(log.appends).toBe(2);
    expect(reader.kinds().filter((kind) => kind === 'update')).toHaveLength(2);
    expect(textOf(heard(reader))).toBe('一二三');
  });

  it('is one commit for all documents, and one write for each socket (CO3)', async () => {
    const [a, b] = [await join('list.a'), await join('list.b')];
    const reader = await join('list.b');
    const writes = reader.writes;
    for (const update of updatesOf('一', '二')) b.say(updateFrame(update));
    a.say(updateFrame(updatesOf('三')[0]!));
    b.say(awarenessFrame([{ clientId: 7, clock: 1, json: '{"cell":"r1"}' }]));
    b.say(awarenessFrame([{ clientId: 7, clock: 2, json: '{"cell":"r2"}' }]));
    await settle(60);
    expect(log.appends).toBe(1);
    expect(log.rows.get('list.a')).toHaveLength(1);
    expect(log.rows.get('list.b')).toHaveLength(1);
    expect(reader.writes - writes).toBe(1);
    expect(reader.kinds().slice(-2)).toEqual(['update', 'awareness']);
    const last = readFrame(reader.sent.at(-1)!);
    expect(last.kind === 'awareness' && last.entries.map((entry) => JSON.parse(entry.json))).toMatchObject([
      { cell: 'r2' },
    ]);
  });

  it('that hangs holds up no other document for longer than a second, and is told when it is stored after all (CO5)', async () => {
    const [a, b] = [await join('list.a'), await join('list.b')];
    log.hanging = 'list.a';
    a.say(updateFrame(updatesOf('一')[0]!));
    await settle();
    b.say(updateFrame(updatesOf('二')[0]!));
    await settle(1_100);
    expect(log.rows.get('list.b')).toHaveLength(1);
    expect([a.kinds().includes('durable'), b.kinds().includes('durable')]).toEqual([false, true]);
    log.go();
    await settle(60);
    expect(a.kinds()).toContain('durable');
    expect(log.rows.get('list.a')).toHaveLength(1);
  });

  it('that cannot be stored for one document holds up no other (CO5)', async () => {
    const [a, b] = [await join('list.a'), await join('list.b')];
    log.poison = 'list.a';
    a.say(updateFrame(updatesOf('一')[0]!));
    b.say(updateFrame(updatesOf('二')[0]!));
    await settle(60);
    expect([a.kinds().includes('durable'), b.kinds().includes('durable')]).toEqual([false, true]);
    b.say(updateFrame(updatesOf('三')[0]!));
    await settle(60);
    expect(log.rows.get('list.b')).toHaveLength(2);
    log.poison = undefined;
    await settle(2_100);
    expect(a.kinds()).toContain('durable');
    expect(log.rows.get('list.a')).toHaveLength(1);
  });

  it('with a frame against the rules passes the others, and asks its author again (CO6)', async () => {
    const [author, reader] = [await join(), await join()];
    const [, gap] = updatesOf('一', '二');
    const [fine] = updatesOf('三');
    author.say(updateFrame(gap!));
    author.say(updateFrame(fine!));
    await settle(100);
    expect(textOf(heard(reader))).toBe('三');
    expect(author.kinds().filter((kind) => kind === 'step1')).toHaveLength(2);
    expect(author.kinds()).not.toContain('durable');
    expect(documents.counts().refused).toBe(1);
  });

  it('that is refused again and again ends the socket with 4503, ever more slowly (CO6)', async () => {
    const author = await join();
    const [, gap] = updatesOf('一', '二');
    for (let i = 0; i < 13; i++) {
      author.say(updateFrame(gap!));
      await settle(10_000);
    }
    expect(author.closedWith).toBe(4503);
  });
});

describe('a slow reader (CO9)', () => {
  it('is sent no backlog but one fresh sync when it has caught up', async () => {
    const [author, slow] = [await join(), await join()];
    const updates = updatesOf('一', '二', '三', '四');
    slow.bufferedAmount = 600_000;
    author.say(updateFrame(updates[0]!));
    await settle();
    const queued = slow.sent.length;
    for (const update of updates.slice(1)) {
      author.say(updateFrame(update));
      await settle();
    }
    expect(slow.sent.length).toBe(queued);
    slow.bufferedAmount = 0;
    await settle(200);
    expect(slow.kinds().slice(queued)[0]).toBe('step2');
    expect(textOf(heard(slow))).toBe('一二三四');
  });

  it('that comes to a large document hears what was said while it was reading that', async () => {
    const socket = arrive();
    socket.bufferedAmount = 900_000;
    socket.say(step1Frame(NOTHING));
    await settle();
    expect(socket.kinds()).toEqual(['step2', 'step1', 'awareness']);
    const author = await join();
    const [first, second] = updatesOf('一', '二');
    author.say(updateFrame(first!));
    await settle();
    expect(socket.kinds()).not.toContain('update');
    socket.bufferedAmount = 0;
    await settle(200);
    expect(textOf(heard(socket))).toBe('一');
    author.say(updateFrame(second!));
    await settle();
    expect(textOf(heard(socket))).toBe('一二');
  });

  it('that never reads again is sent away', async () => {
    const [author, slow] = [await join(), await join()];
    slow.bufferedAmount = 600_000;
    author.say(updateFrame(updatesOf('一')[0]!));
    await settle(31_000);
    expect(slow.closedWith).toBe(4503);
    expect(author.closedWith).toBeUndefined();
  });

  it('that asks while it is behind is answered from where it says it is', async () => {
    const [author, slow] = [await join(), await join()];
    slow.bufferedAmount = 600_000;
    author.say(updateFrame(updatesOf('一')[0]!));
    await settle();
    const queued = slow.sent.length;
    slow.say(step1Frame(NOTHING));
    slow.bufferedAmount = 0;
    await settle(200);
    const fresh = new Y.Doc();
    for (const frame of slow.sent.slice(queued).map(readFrame))
      if (frame.kind === 'step2' || frame.kind === 'update') Y.applyUpdate(fresh, frame.update);
    expect(textOf(fresh)).toBe('一');
  });
});

describe('the store', () => {
  it('that is away for long costs bounded memory: beyond 64 MiB writers are sent away (CO5)', async () => {
    log.failAppends = true;
    const sockets: FakeSocket[] = [];
    for (let i = 0; i < 75 && !sockets.some((socket) => socket.closedWith); i++) {
      const socket = await join('list.a', `person ${i}`);
      sockets.push(socket);
      socket.say(updateFrame(updatesOf('x'.repeat(990_000))[0]!));
      await settle();
    }
    expect(sockets.at(-1)!.closedWith).toBe(4503);
    expect(sockets.length).toBeGreaterThan(60);
    log.failAppends = false;
    await settle(10_000);
    expect(documents.counts().unstoredBytes).toBe(0);
    expect(sockets[0]!.kinds()).toContain('durable');
  });

  it('gets one snapshot in the place of many updates, and nothing is lost by it (CO10)', async () => {
    const author = await join();
    author.say(step2Frame(new Uint8Array([0, 0])));
    const pieces = Array.from({ length: 510 }, (_, i) => String.fromCharCode(0x4e00 + i));
    for (const update of updatesOf(...pieces)) {
      author.say(updateFrame(update));
      await settle();
    }
    expect(log.compactions).toBe(1);
    expect((await log.load('list.a')).length).toBeLessThan(20);
    const stored = new Y.Doc();
    for (const { update } of await log.load('list.a')) Y.applyUpdate(stored, update);
    expect(textOf(stored)).toBe(pieces.join(''));
  });
});

describe('what was deleted (CO10)', () => {
  const stored = async (word: string): Promise<boolean> =>
    (await log.load('list.a')).some(({ update }) => Buffer.from(update).includes(word));
  /** Types a word and deletes it again. */
  async function typeAndDelete(author: FakeSocket, word: string): Promise<Y.Doc> {
    const doc = new Y.Doc();
    doc.on('update', (update: Uint8Array) => author.say(updateFrame(update)));
    doc.getText('t').insert(0, `一${word}二`);
    await settle();
    doc.getText('t').delete(1, word.length);
    await settle();
    return doc;
  }

  it('reaches nobody who comes after it, and has left the stored rows five seconds later', async () => {
    await typeAndDelete(await join(), '写错了');
    const late = await join();
    expect(late.sent.some((frame) => Buffer.from(frame).includes('写错了'))).toBe(false);
    expect(textOf(heard(late))).toBe('一二');
    expect(await stored('写错了')).toBe(true);
    await settle(5_100);
    expect(await stored('写错了')).toBe(false);
    expect(log.rows.get('list.a')).toHaveLength(1);
  });

  it('leaves them within half a minute though somebody deletes all the time, and in few compactions', async () => {
    const doc = await typeAndDelete(await join(), '写错了');
    for (let i = 0; i < 29; i++) {
      doc.getText('t').insert(1, '又');
      doc.getText('t').delete(1, 1);
      await settle(1_000);
    }
    await settle(1_500);
    expect(await stored('写错了')).toBe(false);
    expect(log.compactions).toBe(1);
  });

  it('leaves them before the document leaves the memory, and when the server stops', async () => {
    const author = await join();
    await typeAndDelete(author, '写错了');
    await documents.drain();
    expect(await stored('写错了')).toBe(false);
  });

  it('leaves them after a crash once somebody opens the document', async () => {
    const [first, second] = updatesOf('写错了', '二');
    const doc = new Y.Doc();
    for (const update of [first!, second!]) Y.applyUpdate(doc, update);
    const before = Y.encodeStateVector(doc);
    doc.getText('t').delete(0, 3);
    const rows = [first!, second!, Y.encodeStateAsUpdate(doc, before)];
    await log.append(rows.map((update) => ({ doc: 'list.a', update })));
    await join();
    await settle(5_100);
    expect(await stored('写错了')).toBe(false);
    await settle(120_000);
    expect(log.compactions).toBe(1);
  });

  it('is tried again later where the store cannot do it', async () => {
    const warned = log.compact.bind(log);
    log.compact = async () => Promise.reject(new Error('away'));
    await typeAndDelete(await join(), '写错了');
    await settle(5_100);
    expect(await stored('写错了')).toBe(true);
    log.compact = warned;
    await settle(31_000);
    expect(await stored('写错了')).toBe(false);
  });
});

describe('a document nobody uses (CO2)', () => {
  it('lingers ten seconds, so that a reload finds it, and goes then', async () => {
    const first = await join();
    first.hangUp();
    await settle(9_000);
    const second = await join();
    expect(log.loads).toBe(1);
    second.hangUp();
    await settle(9_000);
    expect(documents.counts().documents).toBe(1);
    await settle(2_000);
    expect(documents.counts()).toMatchObject({ documents: 0, sockets: 0 });
  });

  it('stays until everything is stored', async () => {
    const author = await join();
    log.failAppends = true;
    author.say(updateFrame(updatesOf('未存')[0]!));
    await settle();
    author.hangUp();
    await settle(60_000);
    expect(documents.counts().documents).toBe(1);
    log.failAppends = false;
    await settle(20_000);
    expect(documents.counts().documents).toBe(0);
    expect(await documents.read('list.a', textOf)).toBe('未存');
  });
});

describe('rights (CO7)', () => {
  it('are those of the last question asked, even if an older answer comes later', async () => {
    let answerFirst: (access: Access) => void = () => undefined;
    const answers = [
      new Promise<Access>((resolve) => {
        answerFirst = resolve;
      }),
      Promise.resolve<Refusal>('forbidden'),
    ];
    const socket = arrive(() => answers.shift()!);
    await documents.recheck(() => true);
    answerFirst('write');
    await settle();
    expect(socket.closedWith).toBe(4403);
  });

  it('that cannot be found out let nobody in and send nobody away for good', async () => {
    const socket = arrive(() => Promise.reject(new Error('the store is away')));
    await settle();
    expect(socket.closedWith).toBe(4503);
    expect(log.loads).toBe(0);
  });

  it('are asked before anything is loaded, and what was said meanwhile is read then (CO1)', async () => {
    let answer: (access: Access) => void = () => undefined;
    const socket = arrive(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    socket.say(step1Frame(NOTHING));
    await settle();
    expect(log.loads).toBe(0);
    answer('write');
    await settle();
    expect(socket.kinds()).toEqual(['step2', 'step1', 'awareness']);
  });

  it('that never come do not let what is said meanwhile pile up', async () => {
    const socket = arrive(() => new Promise(() => undefined));
    for (let i = 0; i < 300; i++) socket.say(step1Frame(NOTHING));
    await settle();
    expect(socket.closedWith).toBe(4503);
  });
});

it('everybody hears a sign of life at least every fifteen seconds (CO8)', async () => {
  const socket = await join();
  const before = socket.sent.length;
  await settle(15_000);
  expect(socket.sent.length).toBeGreaterThan(before);
});
