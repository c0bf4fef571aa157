import { describe, expect, test } from 'vitest';
import { cardsOf, inOverview, type Pages, withCard } from '../../client/lib/cards.ts';
import { type Change, createCards } from '../../server/features/session/cards.ts';
import { type SessionRecord, sessions } from '../../server/features/session/collections.ts';
import type { RecordStore } from '../../server/storage/port.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import type { SessionCard } from '../../shared/contract/session.ts';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';

const campaignId = newId();
const at = '2026-03-18T06:30:00.000Z';
const draft = (id = newId(), plannedAt = at): Omit<SessionRecord, 'version'> => ({
  ...{ id, campaignId, roomId: newId(), boardId: newId(), unitId: newId(), unitName: '教科研一室' },
  ...{ title: '座谈会', plannedAt, plannedMinutes: 60, place: '', agenda: [], expectedUnits: [] },
  ...{ expectedPeople: [], code: '', phase: 'draft', problems: 0, minutesSealed: false, rev: 1 },
  ...{ createdBy: newId(), createdByName: '周敏', updatedByName: '周敏', updatedAt: at },
});

async function shelf(wrap: (records: RecordStore) => RecordStore = (records) => records) {
  const storage = await openSqlite(':memory:');
  const changes: Change[] = [];
  const cards = createCards(wrap(storage.records), (change) => changes.push(change));
  const ids = async () => (await cards.of(campaignId)).map((card) => card.sessionId);
  return { cards, changes, ids, store: storage.records };
}

describe('the cards of a campaign in memory', () => {
  test('are those of the store, whatever is written while they are read for the first time', async () => {
    let step = async (): Promise<void> => undefined;
    const { cards, ids, store } = await shelf((records) => ({
      ...records,
      list: async (...asked) => {
        const page = await records.list(...asked);
        const now = step;
        step = async () => undefined;
        await now();
        return page;
      },
    }));
    const old = await store.insertMany(
      sessions,
      Array.from({ length: 45 }, () => draft()),
    );
    // After the first page was read: one of it is removed, one changed, and one is new.
    const fresh = draft();
    step = async () => {
      await cards.records.remove(sessions, old[0]!.id);
      await cards.records.replace(sessions, { ...old[1]!, title: '新名称' });
      await cards.records.insert(sessions, fresh);
    };
    const kept = [...old.slice(1).map((each) => each.id), fresh.id];
    expect((await ids()).toSorted()).toEqual(kept.toSorted());
    const changed = (await cards.of(campaignId)).find((card) => card.sessionId === old[1]!.id);
    expect(changed).toMatchObject({ title: '新名称', revision: 2 });
  });

  test('are read anew when nobody knows what a write has done', async () => {
    let lose = false;
    const { cards, ids } = await shelf((records) => ({
      ...records,
      async insert(of, each) {
        const made = await records.insert(of, each);
        if (lose) throw new AppError('UNAVAILABLE', 'storage.away');
        return made;
      },
    }));
    expect(await ids()).toEqual([]);
    lose = true;
    const made = draft();
    await expect(cards.records.insert(sessions, made)).rejects.toThrow('UNAVAILABLE');
    expect(await ids()).toEqual([made.id]);
  });

  test('stay when the store refuses a write, and nobody is told of it', async () => {
    const { cards, changes, ids } = await shelf();
    const made = await cards.records.insert(sessions, draft());
    await ids();
    await cards.records.replace(sessions, { ...made, title: '甲' });
    await expect(cards.records.replace(sessions, { ...made, title: '乙' })).rejects.toThrow('CONFLICT');
    expect((await cards.of(campaignId)).map((card) => card.title)).toEqual(['甲']);
    expect(changes).toHaveLength(2);
  });
});

const card = (sessionId: string, revision: number, more: Partial<SessionCard> = {}): SessionCard => ({
  ...{ sessionId, revision, campaignId, roomId: newId(), boardId: newId(), unitId: newId() },
  ...{ unitName: '教科研一室', title: '座谈会', plannedAt: at, plannedMinutes: 60, place: '' },
  ...{ phase: 'draft', minutesSealed: false, present: 0, problems: 0, ...more },
});
const pagesOf = (...pages: SessionCard[][]): Pages => ({
  pages: pages.map((cards) => ({ cards })),
  pageParams: pages.map(() => undefined),
});
const seen = (pages: Pages) => cardsOf(pages).map((each) => [each.sessionId, each.revision]);
const [a, b, c] = [newId(), newId(), newId()];

describe('the pages of cards on a screen', () => {
  const pages = pagesOf([card(a, 2)], [card(b, 1)]);
  const told = (sessionId: string, revision: number) =>
    withCard(pages, { campaignId, sessionId, card: card(sessionId, revision) });

  test('take a newer card where it stands, and leave an older one', () => {
    expect(seen(told(b, 2))).toEqual([
      [a, 2],
      [b, 2],
    ]);
    expect(told(a, 1)).toBe(pages);
    expect(told(b, 2).pages.map((page) => page.cards.length)).toEqual([1, 1]);
  });

  test('show a new card at once, once, and lose one that is gone', () => {
    const more = told(c, 1);
    expect(seen(more).map(([id]) => id)).toEqual([c, a, b]);
    const again = { ...more, pages: [...more.pages, { cards: [card(c, 1)] }] };
    expect(cardsOf(again)).toHaveLength(3);
    expect(seen(withCard(more, { campaignId, sessionId: a })).map(([id]) => id)).toEqual([c, b]);
  });

  test('an overview takes over who is present, and must be asked for all else', () => {
    const known = { foremost: card(a, 2), rooms: [] };
    expect(inOverview(known, card(a, 2, { present: 7 }))?.foremost?.present).toBe(7);
    expect(inOverview(known, card(b, 9))).toBe(known);
    expect(inOverview(known, card(a, 3))).toBeUndefined();
  });
});
