import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { LiveDocument } from '../../client/lib/doc/open-document.ts';
import { FULL, MAX_DOCUMENT_BYTES } from '../../shared/live-document.ts';
import { carriers } from '../support/carriers.ts';
import { type CollabServer, startCollab, textOf, until } from '../support/collab-server.ts';
import { step1Frame, updateFrame } from '../support/frames.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';
import { disk, lu, openLive, rowsIn, zhou } from '../support/open-live.ts';
import { Editor, RawClient } from '../support/raw-client.ts';

const ROOM = 200_000;
let log: MemoryUpdateLog;
let server: CollabServer;
const open: LiveDocument[] = [];

/** Nearly all that a document may hold, in pieces that can be deleted. */
function nearlyFull(): Uint8Array {
  const doc = new Y.Doc();
  const pieces = doc.getArray<string>('pieces');
  const piece = 'x'.repeat(500_000);
  while (Y.encodeStateAsUpdate(doc).byteLength < MAX_DOCUMENT_BYTES - ROOM - 500_000) pieces.push([piece]);
  const rest = MAX_DOCUMENT_BYTES - ROOM - Y.encodeStateAsUpdate(doc).byteLength;
  pieces.push(['x'.repeat(rest - 20)]);
  return Y.encodeStateAsUpdate(doc);
}

beforeEach(async () => {
  log = new MemoryUpdateLog();
  await log.append([{ doc: 'list.a', update: nearlyFull() }]);
  server = await startCollab(log);
});
afterEach(async () => {
  for (const live of open.splice(0)) live.destroy();
  await server.stop();
});

const sizeOf = async (): Promise<number> =>
  (await server.documents.read('list.a', (doc) => Y.encodeStateAsUpdate(doc))).byteLength;
const saved = (live: LiveDocument): Promise<void> =>
  until('all is saved', () => live.status.get().kind === 'saved', 20_000);

describe.each(carriers())('a document of 16 MiB over $title', ({ socket }) => {
  function opens(person: typeof zhou, factory = disk()): LiveDocument {
    const live = openLive(server.url, {
      person,
      socket: socket(),
      outbox: { factory, beatMs: 30, deadMs: 120 },
    });
    open.push(live);
    return live;
  }

  it('takes nothing more, says so, keeps the words on the device, and takes them when somebody has made room', async () => {
    const factory = disk();
    const [author, other] = [opens(zhou, factory), opens(lu)];
    await saved(author);
    await saved(other);
    author.doc.getText('t').insert(0, '少'.repeat(20_000));
    await saved(author);
    author.doc.getText('t').insert(0, `多${'多'.repeat(50_000)}`);
    await until('he is told', () => author.status.get().reason === 'full', 20_000);
    expect(author.status.get()).toMatchObject({ kind: 'unsaved', waiting: 1, kept: true });
    expect(await author.unsavedWords()).toMatch(/^多+$/);
    await until('it is kept', async () => (await rowsIn(factory)) === 1);
    author.doc.getText('t').insert(0, '后面的');
    expect(await server.documents.read('list.a', textOf)).toMatch(/^少+$/);
    other.doc.getArray('pieces').delete(0, 1);
    await saved(other);
    await saved(author);
    expect(await server.documents.read('list.a', textOf)).toMatch(/^后面的多+少+$/);
    expect(await sizeOf()).toBeLessThan(MAX_DOCUMENT_BYTES);
    expect(await rowsIn(factory)).toBe(0);
  });

  it('lets its author delete, also what is there already, and what he takes back is saved', async () => {
    const author = opens(zhou);
    await saved(author);
    author.doc.getText('t').insert(0, '多'.repeat(100_000));
    await until('he is told', () => author.status.get().reason === 'full', 20_000);
    author.doc.getText('t').delete(0, 100_000);
    await saved(author);
    author.doc.getText('t').insert(0, '多'.repeat(100_000));
    await until('he is told again', () => author.status.get().reason === 'full', 20_000);
    author.doc.getArray('pieces').delete(0, 1);
    await saved(author);
    expect((await server.documents.read('list.a', textOf)).length).toBe(100_000);
    expect(server.documents.counts().refused).toBeLessThan(12);
  });
});

it('a stock client hears the code, is not sent away, and has its deletions taken', async () => {
  const editor = new Editor(await new RawClient(server.url, 'list.a', 'he').opened(), new Y.Doc());
  editor.client.send(step1Frame(new Uint8Array([0])));
  await until('he has it', () => editor.doc.getArray('pieces').length > 20);
  for (let i = 0; i < 40; i++) editor.doc.getText('t').insert(0, 'y'.repeat(10_000));
  const told = (): number =>
    editor.client.frames.filter((frame) => frame[0] === 2 && Buffer.from(frame).includes(FULL)).length;
  await until('he is told', () => told() > 0, 20_000);
  expect(editor.client.closed).toBeUndefined();
  expect(await sizeOf()).toBeLessThanOrEqual(MAX_DOCUMENT_BYTES);
  editor.doc.getArray('pieces').delete(0, 2);
  await until('all is durable', () => editor.client.durable === editor.told, 20_000);
  expect(await server.documents.read('list.a', textOf)).toHaveLength(400_000);
});

it('an update with a deletion and an insertion has its deletion taken', async () => {
  const client = await new RawClient(server.url, 'list.a', 'he').opened();
  client.send(step1Frame(new Uint8Array([0])));
  const doc = new Y.Doc();
  Y.applyUpdate(doc, (await log.load('list.a'))[0]!.update);
  const before = Y.encodeStateVector(doc);
  doc.transact(() => {
    doc.getArray('pieces').delete(3, 1);
    doc.getArray('pieces').insert(3, ['z'.repeat(800_000)]);
  });
  const pieces = doc.getArray('pieces').length;
  client.send(updateFrame(Y.encodeStateAsUpdate(doc, before)));
  await until('it is deleted', async () =>
    server.documents.read('list.a', (held) => held.getArray('pieces').length === pieces - 1),
  );
  expect(client.durable).toBe(0);
});
