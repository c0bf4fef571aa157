import { afterEach, expect, test } from 'vitest';
import type { RecordStore, Storage } from '../../server/storage/port.ts';
import { newId } from '../../shared/ids.ts';
import { TestClient } from '../support/client.ts';
import { beginMeeting, endMeetings, type Meeting, refusal } from '../support/meeting.ts';
import { openTestStorage } from '../support/test-storage.ts';

let storage: Storage | undefined;
afterEach(async () => {
  await endMeetings();
  await storage?.close();
});

/** The same storage; `read` counts what comes back: one for each question and one for each record of a list. */
function counting(from: Storage): { storage: Storage; taken(): number } {
  let read = 0;
  const records = new Proxy(from.records, {
    get(target, name: keyof RecordStore) {
      const call = target[name] as (...given: unknown[]) => Promise<unknown>;
      return async (...given: unknown[]) => {
        const answer = await call.apply(target, given);
        read += 1 + (Array.isArray(answer) ? answer.length : 0);
        return answer;
      };
    },
  });
  const taken = () => {
    const n = read;
    read = 0;
    return n;
  };
  return {
    storage: { ...from, records, updates: from.updates, blobs: from.blobs, ping: () => from.ping() },
    taken,
  };
}

async function grow(m: Meeting, people: number): Promise<void> {
  const lines = Array.from({ length: people }, (_, n) => `教科研一室,第${n}位同事`).join('\n');
  const file = new TextEncoder().encode(`单位,姓名\n${lines}\n`);
  const wish = { campaignId: m.campaignId, importId: newId(), fileName: '名册.csv', apply: true };
  expect(await m.admin.call('campaigns.importRoster', wish, file)).toMatchObject({ applied: true });
}

/** What it costs a phone to come in under a name, to be told that one is held, and to ask. */
async function costs(m: Meeting, taken: () => number, name: string): Promise<number[]> {
  const phone = new TestClient(m.url);
  await phone.call('session.door', { code: m.code });
  taken();
  await phone.call('session.join', { code: m.code, personId: m.people[name]! });
  const joined = taken();
  const other = new TestClient(m.url);
  await other.call('session.door', { code: m.code });
  taken();
  const claim = { code: m.code, personId: m.people['周敏']! };
  expect(await refusal(other, 'session.join', claim)).toBe('FORBIDDEN door.staff');
  const held = taken();
  await other.call('session.ask', claim);
  const asked = taken();
  await other.call('session.stopAsking', { code: m.code });
  return [joined, held, asked];
}

test('coming in costs no more on a roster of 800 than on one of six', async () => {
  storage = await openTestStorage();
  const counted = counting(storage);
  const m = await beginMeeting(counted.storage);
  const few = await costs(m, counted.taken, '何清');
  await grow(m, 800);
  // Made once for the next second and all phones in it, and for the log once.
  await new TestClient(m.url).call('session.door', { code: m.code });
  const many = await costs(m, counted.taken, '唐雨');
  // A few more or less, as what was remembered meanwhile; the roster would be hundreds.
  many.forEach((each, n) => expect(Math.abs(each - few[n]!)).toBeLessThan(20));
});
