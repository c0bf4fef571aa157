import { createConnection } from 'mongoose';
import { Damages } from '../damage.ts';
import type { Storage } from '../port.ts';
import { mongoBlobs } from './blobs.ts';
import { guarded, INDEX_MS } from './failure.ts';
import { openModels } from './models.ts';
import { mongoRecords } from './records.ts';
import { mongoUpdates } from './updates.ts';

/** Milliseconds until a call gives up on a server that is away; the address may say otherwise. */
const PATIENCE = 5000;
/** A server that does not answer this fast when it is asked whether it lives is away, and every socket to it is closed. */
const ALIVE_MS = 4000;
const NAMED = /^mongodb(\+srv)?:\/\/[^/]+\/[^?]+/;

/**
 * Connects to `mongodb://…` (database `poli` unless the address names one). Errors: UNAVAILABLE when no server answers within 5 s.
 * An acknowledged write is on the disks of a majority (PROMISES R2); nothing is queued while the server is away.
 */
export async function openMongo(url: string): Promise<Storage> {
  const connection = createConnection(url, {
    ...(NAMED.test(url) ? {} : { dbName: 'poli' }),
    writeConcern: { w: 'majority', j: true },
    bufferCommands: false,
    ...(/[?&]serverSelectionTimeoutMS=/i.test(url) ? {} : { serverSelectionTimeoutMS: PATIENCE }),
    connectTimeoutMS: ALIVE_MS,
    heartbeatFrequencyMS: ALIVE_MS,
    socketTimeoutMS: INDEX_MS,
    autoIndex: false,
    autoCreate: false,
  });
  // Errors reach the caller through each call; without a listener the emitter would end the process.
  connection.on('error', () => undefined);
  const damage = new Damages();
  try {
    await guarded(() => connection.asPromise());
    const { restore, ...records } = mongoRecords(openModels(connection), damage);
    const { documents, ...updates } = await guarded(() => mongoUpdates(connection, damage), INDEX_MS);
    const { ids, ...blobs } = await guarded(() => mongoBlobs(connection, damage), INDEX_MS);
    return {
      records,
      updates,
      blobs,
      transfer: { restore, documents, blobIds: ids },
      damage,
      async ping() {
        await guarded(async () => connection.db?.admin().ping());
      },
      async close() {
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
}
