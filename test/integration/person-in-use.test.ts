import { expect, test } from 'vitest';
import { entries, involved, sessions } from '../../server/features/session/collections.ts';
import { involves } from '../../server/features/session/involved.ts';
import { migrations } from '../../server/migrations.ts';
import { copyStorage } from '../../server/storage/copy.ts';
import { migrateRecords, migrationsDone } from '../../server/storage/migration.ts';
import type { RecordStore, Storage } from '../../server/storage/port.ts';
import { newId } from '../../shared/ids.ts';
import { crashingRecords } from '../support/crashing-records.ts';
import { onBothEngines } from '../support/engines.ts';
import { expectError } from '../support/errors.ts';
import { openFixture } from '../support/fixture.ts';
import { beginMeeting, closeMeetings, type Meeting, refusal } from '../support/meeting.ts';
import { startServer } from '../support/server.ts';

/** What is said to the office that takes somebody off the roster; '' when it is done. */
const removal = (m: Meeting, name: string) =>
  refusal(m.again(m.admin), 'campaigns.removePerson', {
    campaignId: m.campaignId,
    personId: m.people[name]!,
  });

const IN_USE = 'WRONG_STATE person.in-use';

/** The same storage; `heard` gets the name of each collection that is listed. */
const listening = (storage: Storage, heard: string[]): Storage => ({
  ...storage,
  records: {
    ...storage.records,
    list: (c, ...asked) => {
      heard.push(c.name);
      return storage.records.list(c, ...asked);
    },
  },
});

/** Nothing of what this program writes beside the log, as an older one left it. */
async function forget(records: RecordStore): Promise<void> {
  for (const { id } of await records.list(involved, 'id', {})) await records.remove(involved, id);
  await records.remove(migrationsDone, '1');
}

/** Everybody in any log or expected anywhere, read by hand. */
async function standing(records: RecordStore): Promise<Set<string>> {
  const people = new Set<string>();
  for (const { id, expectedPeople } of await records.list(sessions, 'id', {})) {
    for (const personId of expectedPeople) people.add(personId);
    for (const { entry } of await records.list(entries, 'bySeq', { sessionId: id }))
      if (involves(entry)) people.add(involves(entry)!);
  }
  return people;
}

onBothEngines('whether somebody is in use', (storage) => {
  closeMeetings();

  test('is known of one who came to the last of 520 meetings, without reading the others', async () => {
    const m = await beginMeeting(storage());
    await (await m.enter('何清')).emit('session.enter', m.act());
    const { version: _version, ...like } = (await storage().records.get(sessions, m.sessionId))!;
    // Older ids come first in every list.
    const others = Array.from({ length: 520 }, (_, n) => ({
      ...{ ...like, code: '', id: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` },
    }));
    await storage().records.insertMany(sessions, others);
    const heard: string[] = [];
    await m.restart(listening(storage(), heard));
    heard.length = 0;
    expect(await removal(m, '何清')).toBe(IN_USE);
    expect(heard.filter((name) => name === 'session_entries').length).toBe(1);
    expect(heard.filter((name) => name === 'sessions').length).toBe(0);
    expect(await removal(m, '唐雨')).toBe('');
    expect(heard.filter((name) => name === 'session_entries').length).toBe(1);
  });

  test('counts a leave of one who never came, and being expected for as long as one is', async () => {
    const m = await beginMeeting(storage());
    const leave = { ...m.act(), personId: m.people['沈一鸣']!, status: 'leave' as const, reason: '出差' };
    await m.moderator.call('session.attend', leave);
    expect(await removal(m, '沈一鸣')).toBe(IN_USE);
    const settings = async (expectedPeople: string[]) => {
      const { title, plannedAt, plannedMinutes, place, unitId, agenda, version } = await m.moderator.call(
        'session.get',
        { sessionId: m.sessionId },
      );
      await m.moderator.call('session.edit', {
        ...{ sessionId: m.sessionId, title, plannedAt, plannedMinutes, place, unitId, agenda, version },
        ...{ expectedUnits: [], expectedPeople },
      });
    };
    await settings([m.people['唐雨']!]);
    expect(await removal(m, '唐雨')).toBe(IN_USE);
    await settings([]);
    expect(await removal(m, '唐雨')).toBe('');
  });

  test('is right after a crash between the note and the entry, and when the entry comes after all', async () => {
    const m = await beginMeeting(storage());
    const [he, tang] = [await m.enter('何清'), await m.enter('唐雨')];
    expectError(/killed/);
    for (const client of [he, tang]) {
      // The note is written, the entry is not.
      await m.restart({ ...storage(), records: crashingRecords(storage().records, 1) });
      expect(await refusal(m.again(client), 'session.enter', m.act())).not.toBe('');
    }
    const noted = await storage().records.list(involved, 'bySession', { sessionId: m.sessionId });
    expect(noted.map((each) => each.personId)).toEqual(
      expect.arrayContaining([m.people['何清'], m.people['唐雨']]),
    );
    await m.restart();
    expect(await removal(m, '唐雨')).toBe('');
    await m.again(he).call('session.enter', m.act());
    expect(await removal(m, '何清')).toBe(IN_USE);
  });

  test('is mended where an older program has written on in a log meanwhile', async () => {
    const m = await beginMeeting(storage());
    await (await m.enter('何清')).emit('session.enter', m.act());
    for (const { id } of await storage().records.list(involved, 'id', {}))
      await storage().records.remove(involved, id);
    await m.restart();
    await m.again(m.moderator).call('session.open', { sessionId: m.sessionId });
    expect(await removal(m, '何清')).toBe(IN_USE);
  });

  test('is known of everybody in the logs of an old installation, though its reading was broken off', async () => {
    const fixture = await openFixture('0830c93');
    const { records } = storage();
    await copyStorage(fixture.storage, storage(), [sessions, entries]);
    await fixture.close();
    await forget(records);
    const people = await standing(records);
    expect(people.size).toBeGreaterThan(10);
    for (let writes = 1; ; writes += 2) {
      const done = await migrateRecords(crashingRecords(records, writes), migrations).then(
        () => true,
        () => false,
      );
      if (done) break;
    }
    const server = await startServer({ storage: storage() });
    const { hangsOn } = server.app.session;
    for (const personId of people) expect(await hangsOn.person('', personId)).toBe(true);
    expect(await hangsOn.person('', newId())).toBe(false);
    const written = await records.list(involved, 'id', {});
    expect(new Set(written.map((each) => each.personId))).toEqual(people);
    await server.close();
  });
});
