import { expect, test } from 'vitest';
import { tokens } from '../../server/features/identity/collections.ts';
import { digest } from '../../server/platform/secrets.ts';
import { modify } from '../../server/storage/modify.ts';
import type { Storage } from '../../server/storage/port.ts';
import { newId } from '../../shared/ids.ts';
import type { TestClient } from '../support/client.ts';
import { onBothEngines } from '../support/engines.ts';
import { step1Frame } from '../support/frames.ts';
import { beginMeeting, closeMeetings, type Meeting, within1s } from '../support/meeting.ts';
import { RawClient } from '../support/raw-client.ts';

/** This device in the room and in its list; `cut` says how each line ended. */
async function inside(m: Meeting, device: TestClient) {
  await device.emit('session.open', { sessionId: m.sessionId });
  const at = `${m.url.replace('http', 'ws')}/collab`;
  const list = await new RawClient(at, `list.${m.boardId}`, undefined, { cookie: device.cookie }).opened();
  list.send(step1Frame(new Uint8Array([0])));
  const socket = await device.socket();
  let cut = false;
  let given = 0;
  socket.on('disconnect', () => (cut = true));
  socket.on('rights:given', () => given++);
  return {
    lines: () => ({ cut, list: list.closed }),
    given: () => given,
    /** What was sent to this device has come when an answer to a later question has. */
    heard: () => device.emit('session.open', { sessionId: m.sessionId }),
  };
}
const WHOLE = { cut: false, list: undefined };

const tokenIdOf = (client: TestClient): string =>
  [...client.cookies].filter(([name]) => !name.includes('device')).map(([, value]) => digest(value))[0]!;

const expire = (storage: Storage, tokenId: string) =>
  modify(storage.records, tokens, tokenId, (token) => ({ ...token, expiresAt: '2026-01-01T00:00:00.000Z' }));

onBothEngines('what was not taken away', (storage) => {
  closeMeetings();

  test('is not cut when the hourly sweep finds an old device of the same person', async () => {
    const m = await beginMeeting(storage());
    const [phone, old, lately] = [await m.enter('何清'), await m.enter('何清'), await m.enter('何清')];
    await expire(storage(), tokenIdOf(old));
    // The first admission after a start sweeps.
    await m.restart();
    const he = await inside(m, m.again(phone));
    const live = await inside(m, m.again(lately));
    await expire(storage(), tokenIdOf(lately));
    await m
      .again(m.moderator)
      .call('session.join', { code: m.code, personId: m.people['唐雨']!, switchPerson: true });
    // The devices whose time is over are gone, and only their own lines are cut.
    await within1s(live.lines).toEqual({ cut: true, list: 4401 });
    for (const gone of [old, lately])
      expect(await storage().records.get(tokens, tokenIdOf(gone))).toBeUndefined();
    await he.heard();
    expect(he.lines()).toEqual(WHOLE);
  });

  test('is not cut when another device of the same person signs out', async () => {
    const m = await beginMeeting(storage());
    const [phone, laptop] = [await m.enter('何清'), await m.enter('何清')];
    const [he, there] = [await inside(m, phone), await inside(m, laptop)];
    await laptop.call('identity.signOut', {});
    await within1s(there.lines).toEqual({ cut: true, list: 4401 });
    await he.heard();
    expect(he.lines()).toEqual(WHOLE);
  });

  test('is not cut by a gift: the page is told and asks again', async () => {
    const m = await beginMeeting(storage());
    const device = await m.staff('沈一鸣', 'observer');
    const observer = await inside(m, device);
    const [role, personId] = ['moderator' as const, m.people['沈一鸣']!];
    await m.admin.call('identity.grant', { campaignId: m.campaignId, personId, role });
    await within1s(observer.given).toBe(1);
    const { roles } = await device.emit('session.open', { sessionId: m.sessionId });
    expect([...roles].sort()).toEqual(['moderator', 'observer']);
    expect(observer.lines()).toEqual(WHOLE);
    device.close();
  });

  test('is not cut by a new name of the person or of the unit, nor by a move to another one', async () => {
    const m = await beginMeeting(storage());
    const device = await m.enter('何清');
    const he = await inside(m, device);
    const listed = await m.admin.call('campaigns.people', { campaignId: m.campaignId });
    const { unitName: _u, ...person } = listed.find((each) => each.name === '何清')!;
    await m.admin.call('campaigns.editPerson', { ...person, name: '何晴' });
    const units = await m.admin.call('campaigns.units', { campaignId: m.campaignId });
    const { people: _p, ...unit } = units.find((each) => each.unitId === m.unitId)!;
    await m.admin.call('campaigns.editUnit', { ...unit, name: '教科研新室' });
    await he.heard();
    expect((await device.call('identity.me', {})).actor).toMatchObject({
      name: '何晴',
      unitName: '教科研新室',
    });
    await m.admin.call('campaigns.editPerson', {
      ...person,
      version: person.version + 1,
      unitId: m.otherUnitId,
    });
    await he.heard();
    expect(he.lines()).toEqual(WHOLE);
  });

  test('is not cut in one meeting by a removal from another', async () => {
    const m = await beginMeeting(storage());
    const view = await m.admin.call('session.get', { sessionId: m.sessionId });
    const { title, plannedAt, plannedMinutes, place, unitId, agenda } = view;
    const other = await m.admin.call('session.create', {
      ...{ campaignId: m.campaignId, sessionId: newId(), roomId: m.roomId, unitId, agenda },
      ...{ title, plannedAt, plannedMinutes, place, expectedUnits: [], expectedPeople: [] },
    });
    await m.moderator.call('session.start', { sessionId: other.sessionId, id: newId() });
    const phone = await m.enter('何清');
    const he = await inside(m, phone);
    const tab = m.again(phone);
    await tab.call('session.join', { code: other.code });
    await tab.emit('session.open', { sessionId: other.sessionId });
    await tab.emit('session.enter', { sessionId: other.sessionId, id: newId() });
    let cut = false;
    (await tab.socket()).on('disconnect', () => (cut = true));
    const removal = { sessionId: other.sessionId, id: newId(), personId: m.people['何清']! };
    await m.moderator.call('session.removePerson', removal);
    await within1s(() => cut).toBe(true);
    await he.heard();
    expect(he.lines()).toEqual(WHOLE);
    expect(he.given()).toBe(0);
  });
});
