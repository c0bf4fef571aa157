import { connect, type Socket } from 'node:net';
import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readFrame } from '../../server/collab/protocol.ts';
import { type CollabServer, startCollab, textOf, until } from '../support/collab-server.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';
import { Editor, RawClient } from '../support/raw-client.ts';
import { seeded } from '../support/seeded.ts';
import { awarenessFrame, step1Frame, updateFrame } from '../support/frames.ts';

let server: CollabServer;
let canary: [Editor, Editor];
const clients: RawClient[] = [];

beforeEach(async () => {
  server = await startCollab(new MemoryUpdateLog());
  canary = [await editor('zhou', 'list.canary'), await editor('lu', 'list.canary')];
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.ws.terminate();
  await server.stop();
});

async function raw(person: string, name = 'list.hit'): Promise<RawClient> {
  const client = await new RawClient(server.url, name, person).opened();
  clients.push(client);
  return client;
}
async function editor(person: string, name = 'list.hit'): Promise<Editor> {
  const client = await raw(person, name);
  const edits = new Editor(client, new Y.Doc());
  client.send(step1Frame(new Uint8Array([0])));
  await until('it is in', () => edits.told > 0 && client.durable === edits.told);
  return edits;
}
/** Two honest people in another document still hear each other, fast, on the sockets they had. */
async function canaryIsWell(): Promise<void> {
  const [a, b] = canary;
  const before = textOf(b.doc).length;
  const start = Date.now();
  a.doc.getText('t').insert(0, '好');
  await until('the canary sings', () => textOf(b.doc).length === before + 1);
  expect(Date.now() - start).toBeLessThan(250);
  expect([a.client.closed, b.client.closed]).toEqual([undefined, undefined]);
}
async function rawBytes(person: string): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `GET /collab/list.hit?as=${person} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  await new Promise((resolve) => socket.once('data', resolve));
  return socket;
}

it.each([
  ['reserved bits', [0xf2, 0x80, 0, 0, 0, 0]],
  ['a length of 2^62', [0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ['a bad close code', [0x88, 0x82, 0, 0, 0, 0, 0x00, 0x05]],
  ['an unmasked frame', [0x82, 0x02, 0, 0]],
  ['half a frame and a cut', [0x82, 0xfe, 0x10]],
])('a frame with %s ends its own socket and nothing else (CO12)', async (_what, bytes) => {
  const socket = await rawBytes('he');
  socket.end(Buffer.from(bytes));
  await until('the socket is gone', () => socket.destroyed);
  await until('the server has let go of it', () => server.documents.counts().sockets === 2);
  await canaryIsWell();
});

it('a text frame and an empty frame are dropped', async () => {
  const client = await raw('he');
  client.ws.send('hello');
  client.send(new Uint8Array());
  await until('both are counted', () => server.documents.counts().unreadable === 2);
  await canaryIsWell();
});

it('ten thousand seeded frames of noise, and honest ones bent out of shape, disturb nobody (CO6, CO12)', async () => {
  const random = seeded(20261122);
  const honest = honestFrames();
  const byte = (): number => Math.floor(random() * 256);
  let client = await raw('he');
  for (let i = 0; i < 10_000; i++) {
    if (client.closed !== undefined) client = await raw('he');
    const frame =
      random() < 0.1
        ? Uint8Array.from({ length: 1 + Math.floor(random() * 40) }, byte)
        : honest[Math.floor(random() * honest.length)]!.slice();
    for (let bends = Math.floor(random() * 3); bends > 0; bends--)
      frame[Math.floor(random() * frame.length)] = byte();
    client.send(frame);
    if (i % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    if (i % 500 === 0) await canaryIsWell();
  }
  const { refused, unreadable } = server.documents.counts();
  expect(refused).toBeGreaterThan(500);
  expect(unreadable).toBeGreaterThan(500);
  await canaryIsWell();
  const left = await server.documents.read('list.hit', (doc) => [
    doc.store.pendingStructs,
    doc.store.pendingDs,
  ]);
  expect(left).toEqual([null, null]);
});

it('the bomb of forty thousand unknown clients is refused in a moment (CO6)', async () => {
  const bomb = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 40_000);
    for (let client = 1; client <= 40_000; client++) {
      for (const n of [1, client, 0]) encoding.writeVarUint(encoder, n);
      encoding.writeUint8(encoder, 0x84);
      for (const n of [40_000 + client, 5]) encoding.writeVarUint(encoder, n);
      encoding.writeVarString(encoder, 'x');
    }
    encoding.writeVarUint(encoder, 0);
  });
  const client = await raw('he');
  client.send(step1Frame(new Uint8Array([0])));
  client.send(updateFrame(bomb));
  await until('it was refused', () => server.documents.counts().refused === 1);
  await canaryIsWell();
  expect(client.durable).toBe(0);
});

it('a forged deletion beyond the clock of its victim deletes nothing (CO6)', async () => {
  const victim = await editor('lu');
  victim.doc.getText('t').insert(0, '留');
  const forged = encoding.encode((encoder) => {
    for (const n of [0, 1, victim.doc.clientID, 1, 0, 1_000_000]) encoding.writeVarUint(encoder, n);
  });
  const attacker = await raw('he');
  attacker.send(step1Frame(new Uint8Array([0])));
  attacker.send(updateFrame(forged));
  await until('it was refused', () => server.documents.counts().refused === 1);
  victim.doc.getText('t').insert(1, '下');
  await until('all is durable', () => victim.client.durable === victim.told);
  expect(await server.documents.read('list.hit', textOf)).toBe('留下');
});

it('nobody shows himself under the id or the name of another (CO8)', async () => {
  const [victim, attacker, watcher] = [await raw('lu'), await raw('he'), await raw('shen')];
  for (const client of [victim, attacker, watcher]) client.send(step1Frame(new Uint8Array([0])));
  victim.send(awarenessFrame([{ clientId: 7, clock: 1, json: '{"cell":"a1"}' }]));
  await until('the victim is seen', () => states(watcher).some(([id]) => id === 7));
  attacker.send(
    awarenessFrame([
      { clientId: 7, clock: 2 ** 53 - 1, json: '{"user":{"name":"lu"},"cell":"fake"}' },
      { clientId: 8, clock: 1, json: '{"user":{"name":"lu","color":"red"}}' },
      { clientId: 9, clock: 1, json: '{}' },
    ]),
  );
  await until('the attacker is seen', () => states(watcher).some(([id]) => id === 8));
  const seen = states(watcher);
  expect(
    seen.filter(([id]) => id === 7).every(([, state]) => state.cell === 'a1' && state.user.id === 'lu'),
  ).toBe(true);
  expect(seen.filter(([id]) => id === 8).every(([, state]) => state.user.name === 'he')).toBe(true);
  expect(seen.some(([id]) => id === 9)).toBe(false);
  victim.ws.terminate();
  await until('who leaves is removed', () =>
    states(watcher).some(([id, state]) => id === 7 && state === null),
  );
});

type State = { cell?: string; user: { id: string; name: string } };
function states(client: RawClient): [number, State][] {
  return client.frames.flatMap((bytes) => {
    const frame = readFrame(bytes);
    if (frame.kind !== 'awareness') return [];
    return frame.entries.map(({ clientId, json }): [number, State] => [clientId, JSON.parse(json) as State]);
  });
}

function honestFrames(): Uint8Array[] {
  const doc = new Y.Doc();
  const frames: Uint8Array[] = [step1Frame(new Uint8Array([0]))];
  doc.on('update', (update) => frames.push(updateFrame(update)));
  doc.getText('t').insert(0, '一二三四五');
  doc.getText('t').delete(1, 2);
  doc.getMap('rows').set('r1', new Y.Map([['title', new Y.Text('问题')]]));
  doc.getMap('rows').set('r2', { any: [1, 'a', null] });
  doc.getXmlFragment('x').insert(0, [new Y.XmlElement('paragraph')]);
  frames.push(awarenessFrame([{ clientId: doc.clientID, clock: 1, json: '{"user":{"name":"x"}}' }]));
  return frames;
}
