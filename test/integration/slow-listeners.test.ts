import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket as TcpSocket } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { io, type Socket as ClientSocket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connOf, waitingFor } from '../../server/platform/engine-line.ts';
import { MAX_WAITING_BYTES } from '../../server/realtime/line.ts';
import { createSocketHub, type SocketHub } from '../../server/realtime/socket-hub.ts';
import type { Entry } from '../../shared/log.ts';
import type { Connection } from '../../server/platform/handler.ts';

const SESSION = '00000000-0000-7000-8000-00000000000a';
const CHANNEL = 'session:a:member';
const WORDS = '说'.repeat(5000);
const WAIT = { timeout: 10_000, interval: 10 };

let http: HttpServer;
let server: Server;
let hub: SocketHub;
let clients: ClientSocket[];
let inside: { socket: Socket; connection: Connection }[];
beforeEach(async () => {
  [clients, inside] = [[], []];
  http = createServer();
  server = new Server(http, { serveClient: false });
  hub = createSocketHub({ maxBehindMs: 1000 });
  server.on('connection', (socket) => {
    const connection = hub.enter(socket, { personId: 'p', tokenId: socket.id });
    connection.join(CHANNEL);
    inside.push({ socket, connection });
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
});
afterEach(async () => {
  for (const client of clients) client.disconnect();
  await server.close();
});

interface Heard {
  client: ClientSocket;
  seqs: number[];
  /** The server's side. */
  socket: Socket;
  connection: Connection;
  tcp(): TcpSocket;
}

async function enter(transport = 'websocket'): Promise<Heard> {
  const { port } = http.address() as AddressInfo;
  const client = io(`http://127.0.0.1:${port}`, {
    transports: [transport],
    forceNew: true,
    reconnection: false,
  });
  clients.push(client);
  const seqs: number[] = [];
  client.on('entry:appended', ({ entries }: { entries: Entry[] }) => {
    for (const { seq } of entries) seqs.push(seq);
  });
  const before = inside.length;
  await expect.poll(() => inside.length, WAIT).toBe(before + 1);
  await expect.poll(() => client.connected, WAIT).toBe(true);
  const tcp = () => (client.io.engine.transport as unknown as { ws: { _socket: TcpSocket } }).ws._socket;
  return { client, seqs, tcp, ...inside[before]! };
}

let seq: number;
beforeEach(() => {
  seq = 0;
});
function say(words = WORDS): void {
  seq++;
  const entry: Entry = {
    ...{ sessionId: SESSION, seq, at: '2026-03-18T06:30:00.000Z', by: 'p', kind: 'said' },
    ...{ id: SESSION, messageKind: 'speech', body: words },
  } as Entry;
  hub.publish(CHANNEL, 'entry:appended', { sessionId: SESSION, entries: [entry] });
}
const turn = () => new Promise((resolve) => setImmediate(resolve));
const upTo = (n: number) => Array.from({ length: n }, (_, at) => at + 1);
const FRAME = 15_400;

/** Talks until the socket has fallen behind and 200 entries more, and gives back the most that ever waited for it. */
async function drown(slow: Heard): Promise<number> {
  let most = 0;
  for (let more = 0; more < 200; ) {
    say();
    const waits = waitingFor(connOf(slow.socket));
    most = Math.max(most, waits);
    if (waits > MAX_WAITING_BYTES) more++;
    await turn();
  }
  return most;
}

describe('who does not read on', () => {
  test('is queued half a megabyte at most, hears the newest when it reads again, and holds up nobody', async () => {
    const [fast, slow] = [await enter(), await enter()];
    slow.tcp().pause();
    expect(await drown(slow)).toBeLessThan(MAX_WAITING_BYTES + FRAME);
    await expect.poll(() => fast.seqs.length, WAIT).toBe(seq);
    expect(fast.seqs).toEqual(upTo(seq));
    slow.tcp().resume();
    await expect.poll(() => slow.seqs.at(-1), WAIT).toBe(seq);
    // What it was sent before it fell behind, whole and in order; then the newest, from which it sees the gap.
    expect(slow.seqs).toEqual([...upTo(slow.seqs.length - 1), seq]);
    expect(slow.seqs.length).toBeLessThan(seq - 150);
    for (let n = 0; n < 20; n++) say('再说');
    await expect.poll(() => slow.seqs.slice(-20), WAIT).toEqual(upTo(seq).slice(-20));
    expect([slow.client.connected, fast.client.connected]).toEqual([true, true]);
  });

  test('for too long is cut off at once, with all that waits', async () => {
    const slow = await enter();
    slow.tcp().pause();
    await drown(slow);
    await expect.poll(() => slow.socket.connected, WAIT).toBe(false);
    expect(hub.members(CHANNEL)).toEqual([]);
    expect(waitingFor(connOf(slow.socket))).toBeLessThan(1024);
  });

  test('and has left meanwhile hears nothing of that place any more', async () => {
    const slow = await enter();
    slow.connection.join('session:a');
    const elsewhere = new Promise((resolve) => slow.client.once('session:changed', resolve));
    slow.tcp().pause();
    await drown(slow);
    hub.publish('session:a', 'session:changed', { sessionId: SESSION, session: {} as never });
    slow.connection.leave(CHANNEL);
    slow.tcp().resume();
    // Kept at the same time as the newest entry, and behind it.
    await elsewhere;
    expect(slow.seqs).toEqual(upTo(slow.seqs.length));
    expect(slow.seqs.at(-1)).toBeLessThan(seq);
  });

  test('on long-polling is bounded as well', async () => {
    const slow = await enter('polling');
    const polls = slow.client.io.engine.transport as unknown as { _poll(): void };
    const poll = polls._poll.bind(polls);
    polls._poll = () => undefined;
    expect(await drown(slow)).toBeLessThan(MAX_WAITING_BYTES + FRAME);
    polls._poll = poll;
    poll();
    await expect.poll(() => slow.seqs.at(-1), WAIT).toBe(seq);
    expect(slow.seqs).toEqual([...upTo(slow.seqs.length - 1), seq]);
  });
});

describe('what goes to one socket', () => {
  test('comes in the order in which it was sent, told and answered alike', async () => {
    const one = await enter();
    const order: number[] = [];
    one.client.on('entry:appended', ({ entries }: { entries: Entry[] }) => order.push(entries[0]!.seq));
    one.client.on('mark', (mark: number) => order.push(mark));
    for (let n = 0; n < 300; n++) {
      const marked = n % 3;
      if (marked > 0) one.socket.emit('mark', ++seq);
      if (marked > 1) one.socket.emit('mark', ++seq);
      say(n % 7 === 0 ? WORDS : '短');
      if (n % 5 === 0) await turn();
    }
    await expect.poll(() => order.length, WAIT).toBe(seq);
    expect(order).toEqual(upTo(seq));
  });
});
