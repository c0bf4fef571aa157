import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { BINARY, Outgoing, TEXT } from '../../server/platform/outgoing.ts';
import { writeFrames } from '../../server/platform/ws-write.ts';

let http: Server;
let sockets: WebSocketServer;

async function pair(deflate = false): Promise<{ ours: WebSocket; theirs: WebSocket; got: string[] }> {
  sockets = new WebSocketServer({ server: http, perMessageDeflate: deflate ? { threshold: 0 } : false });
  const theirs = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  const got: string[] = [];
  theirs.on('message', (data: Buffer, binary) =>
    got.push(`${binary ? 'b' : 't'}${data.length}:${data.subarray(0, 8)}`),
  );
  theirs.on('ping', (data) => got.push(`ping:${data}`));
  theirs.on('close', (code) => got.push(`close:${code}`));
  const [ours] = (await once(sockets, 'connection')) as [WebSocket];
  if (theirs.readyState !== WebSocket.OPEN) await once(theirs, 'open');
  return { ours, theirs, got };
}
const tcp = (ws: WebSocket): Socket => (ws as unknown as { _socket: Socket })._socket;
const bytes = (...parts: string[]): Outgoing =>
  Outgoing.of(BINARY, ...parts.map((part) => Buffer.from(part)));

beforeEach(async () => {
  http = createServer();
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
});
afterEach(() => {
  for (const ws of sockets.clients) ws.terminate();
  sockets.close();
  http.close();
});

describe('frames written to the TCP socket beside ws', () => {
  it('arrive as what they are, at every length of a header', async () => {
    const { ours, got } = await pair();
    const sizes = [0, 1, 125, 126, 65_535, 65_536, 900_000];
    for (const size of sizes) writeFrames(ours, [Outgoing.of(BINARY, Buffer.alloc(size, 'x'))]);
    await expect.poll(() => got.length).toBe(sizes.length);
    expect(got.map((each) => each.split(':')[0])).toEqual(sizes.map((size) => `b${size}`));
  });

  it('stand in order with everything that ws itself sends, several of them in one write', async () => {
    const { ours, got } = await pair();
    const socket = tcp(ours);
    const before = socket.bytesWritten;
    writeFrames(ours, [bytes('one'), bytes('t', 'wo')]);
    ours.ping('a');
    ours.send('three');
    writeFrames(ours, [
      Outgoing.join([Outgoing.of(TEXT, Buffer.from('four')), Outgoing.of(TEXT, Buffer.from('five'))]),
    ]);
    ours.ping('b');
    writeFrames(ours, [bytes('six')]);
    ours.close(4503);
    writeFrames(ours, [bytes('too late')]);
    await expect.poll(() => got.at(-1)).toBe('close:4503');
    expect(got).toEqual([
      'b3:one',
      'b3:two',
      'ping:a',
      't5:three',
      't4:four',
      't4:five',
      'ping:b',
      'b3:six',
      'close:4503',
    ]);
    expect(socket.bytesWritten - before).toBe(5 + 5 + 3 + 7 + 6 + 6 + 3 + 5 + 4);
  });

  it('count as waiting when the other side does not read', async () => {
    const { ours, theirs, got } = await pair();
    theirs.pause();
    const big = Outgoing.of(BINARY, Buffer.alloc(1_000_000, 'y'));
    for (let i = 0; i < 20; i++) writeFrames(ours, [big]);
    expect(ours.bufferedAmount).toBeGreaterThan(10_000_000);
    theirs.resume();
    await expect.poll(() => got.length).toBe(20);
    await expect.poll(() => ours.bufferedAmount).toBe(0);
  });

  it('go through ws when it compresses, still in order', async () => {
    const { ours, got } = await pair(true);
    ours.send('a'.repeat(50_000));
    writeFrames(ours, [bytes('bin'), Outgoing.of(TEXT, Buffer.from('text'))]);
    ours.send('last');
    await expect.poll(() => got.length).toBe(4);
    expect(got).toEqual(['t50000:aaaaaaaa', 'b3:bin', 't4:text', 't4:last']);
  });

  it('go through ws when its inside looks different from what is known', async () => {
    const { ours, got } = await pair();
    Object.defineProperty(ours, '_sender', { value: undefined, configurable: true });
    const sent: unknown[] = [];
    ours.send = ((data: unknown) => sent.push(data)) as never;
    writeFrames(ours, [bytes('one'), bytes('two')]);
    expect(sent.map(String)).toEqual([[...Buffer.from('one')].join(','), [...Buffer.from('two')].join(',')]);
    expect(got).toEqual([]);
  });

  it('to a socket that is gone do nothing', async () => {
    const { ours, theirs } = await pair();
    theirs.terminate();
    await once(ours, 'close');
    expect(() => writeFrames(ours, [bytes('x')])).not.toThrow();
  });
});
