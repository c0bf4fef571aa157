import { expect, test } from 'vitest';
import { minutes } from '../../server/features/minutes/collections.ts';
import { rooms } from '../../server/features/rooms/collections.ts';
import { newId } from '../../shared/ids.ts';
import { roomKind } from '../../shared/topic.ts';
import { TestClient } from '../support/client.ts';
import { onBothEngines } from '../support/engines.ts';
import { openFixture } from '../support/fixture.ts';
import { beginMeeting, closeMeetings } from '../support/meeting.ts';
import { startServer } from '../support/server.ts';

onBothEngines('a room', (storage) => {
  closeMeetings();

  test('is of the kind that it was given; the door, the meeting and the minutes say one name', async () => {
    const m = await beginMeeting(storage());
    const theme = { name: '短板会议室', break: '短板思维', build: '系统观念', prompts: [] };
    const at = { campaignId: m.campaignId, roomId: newId() };
    expect(await m.admin.call('rooms.add', { ...at, ...theme, kind: 'pair' })).toMatchObject({
      kind: 'pair',
    });
    const sessionId = newId();
    const { code } = await m.moderator.call('session.create', {
      ...{ campaignId: m.campaignId, sessionId, roomId: at.roomId, title: '座谈会', unitId: m.unitId },
      ...{ plannedAt: '2026-03-18T06:30:00.000Z', plannedMinutes: 60, place: '' },
      ...{ agenda: m.agenda, expectedUnits: [], expectedPeople: [] },
    });
    expect((await m.moderator.call('session.door', { code })).topic.kind).toBe('pair');
    const { state } = await m.moderator.call('session.open', { sessionId });
    expect(state.schedule?.topic).toEqual({
      ...{ name: '短板会议室', break: '短板思维', build: '系统观念', kind: 'pair' },
    });
    await m.moderator.call('session.start', { sessionId, id: newId() });
    await m.moderator.call('session.end', { sessionId, id: newId(), carryOver: [] });
    const { paragraphs } = await m.moderator.call('minutes.open', { sessionId });
    expect(paragraphs.map((each) => each.composed).join()).toContain('围绕“破短板思维、立系统观念”');
  });

  test('of earlier times has the kind that its sides tell, and keeps it whatever is written into them', async () => {
    const m = await beginMeeting(storage());
    const [old] = await m.admin.call('rooms.list', { campaignId: m.campaignId });
    const record = (await storage().records.get(rooms, old!.roomId))!;
    const { kind: _kind, ...without } = record;
    const stored = { ...without, break: '短板及原因', build: '建议和对策' };
    await storage().records.replace(rooms, stored);
    const [listed] = await m.admin.call('rooms.list', { campaignId: m.campaignId });
    expect(listed).toMatchObject({ kind: 'area', name: old!.name });
    const { roomId, version, name, prompts } = listed!;
    // A page that knows of no kinds.
    const edit = { roomId, version, name, prompts, break: '问题清单', build: '措施清单' };
    expect(await m.admin.call('rooms.edit', edit)).toMatchObject({ kind: 'area' });
  });
});

test('the rooms of an old installation have their kind, and its sealed minutes are the same to the byte', async () => {
  const { old, storage, close } = await openFixture('0830c93');
  const before = JSON.stringify(await storage.records.list(minutes, 'id', {}));
  const server = await startServer({ storage, now: () => Date.parse(old.madeAt) });
  const office = new TestClient(server.url);
  const link = await server.app.identity.adminLink(server.url);
  const login = { name: '办公室乙', login: 'second', password: 'long enough 8' };
  await office.call('identity.useLink', { secret: link.url.split('/').at(-1)!, ...login });
  const listed = await office.call('rooms.list', { campaignId: old.campaignId });
  expect(listed.length).toBeGreaterThan(0);
  for (const room of listed) expect(room.kind).toBe(roomKind({ break: room.break, build: room.build }));
  const { cards } = await office.call('session.list', { campaignId: old.campaignId });
  const sealed = cards.find((card) => card.minutesSealed)!;
  const { sealed: seal } = await office.call('minutes.open', { sessionId: sealed.sessionId });
  expect(seal?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(await storage.records.list(minutes, 'id', {}))).toBe(before);
  await server.close();
  await close();
});
