import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Storage } from '../../server/storage/port.ts';
import { newId } from '../../shared/ids.ts';
import type { TestClient } from '../support/client.ts';
import { beginMeeting, endMeetings, type Meeting } from '../support/meeting.ts';
import { RoomPage } from '../support/pages-in-room.ts';
import { openTestStorage } from '../support/test-storage.ts';

const PEOPLE = ['陆远航', '何清', '沈一鸣', '唐雨', '梁思齐'];
const WAIT = { timeout: 20_000 };

let storage: Storage;
let m: Meeting;
let people: TestClient[];
let pages: RoomPage[];

beforeEach(async () => {
  storage = await openTestStorage();
  // Seven people with more pages than anybody has.
  m = await beginMeeting(storage, { limits: { linesOfPerson: 100 } });
  people = await Promise.all(PEOPLE.map((name) => m.enter(name)));
  pages = [];
});
afterEach(async () => {
  for (const page of pages) page.close();
  await endMeetings();
  await storage.close();
});

const everyPage = (what: (page: RoomPage) => boolean) =>
  expect.poll(() => pages.filter((page) => !what(page)).length, WAIT).toBe(0);
const asked = () => pages.flatMap((page) => page.asked);
const act = () => ({ sessionId: m.sessionId, id: newId() });

async function talk(rounds: number): Promise<void> {
  for (let n = 0; n < rounds; n++)
    await Promise.all(
      people.map((who, k) =>
        who.emit('session.say', { ...act(), kind: 'speech', body: `第${n}轮第${k}句：${'话'.repeat(120)}` }),
      ),
    );
}

/** Pages of participants, a guest and the moderator, all in the room. */
async function open(count: number): Promise<void> {
  const all = [...people, await m.guest('来宾'), m.moderator];
  for (let n = 0; n < count; n++)
    pages.push(new RoomPage(all[n % all.length]!, m.sessionId, m.people[PEOPLE[n % PEOPLE.length]!]!));
  await everyPage(({ store }) => store.snapshot().presence.people.length === all.length);
  await everyPage(({ store, quiet }) => quiet && store.snapshot().state.order.length > 0);
  for (const page of pages) page.forget();
}

describe('a room full of pages', () => {
  test('of 300, is told of a press of 暂停 in a kilobyte each, and asks for nothing', async () => {
    await talk(10);
    await open(300);
    await m.moderator.call('session.pause', act());
    await everyPage(({ store }) => store.snapshot().session?.phase === 'paused');
    await m.moderator.call('session.resume', act());
    await everyPage(({ store }) => store.snapshot().session?.phase === 'live');
    expect(asked()).toEqual([]);
    // Two presses: an entry and the session's card each.
    for (const { bytes } of pages) expect(bytes).toBeLessThan(2 * 2048);
  }, 60_000);

  test('is told the code anew when the meeting goes on after its end, but only who may invite', async () => {
    await talk(1);
    await open(7);
    await m.moderator.call('session.end', { ...act(), carryOver: [] });
    const chair = pages.at(-1)!;
    await expect.poll(() => chair.store.snapshot().session, WAIT).toMatchObject({ phase: 'ended', code: '' });
    await m.moderator.call('session.resume', act());
    await expect.poll(() => chair.store.snapshot().session?.code, WAIT).toMatch(/^\d{6}$/);
    await expect.poll(() => pages[0]!.store.snapshot().session?.phase, WAIT).toBe('live');
    // The guest has gone with the end.
    for (const page of pages.filter((each) => each !== chair))
      expect(page.store.snapshot().session?.code).toBe('');
  });

  test('is told the words of an old message that is pinned, and of a hidden one that is shown', async () => {
    const first = await people[0]!.emit('session.say', { ...act(), kind: 'problem', body: '最早的一句' });
    const hidden = await people[1]!.emit('session.say', { ...act(), kind: 'speech', body: '先藏后显的一句' });
    const idOf = (entry: typeof first) => (entry.kind === 'said' ? entry.id : '');
    await m.moderator.call('session.hide', { ...act(), messageId: idOf(hidden) });
    await talk(10);
    await open(14);
    const holds = (id: string, words: string) =>
      everyPage(({ store }) => store.snapshot().state.messages[id]?.body === words);
    await m.moderator.call('session.show', { ...act(), messageId: idOf(hidden) });
    await holds(idOf(hidden), '先藏后显的一句');
    await talk(42);
    for (const page of pages) page.close();
    pages = [];
    await open(14);
    expect(pages[0]!.store.snapshot().state.messages[idOf(first)]).toBeUndefined();
    await m.moderator.call('session.pin', { ...act(), messageId: idOf(first) });
    await holds(idOf(first), '最早的一句');
    await everyPage(({ store }) => store.snapshot().state.messages[idOf(first)]?.pinned === true);
    expect(asked()).toEqual([]);
    const { state } = pages[0]!.store.snapshot();
    expect(state.order[0]).toBe(idOf(first));
  }, 60_000);
});
