import { expect, test } from 'vitest';
import type { AppError } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { letIn, TestClient } from '../support/client.ts';
import { onBothEngines } from '../support/engines.ts';
import { beginMeeting, closeMeetings, kept, refusal, secretOf, within1s } from '../support/meeting.ts';

onBothEngines('the door', (storage) => {
  closeMeetings();

  test('shows nothing for a wrong code, and for the right one this session’s people only', async () => {
    const m = await beginMeeting(storage());
    const personId = newId();
    const from = { campaignId: m.campaignId, unitId: m.otherUnitId, position: '', level: '' };
    await m.admin.call('campaigns.addPerson', { ...from, personId, name: '别室的人' });
    const phone = new TestClient(m.url);
    const wrong = m.code === '100000' ? '100001' : '100000';
    expect(await refusal(phone, 'session.door', { code: wrong })).toBe('NOT_FOUND code.unknown');
    const door = await phone.call('session.door', { code: m.code });
    expect(door.units.map((unit) => unit.name)).toEqual(['教科研一室']);
    expect(door.units[0]!.people.map((person) => person.name)).toContain('何清');
    expect(JSON.stringify(door)).not.toContain('别室的人');
    expect(door.moderators).toEqual(['周敏']);
  });

  test('lets a name be claimed, which never gives more than a participant’s rights', async () => {
    const m = await beginMeeting(storage());
    const claimed = kept(new TestClient(m.url));
    await letIn(claimed, m, m.people['周敏']!, m.moderator);
    const { roles } = await claimed.call('session.open', { sessionId: m.sessionId });
    expect(roles).toEqual(['participant']);
    expect(await refusal(claimed, 'session.pause', m.act())).toBe('FORBIDDEN not.allowed');
    const me = await claimed.call('identity.me', {});
    expect(me.actor).toMatchObject({ name: '周敏', proven: false });
    expect(await refusal(claimed, 'session.join', { code: m.code, personId: m.people['何清']! })).toBe(
      'CONFLICT identity.switch',
    );
  });

  test('lets who is on no list walk in, once however often', async () => {
    const m = await beginMeeting(storage());
    const walkIn = async (name: string) => {
      const phone = kept(new TestClient(m.url));
      return (await phone.call('session.join', { code: m.code, name, unitName: '教科研二室' })).personId;
    };
    const [first, second] = [await walkIn('顾 言'), await walkIn('顾言')];
    expect(first).toBe(second);
    expect(Object.values(m.people)).not.toContain(first);
  });

  test('opens for a guest until the minutes of the session are sealed', async () => {
    const m = await beginMeeting(storage());
    const { sessionId } = m;
    const makeLink = (name: string) => m.moderator.call('session.makeGuestLink', { sessionId, name });
    const [link, unused] = [await makeLink('来宾'), await makeLink('晚到的来宾')];
    const guest = kept(new TestClient(m.url));
    await guest.call('identity.useLink', { secret: secretOf(link), name: '来宾' });
    const seen = await guest.call('session.open', { sessionId });
    expect(seen.roles).toEqual(['guest']);
    expect(seen.state.schedule?.expected).toEqual([]);
    await guest.emit('session.enter', m.act());
    let left = false;
    (await guest.socket()).on('disconnect', () => (left = true));
    await m.moderator.call('session.end', { ...m.act(), carryOver: [] });
    // The end can be taken back: who was there reads that it is over, who was not does not come in any more.
    expect((await guest.call('session.open', { sessionId })).state.phase).toBe('ended');
    const late = kept(new TestClient(m.url));
    await late.call('identity.useLink', { secret: secretOf(unused), name: '晚到的来宾' });
    expect(await refusal(late, 'session.open', { sessionId })).toBe('WRONG_STATE session.over');
    expect(left).toBe(false);

    const { version } = await m.moderator.call('minutes.open', { sessionId });
    await m.moderator.call('minutes.seal', { sessionId, version });
    await within1s(() => left).toBe(true);
    expect((await guest.call('identity.me', {})).actor.kind).toBe('anonymous');
    const failure = await new TestClient(m.url)
      .call('identity.link', { secret: secretOf(link) })
      .catch((error: AppError) => error.failure);
    const facts = { title: '第二次线上座谈会', host: '教科研一室', at: expect.any(String) };
    expect(failure).toMatchObject({ code: 'WRONG_STATE', reason: 'session.over', facts });
  });

  test('closes behind who was removed, until the moderator counts them as present', async () => {
    const m = await beginMeeting(storage());
    const he = await m.enter('何清');
    await he.emit('session.open', { sessionId: m.sessionId });
    await he.emit('session.enter', m.act());
    let cut = false;
    (await he.socket()).on('disconnect', () => (cut = true));
    const personId = m.people['何清']!;
    await m.moderator.call('session.removePerson', { ...m.act(), personId });
    await within1s(() => cut).toBe(true);
    // Their right has gone with them; they hear why all the same, and not that there is no such session.
    expect(await refusal(he, 'session.open', { sessionId: m.sessionId })).toBe('FORBIDDEN person.removed');
    const phone = kept(new TestClient(m.url));
    expect(await refusal(phone, 'session.join', { code: m.code, personId })).toBe('FORBIDDEN person.removed');
    await m.moderator.call('session.attend', { ...m.act(), personId, status: 'present', reason: '' });
    expect(await refusal(phone, 'session.join', { code: m.code, personId })).toBe('');
  });

  test('shuts out who was removed even if they may read the whole campaign', async () => {
    const m = await beginMeeting(storage());
    const observer = kept(await m.staff('沈一鸣', 'observer'));
    await observer.emit('session.open', { sessionId: m.sessionId });
    await observer.emit('session.enter', m.act());
    let cut = false;
    (await observer.socket()).on('disconnect', () => (cut = true));
    await m.moderator.call('session.removePerson', { ...m.act(), personId: m.people['沈一鸣']! });
    await within1s(() => cut).toBe(true);
    for (const call of ['session.open', 'session.get'] as const)
      expect(await refusal(observer, call, { sessionId: m.sessionId })).toBe('FORBIDDEN person.removed');
  });

  test('counts the devices of one name, disturbs none by another, and drops all but the one that came first', async () => {
    const m = await beginMeeting(storage());
    const phone = await m.enter('何清');
    await phone.emit('session.open', { sessionId: m.sessionId });
    let cut = false;
    (await phone.socket()).on('disconnect', () => (cut = true));
    const laptop = kept(new TestClient(m.url));
    const personId = m.people['何清']!;
    await letIn(laptop, m, personId, m.moderator);
    const { presence } = await laptop.emit('session.open', { sessionId: m.sessionId });
    expect(presence.people).toContainEqual({ personId, devices: 2, away: false });
    expect(cut).toBe(false);
    await m.moderator.call('session.dropDevices', { sessionId: m.sessionId, personId });
    await expect
      .poll(() => refusal(laptop, 'session.open', { sessionId: m.sessionId }), {
        timeout: 1000,
        interval: 20,
      })
      .toBe('UNAUTHENTICATED sign.in');
    expect(await refusal(phone, 'session.open', { sessionId: m.sessionId })).toBe('');
  });

  test('says after the end that it is over, lets nobody in, and opens as it was when the end is taken back', async () => {
    const m = await beginMeeting(storage());
    const link = await m.moderator.call('session.makeGuestLink', { sessionId: m.sessionId, name: '来宾' });
    await m.moderator.call('session.end', { ...m.act(), carryOver: [] });
    const phone = kept(new TestClient(m.url));
    const door = await phone.call('session.door', { code: m.code });
    expect(door).toMatchObject({
      phase: 'ended',
      title: '第二次线上座谈会',
      sponsor: '教科研一室',
      units: [],
    });
    const personId = m.people['何清']!;
    for (const name of ['session.join', 'session.ask'] as const)
      expect(await refusal(phone, name, { code: m.code, personId })).toBe('WRONG_STATE session.ended');
    expect((await m.moderator.call('session.get', { sessionId: m.sessionId })).code).toBe('');

    await m.moderator.call('session.resume', m.act());
    expect((await m.moderator.call('session.get', { sessionId: m.sessionId })).code).toBe(m.code);
    expect(await refusal(phone, 'session.join', { code: m.code, personId })).toBe('');
    const guest = kept(new TestClient(m.url));
    await guest.call('identity.useLink', { secret: secretOf(link), name: '来宾' });
    expect((await guest.call('session.open', { sessionId: m.sessionId })).state.phase).toBe('live');
  });

  test('is shut for good a day after the end, and has a new code when the session goes on all the same', async () => {
    let now = Date.now();
    const m = await beginMeeting(storage(), { now: () => now });
    const guest = await m.guest('来宾');
    await guest.emit('session.enter', m.act());
    await m.moderator.call('session.end', { ...m.act(), carryOver: [] });
    const phone = kept(new TestClient(m.url));
    now += 24 * 3_600_000 - 60_000;
    expect((await phone.call('session.door', { code: m.code })).phase).toBe('ended');
    expect(await refusal(guest, 'session.open', { sessionId: m.sessionId })).toBe('');
    now += 120_000;
    expect(await refusal(guest, 'session.open', { sessionId: m.sessionId })).toBe('WRONG_STATE session.over');
    expect(await refusal(phone, 'session.door', { code: m.code })).toBe('NOT_FOUND code.unknown');
    await m.moderator.call('session.resume', m.act());
    const { code } = await m.moderator.call('session.get', { sessionId: m.sessionId });
    expect((await phone.call('session.door', { code })).phase).toBe('live');
  });
});
