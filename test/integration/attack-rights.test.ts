import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import type { Storage } from '../../server/storage/port.ts';
import { newId } from '../../shared/ids.ts';
import { becomeAdmin, type Fixture, makeFixture, TestClient } from '../support/client.ts';
import { beginMeeting, endMeetings, kept, refusal } from '../support/meeting.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('a name claimed at the door', () => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await openSqlite(':memory:');
  });
  afterEach(async () => {
    await endMeetings();
    await storage.close();
  });

  test('opens the board of its meeting and of no other unit, whatever unit is typed', async () => {
    const m = await beginMeeting(storage);
    const stranger = kept(new TestClient(m.url));
    await stranger.call('session.join', { code: m.code, name: '路过', unitName: '教科研二室' });
    const { actor } = await stranger.call('identity.me', {});
    expect(actor).toMatchObject({ unitId: m.otherUnitId, proven: false });
    const other = { campaignId: m.campaignId, unitId: m.otherUnitId };
    expect(await refusal(stranger, 'board.open', other)).toBe('FORBIDDEN board.forbidden');
    const own = await stranger.call('board.open', { ...other, unitId: m.unitId });
    expect(own).toMatchObject({ boardId: m.boardId, access: 'write' });
  });

  test('of a unit that came by a personal link opens its own board between meetings', async () => {
    const m = await beginMeeting(storage);
    const personId = m.people['何清']!;
    const link = await m.admin.call('identity.personalLink', { campaignId: m.campaignId, personId });
    const phone = kept(new TestClient(m.url));
    await phone.call('identity.useLink', { secret: link.url.split('/').at(-1)! });
    const board = await phone.call('board.open', { campaignId: m.campaignId, unitId: m.unitId });
    expect(board.access).toBe('write');
  });
});

describe('a session that is not held yet', () => {
  let server: TestServer;
  let f: Fixture;
  let he: TestClient;

  beforeEach(async () => {
    server = await startServer();
    f = await makeFixture(server.url, server.app.identity.adminLink);
    he = await f.enter('何清');
  });
  afterEach(() => server.close());

  const settings = async () => {
    const view = await f.admin.call('session.get', { sessionId: f.sessionId });
    const { title, plannedAt, plannedMinutes, place, unitId, agenda, expectedUnits, expectedPeople } = view;
    const { sessionId, version } = view;
    const fields = { title, plannedAt, plannedMinutes, place, unitId, agenda, expectedUnits, expectedPeople };
    return { sessionId, version, ...fields };
  };

  test('takes those who have come in along to the board of its new host', async () => {
    const edit = { ...(await settings()), unitId: f.otherUnitId };
    const { boardId } = await f.admin.call('session.edit', edit);
    expect(boardId).not.toBe(f.boardId);
    expect(await he.call('board.get', { boardId })).toMatchObject({ access: 'write' });
    expect(await refusal(he, 'board.get', { boardId: f.boardId })).toBe('NOT_FOUND board.unknown');
  });

  test('leaves nobody a right behind when it is removed, and its id to nobody', async () => {
    await f.admin.call('session.remove', { sessionId: f.sessionId });
    expect(await refusal(he, 'board.get', { boardId: f.boardId })).toBe('NOT_FOUND board.unknown');
    const { version: _version, ...fields } = {
      ...{ version: 1, sessionId: f.sessionId, campaignId: f.campaignId, roomId: f.roomId, unitId: f.unitId },
      ...{ title: '另一次会议', plannedAt: '2026-03-18T06:30:00.000Z', plannedMinutes: 60, place: '' },
      ...{ agenda: f.agenda, expectedUnits: [], expectedPeople: [] },
    };
    expect(await refusal(f.admin, 'session.create', fields)).toBe('CONFLICT id.taken');
  });

  test('is edited once although the answer was lost and the same edit came again', async () => {
    const edit = { ...(await settings()), title: '第三次线上座谈会' };
    const first = await f.admin.call('session.edit', edit);
    expect(await f.admin.call('session.edit', edit)).toEqual(first);
    const late = { ...edit, title: '第四次线上座谈会' };
    expect(await refusal(f.admin, 'session.edit', late)).toBe('CONFLICT edit.late');
  });

  test('is made once although two tries arrive together', async () => {
    const { version: _version, ...fields } = await settings();
    const wish = { ...fields, campaignId: f.campaignId, roomId: f.roomId, sessionId: newId() };
    const [a, b] = await Promise.all([1, 2].map(() => f.admin.call('session.create', wish)));
    expect(a).toEqual(b);
    expect((await f.admin.call('session.door', { code: a!.code })).sessionId).toBe(wish.sessionId);
  });

  test.each([
    ['a month 13', { plannedAt: '2026-13-01T06:30:00.000Z' }, 'time.form'],
    ['31 February', { plannedAt: '2026-02-31T06:30:00.000Z' }, 'time.form'],
    ['an hour 25', { plannedAt: '2026-02-01T25:30:00.000Z' }, 'time.form'],
  ])('is not planned for %s', async (_what, change, reason) => {
    const edit = { ...(await settings()), ...change };
    expect(await refusal(f.admin, 'session.edit', edit)).toBe(`INVALID_INPUT ${reason}`);
  });
});

describe('ids of another campaign', () => {
  let server: TestServer;
  let f: Fixture;
  let chief: TestClient;
  let far: { campaignId: string; unitId: string; personId: string; roomId: string };

  beforeAll(async () => {
    server = await startServer();
    f = await makeFixture(server.url, server.app.identity.adminLink);
    chief = await f.staff('陆远航', 'administrator');
    const [campaignId, unitId, personId] = [newId(), newId(), newId()];
    const made = { campaignId, name: '别的活动', slogan: '', sponsor: '', templateId: 'bapobali-2015' };
    await f.admin.call('campaigns.create', made);
    await f.admin.call('campaigns.addUnit', { campaignId, unitId, name: '别的单位' });
    const person = { campaignId, personId, unitId, name: '沈远', position: '', level: '' };
    await f.admin.call('campaigns.addPerson', person);
    const [room] = await f.admin.call('rooms.list', { campaignId });
    far = { campaignId, unitId, personId, roomId: room!.roomId };
  });
  afterAll(() => server.close());

  const here = () => ({ campaignId: f.campaignId });
  const meeting = (change: object) => ({
    ...{ ...here(), sessionId: newId(), roomId: f.roomId, unitId: f.unitId, title: '会议', place: '' },
    ...{ plannedAt: '2026-03-18T06:30:00.000Z', plannedMinutes: 60, agenda: f.agenda },
    ...{ expectedUnits: [], expectedPeople: [], ...change },
  });
  const fields = { position: '', level: '' };

  test('open nothing to who administers this one', async () => {
    const { personId, unitId, roomId, campaignId } = far;
    const said = [
      await refusal(chief, 'identity.personalLink', { ...here(), personId }),
      await refusal(chief, 'identity.grant', { ...here(), personId, role: 'moderator' }),
      await refusal(chief, 'session.create', meeting({ roomId })),
      await refusal(chief, 'session.create', meeting({ unitId })),
      await refusal(chief, 'campaigns.addPerson', {
        ...{ ...here(), personId: newId(), unitId, name: '新人', ...fields },
      }),
      await refusal(chief, 'campaigns.editPerson', {
        ...{ ...here(), personId, version: 1, unitId: f.unitId, name: '改名', ...fields },
      }),
      await refusal(chief, 'campaigns.removePerson', { ...here(), personId }),
      await refusal(chief, 'campaigns.removeUnit', { ...here(), unitId }),
      await refusal(chief, 'board.open', { ...here(), unitId }),
      await refusal(chief, 'rooms.remove', { roomId }),
      await refusal(chief, 'campaigns.get', { campaignId }),
      await refusal(chief, 'session.attend', {
        ...{ sessionId: f.sessionId, id: newId(), personId, status: 'present', reason: '' },
      }),
    ];
    expect(said).toEqual([
      ...['NOT_FOUND person.unknown', 'NOT_FOUND person.unknown', 'NOT_FOUND room.unknown'],
      ...['NOT_FOUND unit.unknown', 'NOT_FOUND unit.unknown', 'NOT_FOUND person.unknown'],
      ...['NOT_FOUND person.unknown', 'NOT_FOUND unit.unknown', 'NOT_FOUND unit.unknown'],
      ...['NOT_FOUND room.unknown', 'NOT_FOUND campaign.unknown', 'NOT_FOUND person.unknown'],
    ]);
  });

  test('cannot be expected, nor come in by this code', async () => {
    const expecting = meeting({ expectedPeople: [far.personId] });
    expect(await refusal(chief, 'session.create', expecting)).toBe('NOT_FOUND person.unknown');
    const view = await chief.call('session.create', meeting({}));
    const phone = new TestClient(server.url);
    const claim = { code: view.code, personId: far.personId };
    expect(await refusal(phone, 'session.join', claim)).toBe('NOT_FOUND person.unknown');
  });

  test('a grant of another campaign is not revoked from here', async () => {
    const { campaignId, personId } = far;
    const { grantId } = await f.admin.call('identity.grant', { campaignId, personId, role: 'moderator' });
    expect(await refusal(chief, 'identity.revoke', { ...here(), grantId })).toBe('NOT_FOUND grant.unknown');
  });
});

describe('a name that every object has', () => {
  test('is an unknown field like any other, over HTTP and over the socket', async () => {
    const server = await startServer();
    const admin = await becomeAdmin(server.url, server.app.identity.adminLink);
    const json = { 'content-type': 'application/json' };
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const body = `{"campaignId":"${newId()}","${key}":{"name":"x"}}`;
      const answer = await admin.fetch('/api/campaigns', { method: 'POST', headers: json, body });
      expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
        400,
        'INVALID_INPUT',
      ]);
      const input = JSON.parse(`{"sessionId":"${newId()}","${key}":{"x":1}}`) as { sessionId: string };
      await expect(admin.emit('session.open', input)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      await expect(admin.emit(key as 'session.open', input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    admin.close();
    await server.close();
  });
});
