import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { fanout } from '../bench/load/fanout.ts';
import type { Outcome } from '../bench/load/job.ts';

// The figures of `npm run bench` are worth what its receivers check.

let server: WebSocketServer | undefined;
afterEach(() => {
  for (const client of server?.clients ?? []) client.terminate();
  server?.close();
});

/** A room of 8, of whom 2 type 50 letters/s, behind a relay that sends `frames` to each receiver for one. */
async function typeThrough(
  frames: (frame: Buffer, receiver: number, count: number) => Buffer[],
): Promise<Outcome> {
  const room = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server = room;
  await new Promise((resolve) => room.once('listening', resolve));
  let count = 0;
  room.on('connection', (socket) =>
    socket.on('message', (data: Buffer) => {
      count++;
      [...room.clients].forEach((other, n) => {
        if (other !== socket) for (const frame of frames(data, n, count)) other.send(frame);
      });
    }),
  );
  const { port } = room.address() as AddressInfo;
  const target = { name: 'relay', pid: process.pid, port, dialect: 'relay' as const, path: '/', cookies: [] };
  const steady = { rooms: 1, clients: 8, writers: 2, editsPerSecond: 50, cursors: false };
  const times = { warmMs: 100, windowMs: 400, drainMs: 300 };
  return fanout({ ...target, docs: ['a'], sessionId: '' }, { kind: 'fanout', ...steady, ...times });
}

it('finds nothing wrong where everything arrives, be it twice', async () => {
  const { figures, faults } = await typeThrough((frame) => [frame, frame]);
  expect(faults).toEqual([]);
  expect(figures['lost']).toBe(0);
  // every letter came in two frames and is counted once
  expect(figures['frames']! / figures['delivered']!).toBeCloseTo(2, 0);
});

it('says LOST when one frame does not reach one receiver', async () => {
  const { faults } = await typeThrough((frame, receiver, count) =>
    count === 20 && receiver === 7 ? [] : [frame],
  );
  expect(faults.join()).toMatch(/LOST [1-9]/);
});

it('sees another letter than the one that was written', async () => {
  const { faults } = await typeThrough((frame, _receiver, count) => {
    const other = Buffer.from(frame);
    // the last byte but one of an update that ends with its letter and an empty delete set
    if (count === 20) other[other.length - 2]! ^= 1;
    return [other];
  });
  expect(faults).toContain('a: other words arrived');
});
