import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { LiveDocument } from '../../client/lib/doc/open-document.ts';
import { type CollabServer, startCollab, textOf, until } from '../support/collab-server.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';
import { disk, openLive, tabOf, zhou } from '../support/open-live.ts';
import { RawClient } from '../support/raw-client.ts';
import { step1Frame, updateFrame } from '../support/frames.ts';

let log: MemoryUpdateLog;
let server: CollabServer;
const open: LiveDocument[] = [];

beforeEach(async () => {
  log = new MemoryUpdateLog();
  server = await startCollab(log);
});
afterEach(async () => {
  for (const live of open.splice(0)) live.destroy();
  await server.stop();
});

function opens(options: Parameters<typeof openLive>[1] = { person: zhou }): LiveDocument {
  const live = openLive(server.url, options);
  open.push(live);
  return live;
}
const saved = (live: LiveDocument): Promise<void> =>
  until('all is saved', () => live.status.get().kind === 'saved');

/** Collected pieces: 12 bytes or less that say "all of this is known and gone". */
function squat(clientId: number, clock: number, length: number): Uint8Array {
  return encoding.encode((encoder) => {
    for (const n of [1, 1, clientId, clock, 0, length, 0]) encoding.writeVarUint(encoder, n);
  });
}

/** Somebody else writes under that id, on a server that its owner cannot reach; then the owner's server is back. */
async function attackWhileAway(frame: Uint8Array): Promise<number> {
  const { port } = server;
  server = await startCollab(log);
  const attacker = await new RawClient(server.url, 'list.a', 'he').opened();
  attacker.send(step1Frame(new Uint8Array([0])));
  await until('the attacker is in', () => attacker.count('step1') === 1);
  attacker.send(updateFrame(frame));
  const before = log.appends;
  await until('it was judged', () => server.documents.counts().refused === 1 || log.appends > before);
  const { refused } = server.documents.counts();
  attacker.ws.terminate();
  await server.stop();
  server = await startCollab(log, port);
  return refused;
}

describe('somebody who is away with unsaved words (CO13)', () => {
  it('loses none of them to pieces forged under his id, even after restarts of the server', async () => {
    const victim = opens();
    await saved(victim);
    victim.doc.getText('t').insert(0, '一');
    await saved(victim);
    await server.stop();
    victim.doc.getText('t').insert(1, '二三四');
    const frame = squat(victim.doc.clientID, 1, 3);
    expect(frame.byteLength).toBeLessThanOrEqual(12);
    expect(await attackWhileAway(frame)).toBe(1);
    await saved(victim);
    expect(textOf(victim.doc)).toBe('一二三四');
    expect(await server.documents.read('list.a', textOf)).toBe('一二三四');
  });

  it('is safe too if he had only shown himself and written nothing yet', async () => {
    const victim = opens();
    await saved(victim);
    await until('his id is stored', () => log.rows.has('ledger.list.a'));
    await server.stop();
    victim.doc.getText('t').insert(0, '一二三');
    expect(await attackWhileAway(squat(victim.doc.clientID, 0, 3))).toBe(1);
    await saved(victim);
    expect(await server.documents.read('list.a', textOf)).toBe('一二三');
  });

  it('has them sent from another tab of his own, under the old id', async () => {
    const factory = disk();
    const tab = tabOf(factory);
    const first = opens({ person: zhou, outbox: { factory: tab.factory, beatMs: 30, deadMs: 120 } });
    await saved(first);
    first.doc.getText('t').insert(0, '一');
    await saved(first);
    const { port } = server;
    await server.stop();
    first.doc.getText('t').insert(1, '二');
    await until('it is kept', () => first.status.get().kind !== 'saved');
    await new Promise((resolve) => setImmediate(resolve));
    tab.kill();
    first.destroy();
    server = await startCollab(log, port);
    const second = opens({ person: zhou, outbox: { factory, beatMs: 30, deadMs: 120 } });
    await until('the old words are here', () => textOf(second.doc) === '一二');
    await saved(second);
    expect(await server.documents.read('list.a', textOf)).toBe('一二');
    expect(server.documents.counts().refused).toBe(0);
  });
});

it('a document from before the ledger takes the work of its authors, who own their ids from then on (CO13)', async () => {
  const doc = new Y.Doc();
  doc.getText('t').insert(0, '旧');
  await log.append([{ doc: 'list.a', update: Y.encodeStateAsUpdate(doc) }]);
  const before = Y.encodeStateVector(doc);
  doc.getText('t').insert(1, '新');
  const update = Y.encodeStateAsUpdate(doc, before);
  const author = await new RawClient(server.url, 'list.a', 'zhou').opened();
  author.send(updateFrame(update));
  await until('it is stored', () => author.durable === 1);
  author.ws.terminate();
  expect(await server.documents.read('list.a', textOf)).toBe('旧新');
  await server.stop();
  expect(await attackWhileAway(squat(doc.clientID, 2, 5))).toBe(1);
});

it('what the server itself wrote is continued by nobody (CO13)', async () => {
  const id = await server.documents.change('list.a', (doc) => {
    doc.getText('t').insert(0, '会');
    return doc.clientID;
  });
  await server.stop();
  expect(await attackWhileAway(squat(id, 1, 5))).toBe(1);
});
