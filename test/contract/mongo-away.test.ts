import { createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineCollection } from '../../server/storage/collection.ts';
import { openMongo } from '../../server/storage/mongo/mongo.ts';
import type { Storage } from '../../server/storage/port.ts';
import { cuttingProxy } from '../support/cutting-proxy.ts';
import { startMongo, type TestMongo, whyNoMongo } from '../support/mongo-server.ts';

const Note = z.object({ id: z.string(), version: z.number(), seq: z.number() });
type Note = z.infer<typeof Note>;
const away = { failure: { code: 'UNAVAILABLE', reason: 'storage.away' } };

const why =
  (await whyNoMongo()) ??
  (process.env.MONGODB_URL
    ? 'Tests that kill the database skipped: MONGODB_URL is not ours to kill'
    : undefined);
if (why) console.warn(why);

describe.skipIf(why)(`MongoDB away${why ? ` (${why})` : ''}`, () => {
  const notes = defineCollection<Note>('away_notes', Note, { bySeq: { fields: ['seq'], unique: true } });
  let server: TestMongo;
  let storage: Storage;
  beforeAll(async () => {
    server = (await startMongo()) as TestMongo;
    storage = await openMongo(server.url);
  }, 300_000);
  afterAll(async () => {
    await storage?.close();
    await server?.stop();
  });

  it('R51 while the database is dead every call is UNAVAILABLE; when it is back the same storage goes on', async () => {
    await storage.records.insert(notes, { id: 'a', seq: 1 });
    await server.kill();
    const calls = [
      storage.ping(),
      storage.records.get(notes, 'a'),
      storage.records.insert(notes, { id: 'b', seq: 2 }),
      storage.updates.append([{ doc: 'd', update: Uint8Array.of(1) }]),
      storage.blobs.put('x', Uint8Array.of(1)),
    ];
    for (const call of await Promise.allSettled(calls)) {
      expect(call.status).toBe('rejected');
      expect((call as PromiseRejectedResult).reason).toMatchObject(away);
    }
    await server.restart();
    await storage.ping();
    expect(await storage.records.get(notes, 'a')).toEqual({ id: 'a', version: 1, seq: 1 });
    expect(await storage.records.get(notes, 'b')).toBeUndefined();
    await storage.updates.append([{ doc: 'd', update: Uint8Array.of(2) }]);
  });

  it('R52 what was acknowledged survives a SIGKILL of the database in the middle of writing', async () => {
    const acknowledged: number[] = [];
    let kill = false;
    const writer = async (from: number) => {
      for (let seq = from; seq < from + 100_000; seq++) {
        await storage.records.insert(notes, { id: `n${seq}`, seq });
        await storage.updates.append([{ doc: 'log', update: Buffer.from(String(seq)) }]);
        acknowledged.push(seq);
        if (acknowledged.length === 60) kill = true;
      }
    };
    const writers = [1000, 200_000, 400_000].map((from) => writer(from).catch((reason: unknown) => reason));
    await expect.poll(() => kill, { timeout: 20_000, interval: 5 }).toBe(true);
    await server.kill();
    for (const reason of await Promise.all(writers)) expect(reason).toMatchObject(away);
    await server.restart();
    const kept = new Set((await storage.records.list(notes, 'bySeq', {})).map((each) => each.seq));
    const updates = new Set(
      (await storage.updates.load('log')).map((u) => Number(Buffer.from(u.update).toString())),
    );
    expect(acknowledged.length).toBeGreaterThanOrEqual(60);
    expect(acknowledged.filter((seq) => !kept.has(seq) || !updates.has(seq))).toEqual([]);
  });

  it('R19 every write asks for a majority and the journal', async () => {
    const proxy = await cuttingProxy(Number(new URL(server.url).port));
    const url = server.url.replace(/:\d+\//, `:${proxy.port}/`);
    // { w: 'majority', j: true } as it stands in the message
    const durable = Buffer.from('majority\0\bj\0\u0001');
    const record = await storage.records.insert(notes, { id: 'durable', seq: -1 });
    await storage.updates.append([{ doc: 'durable', update: Uint8Array.of(1) }]);
    const writes: ((s: Storage) => Promise<unknown>)[] = [
      (s) => s.records.insert(notes, { id: 'x', seq: -2 }),
      (s) => s.records.replace(notes, record),
      (s) => s.records.remove(notes, 'durable'),
      (s) => s.updates.append([{ doc: 'durable', update: Uint8Array.of(2) }]),
      (s) => s.blobs.put('durable', Uint8Array.of(1)),
    ];
    for (const write of writes) {
      const cut = await openMongo(url);
      await cut.records.get(notes, 'durable');
      const passed = proxy.cutAt(durable);
      await expect(write(cut)).rejects.toMatchObject(away);
      await passed;
      await cut.close();
    }
    await proxy.close();
  });

  it('R53 a command that hangs is given up within ten seconds, and holds up no other', async () => {
    const proxy = await cuttingProxy(Number(new URL(server.url).port));
    const through = await openMongo(server.url.replace(/:\d+\//, `:${proxy.port}/`));
    await through.records.list(notes, 'id', {});
    const calls = [
      () => through.updates.append([{ doc: 'hung', update: Buffer.from('hangs here') }]),
      () => through.updates.load('hangs here'),
      () => through.records.insert(notes, { id: 'hangs here', seq: -77 }),
    ];
    const began = performance.now();
    const given: Promise<void>[] = [];
    for (const call of calls) {
      const hung = proxy.hangAt(Buffer.from('hangs here'));
      given.push(expect(call()).rejects.toMatchObject(away));
      await hung;
      await through.updates.append([{ doc: 'beside', update: Uint8Array.of(1) }]);
    }
    expect(performance.now() - began).toBeLessThan(8_000);
    await Promise.all(given);
    expect(performance.now() - began).toBeLessThan(10_000);
    // What was not known to be done may be done again.
    await through.updates.append([{ doc: 'hung', update: Buffer.from('hangs here') }]);
    expect(await storage.updates.load('hung')).toHaveLength(1);
    await through.close();
    await proxy.close();
  }, 60_000);

  it('R24 a compaction that is cut between its steps leaves repeats, never holes', async () => {
    const proxy = await cuttingProxy(Number(new URL(server.url).port));
    const cut = await openMongo(server.url.replace(/:\d+\//, `:${proxy.port}/`));
    await cut.updates.append([1, 2].map((n) => ({ doc: 'cut', update: Uint8Array.of(n) })));
    const ids = (await cut.updates.load('cut')).map((u) => u.id);
    const passed = proxy.cutAt(Buffer.from('delete\0'));
    const compacting = cut.updates.compact('cut', Uint8Array.of(1, 2), ids);
    await passed;
    await expect(compacting).rejects.toMatchObject(away);
    const left = (await storage.updates.load('cut')).map((u) => [...u.update].join()).toSorted();
    expect(left).toEqual(['1', '1,2', '2']);
    await cut.updates.compact(
      'cut',
      Uint8Array.of(1, 2),
      (await cut.updates.load('cut')).map((u) => u.id),
    );
    expect(await storage.updates.load('cut')).toHaveLength(1);
    await cut.close();
    await proxy.close();
  });

  it('R25 an update whose parts did not all arrive is not there', async () => {
    await storage.updates.append([{ doc: 'half', update: Uint8Array.of(1) }]);
    await storage.updates.append([{ doc: 'half', update: new Uint8Array(20 * 1024 * 1024) }]);
    expect(await storage.updates.load('half')).toHaveLength(2);
    const hand = await createConnection(server.url).asPromise();
    const { deletedCount } = await hand.collection('updates').deleteOne({ doc: 'half', part: 2 });
    await hand.close();
    expect(deletedCount).toBe(1);
    expect((await storage.updates.load('half')).map((u) => u.update)).toEqual([Uint8Array.of(1)]);
  });
});
