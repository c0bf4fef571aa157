import { expect, test } from 'vitest';
import { z } from 'zod';
import { createLive } from '../../client/lib/live.ts';
import { SessionStore } from '../../client/lib/session.ts';
import { EntryRecord, entries } from '../../server/features/session/collections.ts';
import type { Storage } from '../../server/storage/port.ts';
import { newId } from '../../shared/ids.ts';
import type { TestClient } from '../support/client.ts';
import { onBothEngines } from '../support/engines.ts';
import { fromTheFuture, MARK } from '../support/histories.ts';
import { beginMeeting, closeMeetings, type Meeting } from '../support/meeting.ts';
import { FakeShelf } from '../support/room-fake.ts';

/** Stores what a newer program would: the same collection, with a kind of entry more. */
async function storeNewer(storage: Storage, sessionId: string, seq: number): Promise<void> {
  const { shape } = entries;
  const newer = EntryRecord.extend({ entry: z.looseObject({}) });
  try {
    Object.assign(entries, { shape: newer });
    const entry = fromTheFuture(seq, sessionId);
    await storage.records.insert(entries, {
      id: `${sessionId}:${newId()}`,
      sessionId,
      seq,
      digest: '',
      entry,
    });
  } finally {
    Object.assign(entries, { shape });
  }
}

/** The room as the page of this client holds it. */
async function pageOf(m: Meeting, client: TestClient): Promise<SessionStore> {
  const live = createLive(await client.socket(), ((...call: Parameters<TestClient['call']>) =>
    client.call(...call)) as never);
  const shelf = new FakeShelf();
  return new SessionStore({ sessionId: m.sessionId, personId: m.people['何清']!, live, shelf });
}

const bodies = ({ state }: ReturnType<SessionStore['snapshot']>) =>
  state.order.map((id) => state.messages[id]!.body);

onBothEngines('a meeting that a newer program has written on', (storage) => {
  closeMeetings();

  test('opens, is read, goes on and is followed by every page; nobody sees what was written', async () => {
    const m = await beginMeeting(storage());
    const entered = await m.enter('何清');
    const say = (client: TestClient, body: string) =>
      client.emit('session.say', { ...m.act(), kind: 'speech', body });
    await say(m.moderator, '从前');
    const { state } = await m.moderator.call('session.open', { sessionId: m.sessionId });
    await storeNewer(storage(), m.sessionId, state.seq + 1);
    await storeNewer(storage(), m.sessionId, state.seq + 2);
    await m.restart();
    const [moderator, he] = [m.moderator, entered].map((client) => m.again(client)) as [
      TestClient,
      TestClient,
    ];
    const page = await pageOf(m, he);
    await expect.poll(() => bodies(page.snapshot())).toEqual(['从前']);
    await say(moderator, '后来');
    await expect.poll(() => bodies(page.snapshot())).toEqual(['从前', '后来']);
    for (const client of [moderator, he]) {
      const opened = await client.emit('session.open', { sessionId: m.sessionId });
      const read = await client.call('session.entries', { sessionId: m.sessionId, after: 0, limit: 500 });
      expect(read.map((entry) => entry.seq)).toEqual(read.map((_, at) => at + 1));
      expect(read.filter((entry) => entry.kind === 'withheld')).toHaveLength(2);
      expect(JSON.stringify([opened, read])).not.toContain(MARK.future);
    }
    page.close();
  });
});
