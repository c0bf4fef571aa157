import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { people } from '../../server/features/identity/collections.ts';
import { ownSlot } from '../../server/features/identity/rules.ts';
import { type SessionRecord, sessions } from '../../server/features/session/collections.ts';
import type { Storage } from '../../server/storage/port.ts';
import type { LiveEvents } from '../../shared/contract/events.ts';
import type { SessionCard } from '../../shared/contract/session.ts';
import { newId } from '../../shared/ids.ts';
import type { TestClient } from '../support/client.ts';
import { beginMeeting, endMeetings, type Meeting } from '../support/meeting.ts';
import { openTestStorage } from '../support/test-storage.ts';

let storage: Storage;
let m: Meeting;
beforeEach(async () => {
  storage = await openTestStorage();
  m = await beginMeeting(storage);
});
afterEach(async () => {
  await endMeetings();
  await storage.close();
});

const expectedPeople = Array.from({ length: 2000 }, newId);

/** Meetings as a long campaign leaves them, the first ones with two thousand people; past ones first. */
async function storeMeetings(count: number, more: Partial<SessionRecord> = {}): Promise<string[]> {
  const { version: _version, ...like } = (await storage.records.get(sessions, m.sessionId))!;
  const drafts = Array.from({ length: count }, (_, n) => ({
    ...{ ...like, id: newId(), phase: 'ended' as const, code: '', problems: 2 },
    plannedAt: new Date(Date.UTC(2026, 2, 18, 6) + n * 3_600_000).toISOString(),
    expectedPeople: n < 3 ? expectedPeople : [],
    ...more,
  }));
  await storage.records.insertMany(sessions, drafts);
  return drafts.map((draft) => draft.id);
}

async function allPages(client: TestClient, more: { roomId?: string } = {}) {
  const pages: SessionCard[][] = [];
  let cursor: string | undefined;
  do {
    const input = { campaignId: m.campaignId, ...more, ...(cursor ? { cursor } : {}) };
    const page = await client.call('session.list', input);
    pages.push(page.cards);
    cursor = page.next;
  } while (cursor !== undefined);
  return pages;
}

type Told = LiveEvents['card:changed'];
async function watching(client: TestClient): Promise<Told[]> {
  const told: Told[] = [];
  (await client.socket()).on('card:changed', (each: Told) => told.push(each));
  await client.emit('session.watch', { campaignId: m.campaignId, on: true });
  return told;
}

describe('the meetings of a campaign', () => {
  test('are all read page by page, what runs first, none twice, in cards that do not grow with the people', async () => {
    const past = await storeMeetings(520);
    const pages = await allPages(m.moderator);
    const cards = pages.flat();
    expect(pages.map((page) => page.length)).toEqual([...Array.from({ length: 10 }, () => 50), 21]);
    expect(cards.map((card) => card.sessionId)).toEqual([m.sessionId, ...past.toReversed()]);
    for (const page of pages) expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(50 * 1024);
    const { foremost, rooms } = await m.moderator.call('session.overview', { campaignId: m.campaignId });
    expect(foremost?.sessionId).toBe(m.sessionId);
    expect(rooms).toEqual([{ roomId: m.roomId, sessions: 521, problems: 1040, live: true }]);
  }, 60_000);

  test('of one room are its own, and the overview tells the rooms apart', async () => {
    const [, other] = await m.admin.call('rooms.list', { campaignId: m.campaignId });
    const plannedAt = '2099-03-18T06:30:00.000Z';
    const [there] = await storeMeetings(1, { roomId: other!.roomId, phase: 'draft', problems: 0, plannedAt });
    const [cards] = await allPages(m.moderator, { roomId: other!.roomId });
    expect(cards!.map((card) => card.sessionId)).toEqual([there]);
    const { rooms } = await m.moderator.call('session.overview', { campaignId: m.campaignId });
    expect(rooms.find((room) => room.roomId === other!.roomId)).toEqual({
      ...{ roomId: other!.roomId, sessions: 1, problems: 0, live: false, next: plannedAt },
    });
  });

  test('are told to who watches them, with all that a list shows; who may read one is told of that one', async () => {
    const he = await m.enter('何清');
    const [office, own] = [await watching(m.moderator), await watching(he)];
    const made = {
      ...{ campaignId: m.campaignId, sessionId: newId(), roomId: m.roomId, title: '另一次座谈会' },
      ...{ plannedAt: '2026-03-19T06:30:00.000Z', plannedMinutes: 60, place: '', unitId: m.unitId },
      ...{
        agenda: m.agenda.map((item) => ({ ...item, id: newId() })),
        expectedUnits: [],
        expectedPeople: [],
      },
    };
    await m.moderator.call('session.create', made);
    await m.moderator.call('session.pause', m.act());
    await expect.poll(() => own.map(({ card }) => card?.phase)).toContain('paused');
    await expect
      .poll(() => office.map(({ sessionId, card }) => [sessionId, card?.phase]))
      .toEqual(
        expect.arrayContaining([
          [made.sessionId, 'draft'],
          [m.sessionId, 'paused'],
        ]),
      );
    expect(new Set(own.map(({ sessionId }) => sessionId))).toEqual(new Set([m.sessionId]));
    expect(JSON.stringify([office, own])).not.toContain(m.code);

    await m.moderator.call('session.remove', { sessionId: made.sessionId });
    await expect.poll(() => office.at(-1)).toEqual({ campaignId: m.campaignId, sessionId: made.sessionId });
    expect((await allPages(m.moderator)).flat().map((card) => card.sessionId)).toEqual([m.sessionId]);

    await he.emit('session.watch', { campaignId: m.campaignId, on: false });
    const before = own.length;
    await m.moderator.call('session.resume', m.act());
    await expect.poll(() => office.at(-1)?.card?.phase).toBe('live');
    expect(own.length).toBe(before);
  });

  test('say who is there, as people come and go', async () => {
    const told = await watching(m.moderator);
    const he = await m.enter('何清');
    await he.emit('session.open', { sessionId: m.sessionId });
    await expect.poll(() => told.at(-1)?.card?.present).toBe(1);
    he.close();
    await expect.poll(() => told.at(-1)?.card?.present).toBe(0);
    const [cards] = await allPages(m.moderator);
    expect(cards!.map((card) => card.present)).toEqual([0]);
  });
});

test('more people than a meeting takes are refused, not left out without a word', async () => {
  const { campaignId } = m;
  const unitId = newId();
  await m.admin.call('campaigns.addUnit', { campaignId, unitId, name: '大单位' });
  // As an import leaves them; 2,001 rows through the door would take a minute on the stand-in.
  const { version: _version, ...like } = (await storage.records.get(people, m.people['何清']!))!;
  const drafts = Array.from({ length: 2001 }, (_, n) => {
    const id = newId();
    return { ...like, id, unitId, name: `人${n}`, slot: ownSlot(id), order: n };
  });
  await storage.records.insertMany(people, drafts);
  const made = {
    ...{ campaignId: m.campaignId, sessionId: newId(), roomId: m.roomId, title: '大会', unitId },
    ...{ plannedAt: '2026-03-19T06:30:00.000Z', plannedMinutes: 60, place: '', agenda: m.agenda },
    ...{ expectedUnits: [unitId], expectedPeople: [] },
  };
  const refused = { failure: { fields: [{ path: 'expectedUnits', reason: 'expected.many' }] } };
  await expect(m.moderator.call('session.create', made)).rejects.toMatchObject(refused);
});
