import type { SessionCard } from '../../../shared/contract/session.ts';
import { isError } from '../../../shared/errors.ts';
import type { Collection } from '../../storage/collection.ts';
import type { RecordStore, Stored } from '../../storage/port.ts';
import { type SessionRecord, sessions } from './collections.ts';

/** A card without what only the hub knows. */
export type KeptCard = Omit<SessionCard, 'present'>;

/** What changed: the record as it stands now, or the id of one that is gone. */
export type Change = { record: SessionRecord } | { goneId: string; campaignId: string };

export interface Cards {
  /** The same records; what is written to the sessions is noticed. Every write to them must go through here. */
  records: RecordStore;
  /** All cards of a campaign in the order of lists: see `placeOf`. Not to be changed. */
  of(campaignId: string): Promise<readonly KeptCard[]>;
}

interface Shelf {
  cards: Map<string, KeptCard>;
  /** Removed while the shelf was being filled. */
  gone: Set<string>;
  sorted: readonly KeptCard[] | undefined;
  filled: Promise<void>;
}

/** A record holds up to 2,000 people: a few at a time, so that reading them holds nobody up. */
const PAGE = 20;

export const runs = ({ phase }: Pick<SessionCard, 'phase'>): boolean =>
  phase === 'live' || phase === 'paused';

/** Where a card stands in a list, as text: lists go down. What runs first, then by planned time. */
export const placeOf = (card: KeptCard): string => `${runs(card) ? 1 : 0}${card.plannedAt}${card.sessionId}`;

export const keptCard = (record: SessionRecord): KeptCard => ({
  sessionId: record.id,
  revision: record.version,
  campaignId: record.campaignId,
  roomId: record.roomId,
  boardId: record.boardId,
  unitId: record.unitId,
  unitName: record.unitName,
  title: record.title,
  plannedAt: record.plannedAt,
  plannedMinutes: record.plannedMinutes,
  place: record.place,
  phase: record.phase,
  minutesSealed: record.minutesSealed,
  problems: record.problems,
  ...(record.startedAt === undefined ? {} : { startedAt: record.startedAt }),
  ...(record.endedAt === undefined ? {} : { endedAt: record.endedAt }),
  ...(record.attendance && { attendance: record.attendance }),
});

/** Nothing was written: the engine said no. Of any other failure that is not known. */
const refused = (error: unknown): boolean =>
  (['CONFLICT', 'NOT_FOUND', 'INVALID_INPUT', 'TOO_LARGE'] as const).some((code) => isError(error, code));

/**
 * Keeps the cards of each campaign that somebody has asked for, read once and kept up by the writes, so that a list costs no record
 * with its thousands of people. Sound because one process alone has a database open (decision 19).
 */
export function createCards(store: RecordStore, changed: (change: Change) => void): Cards {
  const shelves = new Map<string, Shelf>();

  function put(record: SessionRecord): void {
    const shelf = shelves.get(record.campaignId);
    const known = shelf?.cards.get(record.id);
    if (!shelf || shelf.gone.has(record.id) || (known && known.revision >= record.version)) return;
    shelf.cards.set(record.id, keptCard(record));
    shelf.sorted = undefined;
  }

  async function fill(campaignId: string, shelf: Shelf): Promise<void> {
    for (let after: string | undefined; ; ) {
      const page = await store.list(
        sessions,
        'byCampaign',
        { campaignId },
        { limit: PAGE, ...(after === undefined ? {} : { after }) },
      );
      if (shelves.get(campaignId) === shelf) for (const record of page) put(record);
      if (page.length < PAGE) return;
      after = page.at(-1)!.id;
    }
  }

  function shelfOf(campaignId: string): Shelf {
    const known = shelves.get(campaignId);
    if (known) return known;
    const shelf: Shelf = { cards: new Map(), gone: new Set(), sorted: undefined, filled: Promise.resolve() };
    shelves.set(campaignId, shelf);
    shelf.filled = fill(campaignId, shelf).catch((error: unknown) => {
      if (shelves.get(campaignId) === shelf) shelves.delete(campaignId);
      throw error;
    });
    return shelf;
  }

  function removed(id: string): void {
    for (const [campaignId, shelf] of shelves) {
      shelf.gone.add(id);
      if (!shelf.cards.delete(id)) continue;
      shelf.sorted = undefined;
      changed({ goneId: id, campaignId });
    }
  }

  /** What a write that failed has done nobody knows: all is read again when it is asked for. */
  async function noticing<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!refused(error)) shelves.clear();
      throw error;
    }
  }

  const isSessions = (of: unknown): boolean => of === sessions;

  async function written<R extends Stored>(of: Collection<R>, write: () => Promise<R>): Promise<R> {
    if (!isSessions(of)) return write();
    const record = (await noticing(write)) as unknown as SessionRecord;
    put(record);
    changed({ record });
    return record as unknown as R;
  }

  return {
    records: {
      ...store,
      insert: (of, draft) => written(of, () => store.insert(of, draft)),
      replace: (of, record) => written(of, () => store.replace(of, record)),
      async insertMany(of, drafts) {
        if (isSessions(of)) throw new Error('sessions are written one at a time');
        return store.insertMany(of, drafts);
      },
      async remove(of, id) {
        if (!isSessions(of)) return store.remove(of, id);
        const was = await noticing(() => store.remove(of, id));
        removed(id);
        return was;
      },
    },
    async of(campaignId) {
      let shelf = shelfOf(campaignId);
      // Given up while it was filled: what it holds is not all.
      for (await shelf.filled; shelves.get(campaignId) !== shelf; await shelf.filled)
        shelf = shelfOf(campaignId);
      return (shelf.sorted ??= [...shelf.cards.values()].sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1)));
    },
  };
}
