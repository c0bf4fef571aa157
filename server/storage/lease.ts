import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { AppError, isError } from '../../shared/errors.ts';
import { defineCollection } from './collection.ts';
import type { RecordStore, Storage } from './port.ts';
import { lifeOf, type ProcessIdentity, thisProcess } from './process-identity.ts';

const LeaseRecord = z.object({
  id: z.literal('server'),
  version: z.number().int(),
  /** For the message to whoever comes second, e.g. the address served. */
  holder: z.string(),
  /** Random, one for each time the lease was taken. */
  token: z.string(),
  host: z.string(),
  pid: z.number().int(),
  started: z.string(),
});
type LeaseRecord = z.infer<typeof LeaseRecord>;

/** One record: the server process that may write. Its version is the heartbeat. */
export const leases = defineCollection<LeaseRecord>('leases', LeaseRecord);

export interface Lease {
  /** Gives the lease back; the next process starts at once. */
  release(): Promise<void>;
  /** Resolves when another process has taken over: stop writing and leave. Never while the database is merely away. */
  lost: Promise<void>;
}
export interface LeaseOptions {
  holder: string;
  /** Milliseconds between heartbeats. */
  beat?: number;
  /** Milliseconds without a heartbeat after which the holder counts as dead. */
  expiry?: number;
  /** For tests: who takes the lease. */
  as?: ProcessIdentity;
}

type Claim = Omit<LeaseRecord, 'version'>;

const held = ({ holder, pid }: LeaseRecord) =>
  new AppError('CONFLICT', 'storage.held', { facts: { holder, pid } });

/**
 * True when the holder is dead: at once on the holder's own host, elsewhere when its heartbeat has stood still for `expiry`. Only
 * heartbeats and this process's own waiting count, no clock of another machine.
 */
async function isDead(
  records: RecordStore,
  found: LeaseRecord,
  me: ProcessIdentity,
  expiry: number,
): Promise<boolean> {
  const life = await lifeOf(found, me);
  if (life !== 'unknown') return life === 'dead';
  for (const until = performance.now() + expiry; performance.now() < until; ) {
    await wait(Math.min(250, expiry / 10));
    const now = await records.get(leases, 'server');
    if (!now) return true;
    if (now.version !== found.version) return false;
  }
  return true;
}

async function take(
  records: RecordStore,
  claim: Claim,
  me: ProcessIdentity,
  expiry: number,
): Promise<LeaseRecord> {
  const found = await records.get(leases, 'server');
  if (found && !(await isDead(records, found, me, expiry))) throw held(found);
  try {
    const still = found && (await records.get(leases, 'server'));
    if (still) return await records.replace(leases, { ...claim, version: found.version });
    return await records.insert(leases, claim);
  } catch (error) {
    if (!isError(error, 'CONFLICT') && !isError(error, 'NOT_FOUND')) throw error;
    const winner = await records.get(leases, 'server');
    if (winner?.token === claim.token) return winner;
    throw winner ? held(winner) : error;
  }
}

/** One heartbeat. Gives the record as it stands, or undefined when it is somebody else's by now. */
async function renew(records: RecordStore, mine: LeaseRecord): Promise<LeaseRecord | undefined> {
  try {
    return await records.replace(leases, mine);
  } catch (error) {
    if (isError(error, 'NOT_FOUND')) return undefined;
    if (!isError(error, 'CONFLICT')) return mine; // away: nobody else can take it either
    // Perhaps our own heartbeat whose answer was lost.
    const now = await records.get(leases, 'server').catch(() => mine);
    return now?.token === mine.token ? now : undefined;
  }
}

/**
 * Makes this process the only server on the database. CONFLICT `storage.held` (facts: holder, pid) when another one runs: its process
 * is alive on this host, or its heartbeat goes on. After a SIGKILL on the same host the lease is taken over at once, from another
 * host after 15 s. Command line tasks take no lease.
 */
export async function acquireLease(storage: Pick<Storage, 'records'>, options: LeaseOptions): Promise<Lease> {
  const { records } = storage;
  const { holder, beat = 2000, expiry = 15_000, as } = options;
  const me = as ?? (await thisProcess());
  const claim: Claim = { id: 'server', holder, token: crypto.randomUUID(), ...me };
  let mine = await take(records, claim, me, expiry);
  let tellLost: () => void = () => undefined;
  const lost = new Promise<void>((resolve) => {
    tellLost = resolve;
  });
  const stopped = new AbortController();
  const beating = (async () => {
    while (!stopped.signal.aborted) {
      await wait(beat, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      const now = await renew(records, mine);
      if (!now) return tellLost();
      mine = now;
    }
  })();
  return {
    lost,
    async release() {
      stopped.abort();
      await beating;
      const now = await records.get(leases, 'server');
      if (now?.token === mine.token) await records.remove(leases, 'server');
    },
  };
}
