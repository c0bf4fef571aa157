import { setTimeout as pause } from 'node:timers/promises';
import mongoose from 'mongoose';
import { leases } from '../../server/storage/lease.ts';
import { openMongo } from '../../server/storage/mongo/mongo.ts';
import { startMongo } from '../support/mongo-server.ts';
import type { Outcome, Task } from './torture.ts';

const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify']);

/** Every kind of write that the storage makes, with the write concern that went over the wire. The test's server is not asked to honour it. */
export async function writeConcerns({ plant }: Task): Promise<Outcome> {
  const server = (await startMongo())!;
  const url = new URL(server.url);
  url.searchParams.set('monitorCommands', 'true');
  const before = new Set(mongoose.connections);
  const storage = await openMongo(url.href);
  const counts = { 'write commands checked': 0 };
  const anomalies: string[] = [];
  const kinds = new Set<string>();
  const connection = mongoose.connections.find((each) => !before.has(each))!;
  connection.getClient().on('commandStarted', ({ commandName, command }) => {
    if (!WRITES.has(commandName)) return;
    const { w, j } = { ...(command as { writeConcern?: { w?: unknown; j?: unknown } }).writeConcern };
    counts['write commands checked']++;
    kinds.add(commandName);
    if (w !== 'majority' || j !== true)
      anomalies.push(`${commandName} went out with w ${String(w)}, j ${String(j)}`);
  });
  try {
    const update = new Uint8Array([0, 0]);
    const doc = 'list.a';
    await storage.updates.append([
      { doc, update },
      { doc, update },
    ]);
    const rows = await storage.updates.load(doc);
    await storage.updates.compact(
      doc,
      update,
      rows.map(({ id }) => id),
    );
    const draft = { id: 'server' as const, holder: 'a', token: 'a', host: 'a', pid: 1, started: 'a' };
    const record = await storage.records.insert(leases, draft);
    await storage.records.replace(leases, { ...record, holder: 'b' });
    await storage.records.remove(leases, 'server');
    await storage.records.insertMany(leases, [draft]);
    await storage.transfer.restore(leases, [{ ...draft, version: 3 }]);
    await storage.blobs.put('a', update);
    await storage.blobs.remove('a');
    if (plant) await connection.collection('a').insertOne({}, { writeConcern: { w: 'majority', j: false } });
    await pause(20);
    if (kinds.size < 3) anomalies.push(`only ${[...kinds].join()} were seen`);
    return { counts, anomalies };
  } finally {
    await storage.close();
    await server.stop();
  }
}
