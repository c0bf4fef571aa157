import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { documentName, readRows } from '../../shared/board.ts';
import { fold } from '../../shared/reduce.ts';
import type { Storage } from '../../server/storage/port.ts';
import { crashingRecords } from '../support/crashing-records.ts';
import { onBothEngines } from '../support/engines.ts';
import { expectError } from '../support/errors.ts';
import { beginMeeting, closeMeetings, type Meeting, refusal } from '../support/meeting.ts';
import { AppError } from '../../shared/errors.ts';

async function storedRows(storage: Storage, boardId: string): Promise<string[]> {
  const doc = new Y.Doc();
  for (const { update } of await storage.updates.load(documentName('list', boardId)))
    Y.applyUpdate(doc, update);
  return readRows(doc).rows.map((row) => row.problem);
}

const open = (m: Meeting, who = m.moderator) => who.call('session.open', { sessionId: m.sessionId });

onBothEngines('a meeting', (storage) => {
  closeMeetings();

  test('is the same for all who were there, for who came later, and after a restart', async () => {
    const m = await beginMeeting(storage());
    const [he, guest] = [await m.enter('何清'), await m.guest('来宾')];
    for (const client of [m.moderator, he, guest])
      await client.emit('session.open', { sessionId: m.sessionId });
    await he.emit('session.raiseHand', m.act());
    await guest.emit('session.raiseHand', m.act());
    const guestId = (await open(m)).state.hands[1]!;
    await m.moderator.emit('session.orderQueue', { ...m.act(), order: [guestId] });
    expect((await open(m)).state.hands).toEqual([guestId, m.people['何清']]);
    await m.moderator.emit('session.giveFloor', { ...m.act(), personId: guestId, minutes: 3 });
    await m.moderator.emit('session.extendFloor', { ...m.act(), minutes: 2 });
    await m.moderator.emit('session.giveFloor', { ...m.act(), personId: m.people['何清']!, minutes: 3 });
    const { state } = await open(m, guest);
    expect(state.turns).toMatchObject([{ personId: guestId, seconds: 300, extensions: 1 }]);
    expect([state.floor?.personId, state.hands]).toEqual([m.people['何清'], []]);
    await m.moderator.emit('session.pause', m.act());
    const paused = (await open(m)).state;
    expect([paused.items[0]?.clock.since, paused.floor?.clock.since]).toEqual([undefined, undefined]);
    expect(await refusal(he, 'session.say', { ...m.act(), kind: 'speech', body: '还有一句' })).toBe(
      'WRONG_STATE session.paused',
    );
    await m.moderator.emit('session.resume', m.act());
    await m.moderator.emit('session.openItem', { ...m.act(), itemId: m.agenda[1]!.id });
    const before = await open(m);
    expect(before.state.items.map((item) => item.status)).toEqual(['done', 'open', 'waiting']);
    await m.restart();
    const again = m.again(m.moderator);
    const after = await open(m, again);
    expect(after.state).toEqual(before.state);
    const entries = await again.call('session.entries', { sessionId: m.sessionId, after: 0, limit: 500 });
    expect(fold(m.sessionId, entries)).toEqual(after.state);
  });

  test('tells the reason of a leave to the staff only', async () => {
    const m = await beginMeeting(storage());
    const he = await m.enter('何清');
    const own = { ...m.act(), personId: m.people['何清']!, status: 'leave' as const, reason: '家中有事' };
    await he.call('session.attend', own);
    const other = { ...m.act(), personId: m.people['唐雨']!, status: 'present' as const, reason: '' };
    expect(await refusal(he, 'session.attend', other)).toBe('FORBIDDEN not.allowed');
    await m.moderator.call('session.attend', { ...other, status: 'observing' });
    const read = async (who: typeof he) =>
      JSON.stringify([
        await open(m, who),
        await who.call('session.entries', { sessionId: m.sessionId, after: 0, limit: 500 }),
      ]);
    expect(await read(m.moderator)).toContain('家中有事');
    expect(await read(he)).not.toContain('家中有事');
    expect(await read(await m.guest('来宾'))).not.toContain('家中有事');
  });

  test('keeps a hidden text from the members and a recalled one from all', async () => {
    const m = await beginMeeting(storage());
    const he = await m.enter('何清');
    const say = async (body: string) => {
      const said = { ...m.act(), kind: 'speech' as const, body };
      await he.call('session.say', said);
      return said.id;
    };
    const [hidden, recalled, pinned] = [
      await say('不合适的话'),
      await say('说错的话'),
      await say('要紧的话'),
    ];
    await m.moderator.call('session.hide', { ...m.act(), messageId: hidden });
    await m.moderator.call('session.pin', { ...m.act(), messageId: pinned });
    await he.call('session.recall', { ...m.act(), messageId: recalled });
    const of = async (who: typeof he) => {
      const seen = await who.call('session.messages', { sessionId: m.sessionId, before: 1000, limit: 50 });
      return seen.map((message) => message.body);
    };
    expect(await of(he)).toEqual(['', '', '要紧的话']);
    expect(await of(m.moderator)).toEqual(['不合适的话', '', '要紧的话']);
    expect((await open(m, he)).state.messages[pinned]?.pinned).toBe(true);
  });

  test('puts a problem into the list although the list failed the first time', async () => {
    const m = await beginMeeting(storage());
    const said = { ...m.act(), kind: 'problem' as const, body: '课题申报靠科室催。' };
    await m.moderator.call('session.say', said);
    expectError(/storage\.away/);
    const away = () => Promise.reject(new AppError('UNAVAILABLE', 'storage.away'));
    await m.restart({ ...storage(), updates: { ...storage().updates, append: away, load: away } });
    const takeUp = { sessionId: m.sessionId, messageId: said.id };
    expect(await refusal(m.again(m.moderator), 'session.takeUp', takeUp)).toMatch(/^UNAVAILABLE/);
    expect(await storedRows(storage(), m.boardId)).toEqual([]);
    await m.restart();
    const moderator = m.again(m.moderator);
    expect((await open(m, moderator)).state.problems).toHaveLength(1);
    expect(await storedRows(storage(), m.boardId)).toEqual([said.body]);
    await moderator.call('session.takeUp', takeUp);
    expect(await storedRows(storage(), m.boardId)).toEqual([said.body]);
  });

  test('that was killed between its last entry and everything else is over all the same', async () => {
    const m = await beginMeeting(storage());
    const guest = await m.guest('来宾');
    expectError(/killed/);
    await m.restart({ ...storage(), records: crashingRecords(storage().records, 1) });
    const end = { ...m.act(), carryOver: [m.agenda[2]!.id, m.agenda[0]!.id] };
    expect(await refusal(m.again(m.moderator), 'session.end', end)).toBe('INTERNAL server.fault');
    await m.restart();
    const moderator = m.again(m.moderator);
    const { session, state } = await open(m, moderator);
    expect([session.phase, session.code, session.endedAt]).toEqual(['ended', '', state.endedAt]);
    expect(state.items[0]?.status).toBe('open');
    expect((await m.again(guest).call('session.door', { code: m.code })).phase).toBe('ended');
    expect(await refusal(m.again(guest), 'session.open', { sessionId: m.sessionId })).toBe(
      'WRONG_STATE session.over',
    );
    expect((await moderator.call('session.end', end)).kind).toBe('ended');
  });

  test('shows the guiding question that is up to everybody, who was there and who comes', async () => {
    const m = await beginMeeting(storage());
    const guest = await m.guest('来宾');
    const prompt = { zh: '哪些事还在等？', en: 'Where do we still wait?' };
    expect(await refusal(guest, 'session.prompt', { ...m.act(), prompt })).toBe('FORBIDDEN not.allowed');
    await m.moderator.call('session.prompt', { ...m.act(), prompt });
    expect((await guest.call('session.open', { sessionId: m.sessionId })).state.prompt).toEqual(prompt);
    await m.moderator.call('session.prompt', m.act());
    expect((await guest.call('session.open', { sessionId: m.sessionId })).state.prompt).toBeUndefined();
  });

  test('tells who comes second with an edit who was first, and when', async () => {
    const m = await beginMeeting(storage());
    const view = await m.moderator.call('session.get', { sessionId: m.sessionId });
    const { sessionId, version, plannedAt, plannedMinutes, place, unitId, agenda } = view;
    const settings = {
      plannedAt,
      plannedMinutes,
      place,
      unitId,
      agenda,
      expectedUnits: [],
      expectedPeople: [],
    };
    const edit = (who: typeof m.admin, title: string) =>
      who.call('session.edit', { sessionId, version, ...settings, title });
    const both = await Promise.allSettled([edit(m.moderator, '甲'), edit(m.admin, '乙')]);
    const refused = both.flatMap((each) => (each.status === 'rejected' ? [each.reason as AppError] : []));
    const won = both[0].status === 'fulfilled' ? '周敏' : '办公室甲';
    const { updatedAt } = { updatedAt: refused[0]?.failure.facts?.['at'] };
    expect(refused.map((error) => error.failure)).toMatchObject([
      { code: 'CONFLICT', reason: 'edit.late', facts: { by: won } },
    ]);
    expect(Date.now() - Date.parse(String(updatedAt))).toBeLessThan(60_000);
  });

  test('does not count what the meeting itself does as an edit of its settings', async () => {
    const m = await beginMeeting(storage());
    const { version } = await m.moderator.call('session.get', { sessionId: m.sessionId });
    await m.moderator.call('session.pause', m.act());
    await m.moderator.call('session.resume', m.act());
    expect((await m.moderator.call('session.get', { sessionId: m.sessionId })).version).toBe(version);
    const plans = async () =>
      (await m.admin.call('session.entries', { sessionId: m.sessionId, after: 0, limit: 500 })).filter(
        (entry) => entry.kind === 'scheduled',
      ).length;
    expect(await plans()).toBe(1);
    await m.restart();
    const again = m.again(m.admin);
    await open(m, again);
    const entries = await again.call('session.entries', { sessionId: m.sessionId, after: 0, limit: 500 });
    expect(entries.filter((entry) => entry.kind === 'scheduled')).toHaveLength(1);
  });
});
