import type { DoorRequest, DoorWait, Hold } from '../../../shared/contract/session.ts';
import { AppError, isError } from '../../../shared/errors.ts';
import type { Context } from '../../platform/handler.ts';
import { derivedId } from '../../platform/secrets.ts';
import type { Hub } from '../../realtime/hub.ts';
import { modify } from '../../storage/modify.ts';
import type { RecordStore } from '../../storage/port.ts';
import { type DoorRequestRecord, doorRequests } from './collections.ts';
import { chairChannel } from './presence.ts';

const MOST_WAITING = 300;
/** More who want to be one person are no help to who decides. */
const MOST_FOR_ONE = 10;
/** So long a nod holds for a phone that was put away meanwhile. */
const NOD_MS = 30 * 60_000;
const WAIT_MS = 3 * 3_600_000;
const ASK_AGAIN_MS = 20_000;
/** Of a hall that asks at once the moderators hear a few times a second. */
const SETTLE_MS = 150;

export interface Wish {
  sessionId: string;
  personId: string;
  name: string;
  unitName: string;
  why: Hold;
}

interface Parts {
  records: RecordStore;
  hub: Hub;
  now(): number;
}

/** Who waits at the doors to be let in. Stored, so that neither a reload nor a restart loses who waits or who was let in. */
export function createDoorRequests({ records, hub, now }: Parts) {
  const due = new Set<string>();
  const tails = new Map<string, Promise<unknown>>();
  const iso = () => new Date(now()).toISOString();
  const age = (instant: string) => now() - Date.parse(instant);

  /** A browser without an id of its own could not be found again. */
  function idOf(sessionId: string, { device }: Context): string {
    if (device === '') throw new AppError('WRONG_STATE', 'device.unknown');
    return derivedId('door', sessionId, device);
  }

  function chaired(sessionId: string): boolean {
    return hub.members(chairChannel(sessionId)).length > 0;
  }

  const lives = (request: DoorRequestRecord): boolean =>
    request.state === 'waiting'
      ? age(request.since) < WAIT_MS
      : age(request.answeredAt ?? request.since) < NOD_MS;

  async function find(sessionId: string, context: Context): Promise<DoorRequestRecord | undefined> {
    if (context.device === '') return undefined;
    const found = await records.get(doorRequests, idOf(sessionId, context));
    return found && lives(found) ? found : undefined;
  }

  async function waiting(sessionId: string): Promise<DoorRequestRecord[]> {
    const page = { limit: MOST_WAITING };
    const found = await records.list(doorRequests, 'bySession', { sessionId, state: 'waiting' }, page);
    return found.filter(lives).sort((a, b) => (a.since < b.since ? -1 : 1));
  }

  const shown = ({ id, personId, name, unitName, why, since }: DoorRequestRecord): DoorRequest => ({
    requestId: id,
    ...{ personId, name, unitName, why, since },
  });

  function announce(sessionId: string): void {
    if (due.has(sessionId)) return;
    due.add(sessionId);
    setTimeout(() => {
      due.delete(sessionId);
      waiting(sessionId).then(
        (all) => hub.publish(chairChannel(sessionId), 'door:asked', { sessionId, waiting: all.map(shown) }),
        // Their pages ask from time to time as well.
        () => undefined,
      );
    }, SETTLE_MS).unref();
  }

  function viewOf(sessionId: string, request: DoorRequestRecord | undefined): DoorWait {
    const none = { state: 'none', personId: '', name: '' } as const;
    const { state, personId, name, since } = request ?? { ...none, since: undefined };
    return { state, personId, name, chaired: chaired(sessionId), ...(since !== undefined && { since }) };
  }

  async function roomFor({ sessionId, personId }: Wish): Promise<void> {
    const all = await waiting(sessionId);
    const same = all.filter((each) => each.personId === personId).length;
    if (all.length >= MOST_WAITING || same >= MOST_FOR_ONE)
      throw new AppError('RATE_LIMITED', 'door.queue', { facts: { seconds: 60 } });
  }

  /** One after the other for a session, or many at once would all find room. */
  function inTurn<T>(sessionId: string, work: () => Promise<T>): Promise<T> {
    const run = (tails.get(sessionId) ?? Promise.resolve()).then(work);
    const settled = run.catch(() => undefined);
    tails.set(sessionId, settled);
    void settled.then(() => {
      if (tails.get(sessionId) === settled) tails.delete(sessionId);
    });
    return run;
  }

  async function put(context: Context, wish: Wish): Promise<DoorRequestRecord> {
    const id = idOf(wish.sessionId, context);
    const draft = { id, ...wish, state: 'waiting' as const, since: iso(), answeredBy: '' };
    const known = await records.get(doorRequests, id);
    try {
      if (!known) return await records.insert(doorRequests, draft);
      return await records.replace(doorRequests, { ...draft, version: known.version });
    } catch (error) {
      // Pressed twice, or answered meanwhile: what stands now is the answer.
      if (!isError(error, 'CONFLICT') && !isError(error, 'NOT_FOUND')) throw error;
      return put(context, wish);
    }
  }

  return {
    /** Begins to wait, or goes on; asking for another name replaces the one before. RATE_LIMITED `door.queue`. */
    async ask(context: Context, wish: Wish): Promise<DoorWait> {
      const { sessionId } = wish;
      const known = await find(sessionId, context);
      const same = known?.personId === wish.personId;
      const refused = same && known.state === 'refused' && age(known.answeredAt ?? '') < ASK_AGAIN_MS;
      if (same && (known.state !== 'refused' || refused)) return viewOf(sessionId, known);
      idOf(sessionId, context);
      const request = await inTurn(sessionId, async () => {
        await roomFor(wish);
        return put(context, wish);
      });
      announce(sessionId);
      return viewOf(sessionId, request);
    },
    async asked(context: Context, sessionId: string): Promise<DoorWait> {
      return viewOf(sessionId, await find(sessionId, context));
    },
    /** The nod that this device holds for this person. */
    async nod(context: Context, sessionId: string, personId: string): Promise<{ id: string } | undefined> {
      const found = await find(sessionId, context);
      return found?.state === 'let-in' && found.personId === personId ? found : undefined;
    },
    async stop(context: Context, sessionId: string): Promise<void> {
      if (context.device === '') return;
      if (await records.remove(doorRequests, idOf(sessionId, context))) announce(sessionId);
    },
    /** The nod has been used. */
    done: (request: { id: string }) => records.remove(doorRequests, request.id),
    waiting: async (sessionId: string) => (await waiting(sessionId)).map(shown),
    /** Answers those of them that wait; others are left as they are, so that two moderators may press at once. */
    async answer(sessionId: string, ids: readonly string[], letIn: boolean, by: string): Promise<void> {
      const state = letIn ? ('let-in' as const) : ('refused' as const);
      for (const id of ids) {
        const request = await records.get(doorRequests, id);
        if (request?.sessionId !== sessionId) continue;
        await modify(records, doorRequests, id, (each) =>
          each.state === 'waiting' ? { ...each, state, answeredAt: iso(), answeredBy: by } : undefined,
        ).catch((error: unknown) => {
          // The phone has gone away meanwhile.
          if (!isError(error, 'NOT_FOUND')) throw error;
        });
      }
      announce(sessionId);
    },
    /** With the door its queue ends. May be run again. */
    async endSession(sessionId: string): Promise<void> {
      for (const state of ['waiting', 'let-in', 'refused'] as const)
        for (const { id } of await records.list(doorRequests, 'bySession', { sessionId, state }))
          await records.remove(doorRequests, id);
    },
  };
}
export type DoorRequests = ReturnType<typeof createDoorRequests>;
