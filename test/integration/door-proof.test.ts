import { expect, test } from 'vitest';
import type { LiveEvents } from '../../shared/contract/events.ts';
import { letIn, TestClient } from '../support/client.ts';
import { onBothEngines } from '../support/engines.ts';
import { beginMeeting, closeMeetings, kept, type Meeting, refusal } from '../support/meeting.ts';

type Asked = LiveEvents['door:asked'];

/** A browser that has seen the door, as our page makes it, so that it has an id of its own. */
async function atTheDoor(m: Meeting): Promise<TestClient> {
  const phone = kept(new TestClient(m.url));
  await phone.call('session.door', { code: m.code });
  return phone;
}

const claim = (m: Meeting, name: string) => ({ code: m.code, personId: m.people[name]! });
const place = (m: Meeting) => ({ sessionId: m.sessionId });

/** 何清 in the room, on a phone of his own. */
async function heInside(m: Meeting): Promise<TestClient> {
  const phone = await atTheDoor(m);
  await phone.call('session.join', claim(m, '何清'));
  await phone.call('session.enter', m.act());
  return phone;
}

onBothEngines('a name that is held', (storage) => {
  closeMeetings();

  test('is a name of the staff, whether it is chosen or typed, and a name that is here on another device', async () => {
    const m = await beginMeeting(storage());
    await heInside(m);
    const phone = await atTheDoor(m);
    expect(await refusal(phone, 'session.join', claim(m, '周敏'))).toBe('FORBIDDEN door.staff');
    const typed = { code: m.code, name: '周 敏' };
    expect(await refusal(phone, 'session.join', typed)).toBe('FORBIDDEN door.staff');
    expect(await refusal(phone, 'session.join', claim(m, '何清'))).toBe('FORBIDDEN door.present');
    expect(await refusal(phone, 'session.join', claim(m, '沈一鸣'))).toBe('');
  });

  test('is free again when nobody is here under it', async () => {
    const m = await beginMeeting(storage());
    const phone = await heInside(m);
    await phone.call('session.leave', m.act());
    expect(await refusal(await atTheDoor(m), 'session.join', claim(m, '何清'))).toBe('');
  });

  test('needs no nod on a device that was this person before, nor on one that was let in under it', async () => {
    const m = await beginMeeting(storage());
    const phone = await heInside(m);
    await phone.call('session.join', { ...claim(m, '唐雨'), switchPerson: true });
    const other = await atTheDoor(m);
    await letIn(other, m, m.people['何清']!, m.moderator);
    await other.call('session.enter', m.act());
    const back = { ...claim(m, '何清'), switchPerson: true };
    expect(await refusal(phone, 'session.join', back)).toBe('');
    await other.call('identity.signOut', {});
    expect(await refusal(other, 'session.join', claim(m, '何清'))).toBe('');
  });

  test('of the staff is not free for having been chosen at another door once', async () => {
    const m = await beginMeeting(storage());
    const phone = await atTheDoor(m);
    await phone.call('session.join', claim(m, '唐雨'));
    const { campaignId } = m;
    await m.admin.call('identity.grant', { campaignId, personId: m.people['唐雨']!, role: 'note-taker' });
    expect(await refusal(phone, 'session.join', { code: m.code })).toBe('FORBIDDEN door.staff');
    await phone.call('session.ask', { code: m.code });
    const [request] = await m.moderator.call('session.waiting', place(m));
    expect(request).toMatchObject({ name: '唐雨', unitName: '教科研一室', why: 'staff' });
  });
});

onBothEngines('who asks to be let in', (storage) => {
  closeMeetings();

  test('waits, is seen by who may let in and by nobody else, and comes in at a press', async () => {
    const m = await beginMeeting(storage());
    const heard: Asked[] = [];
    const listening = await m.moderator.socket();
    await m.moderator.emit('session.open', place(m));
    listening.on('door:asked', (told: Asked) => heard.push(told));
    const taker = kept(await m.staff('沈一鸣', 'note-taker'));
    await taker.emit('session.open', place(m));
    (await taker.socket()).on('door:asked', () => heard.push({ sessionId: 'told', waiting: [] }));
    const he = await heInside(m);
    await he.emit('session.open', place(m));
    (await he.socket()).on('door:asked', () => heard.push({ sessionId: 'told', waiting: [] }));

    const phone = await atTheDoor(m);
    const asked = await phone.call('session.ask', claim(m, '周敏'));
    expect(asked).toMatchObject({ state: 'waiting', name: '周敏', chaired: true });
    expect(await refusal(phone, 'session.join', claim(m, '周敏'))).toBe('FORBIDDEN door.staff');
    await expect.poll(() => heard.at(-1)?.waiting[0]?.name).toBe('周敏');
    const { requestId } = heard.at(-1)!.waiting[0]!;
    await m.moderator.call('session.answer', { ...place(m), requestIds: [requestId], letIn: true });
    await expect.poll(() => heard.at(-1)?.waiting).toEqual([]);
    expect(await phone.call('session.asked', { code: m.code })).toMatchObject({ state: 'let-in' });
    expect(await refusal(phone, 'session.join', claim(m, '周敏'))).toBe('');
    expect((await phone.call('identity.me', {})).actor).toMatchObject({ name: '周敏', proven: false });
    expect(heard.filter((each) => each.sessionId === 'told')).toEqual([]);
  });

  test('holds a nod for this name and this device only, and once', async () => {
    const m = await beginMeeting(storage());
    const [one, two] = [await atTheDoor(m), await atTheDoor(m)];
    await one.call('session.ask', claim(m, '周敏'));
    const [request] = await m.moderator.call('session.waiting', place(m));
    const requestIds = [request!.requestId];
    await m.moderator.call('session.answer', { ...place(m), requestIds, letIn: true });
    expect(await refusal(two, 'session.join', claim(m, '周敏'))).toBe('FORBIDDEN door.staff');
    await one.call('session.join', claim(m, '周敏'));
    expect(await one.call('session.asked', { code: m.code })).toMatchObject({ state: 'none' });
  });

  test('may be turned away, and all who wait be let in at once, each pressed by two', async () => {
    const m = await beginMeeting(storage());
    await heInside(m);
    const phones = await Promise.all([1, 2, 3].map(() => atTheDoor(m)));
    for (const phone of phones) await phone.call('session.ask', claim(m, '何清'));
    const waiting = await m.moderator.call('session.waiting', place(m));
    const requestIds = waiting.map((each) => each.requestId);
    expect(waiting).toHaveLength(3);
    const away = { ...place(m), requestIds: requestIds.slice(0, 1), letIn: false };
    await m.moderator.call('session.answer', away);
    await Promise.all(
      [m.moderator, m.admin].map((chair) =>
        chair.call('session.answer', { ...place(m), requestIds, letIn: true }),
      ),
    );
    const states = await Promise.all(phones.map((phone) => phone.call('session.asked', { code: m.code })));
    expect(states.map((each) => each.state).toSorted()).toEqual(['let-in', 'let-in', 'refused']);
    expect(await m.moderator.call('session.waiting', place(m))).toEqual([]);
  });

  test('goes on waiting over a restart, and is still let in after one', async () => {
    const m = await beginMeeting(storage());
    const phone = await atTheDoor(m);
    await phone.call('session.ask', claim(m, '周敏'));
    await m.restart();
    const [later, chair] = [m.again(phone), m.again(m.moderator)];
    const unmoderated = await later.call('session.asked', { code: m.code });
    expect(unmoderated).toMatchObject({ state: 'waiting', chaired: false });
    const [request] = await chair.call('session.waiting', place(m));
    await chair.call('session.answer', { ...place(m), requestIds: [request!.requestId], letIn: true });
    await m.restart();
    expect(await refusal(m.again(phone), 'session.join', claim(m, '周敏'))).toBe('');
  });

  test('leaves the queue by going back, and with the end of the session', async () => {
    const m = await beginMeeting(storage());
    const [one, two] = [await atTheDoor(m), await atTheDoor(m)];
    await one.call('session.ask', claim(m, '周敏'));
    await one.call('session.stopAsking', { code: m.code });
    expect(await m.moderator.call('session.waiting', place(m))).toEqual([]);
    await two.call('session.ask', claim(m, '周敏'));
    await m.moderator.call('session.end', { ...m.act(), carryOver: [] });
    await m.moderator.call('session.resume', m.act());
    expect(await m.moderator.call('session.waiting', place(m))).toEqual([]);
  });

  test('cannot fill the queue of one name', async () => {
    const m = await beginMeeting(storage());
    const tries = await Promise.all(
      Array.from({ length: 14 }, async () => refusal(await atTheDoor(m), 'session.ask', claim(m, '周敏'))),
    );
    expect(tries.filter((each) => each === 'RATE_LIMITED door.queue')).toHaveLength(4);
    const phone = await atTheDoor(m);
    expect(await refusal(phone, 'session.ask', claim(m, '周敏'))).toBe('RATE_LIMITED door.queue');
  });
});

onBothEngines('a second device of a person', (storage) => {
  closeMeetings();

  test('is told apart and removed by the moderator, and comes back as nobody; the one that proved it cannot be', async () => {
    const m = await beginMeeting(storage());
    const he = await heInside(m);
    await he.emit('session.open', place(m));
    const other = await atTheDoor(m);
    const personId = m.people['何清']!;
    await letIn(other, m, personId, m.moderator);
    await other.emit('session.open', place(m));
    const devices = await m.moderator.call('session.devices', { ...place(m), personId });
    expect(devices.map(({ proven, here, mine }) => ({ proven, here, mine }))).toEqual([
      { proven: false, here: true, mine: false },
      { proven: false, here: true, mine: false },
    ]);
    let cut = false;
    (await other.socket()).on('disconnect', () => (cut = true));
    const deviceId = devices[1]!.deviceId;
    await m.moderator.call('session.dropDevice', { ...place(m), personId, deviceId });
    await expect.poll(() => cut, { timeout: 1000 }).toBe(true);
    expect(await refusal(other, 'session.open', place(m))).toBe('UNAUTHENTICATED sign.in');
    expect(await refusal(he, 'session.open', place(m))).toBe('');
    expect(await refusal(other, 'session.join', claim(m, '何清'))).toBe('FORBIDDEN door.present');

    const mine = { ...place(m), personId: m.people['周敏']! };
    await m.moderator.call('session.enter', m.act()).catch(() => undefined);
    const [own] = await m.moderator.call('session.devices', mine);
    expect(own).toMatchObject({ proven: true, mine: true });
    const proven = { ...mine, deviceId: own!.deviceId };
    expect(await refusal(m.moderator, 'session.dropDevice', proven)).toBe('CONFLICT device.proven');
  });

  test('of somebody who has never been in the room is no affair of its moderator', async () => {
    const m = await beginMeeting(storage());
    const phone = await atTheDoor(m);
    await phone.call('session.join', claim(m, '唐雨'));
    const devices = await m.moderator.call('session.devices', { ...place(m), personId: m.people['唐雨']! });
    expect(devices).toEqual([]);
  });
});

onBothEngines('who has chosen the name of the moderator', (storage) => {
  closeMeetings();

  test('speaks without a badge, takes back nothing of theirs, and is not shown as them', async () => {
    const m = await beginMeeting(storage());
    const said = { ...m.act(), kind: 'speech' as const, body: '主持人的话' };
    await m.moderator.call('session.say', said);
    const other = await atTheDoor(m);
    const personId = m.people['周敏']!;
    await letIn(other, m, personId, m.moderator);
    const mine = { ...m.act(), kind: 'speech' as const, body: '冒名的话' };
    expect(await other.call('session.say', mine)).toMatchObject({ unproven: true });
    const recall = (messageId: string) => ({ ...m.act(), messageId });
    expect(await refusal(other, 'session.recall', recall(said.id))).toBe('FORBIDDEN message.other-device');
    const { state, presence } = await other.emit('session.open', place(m));
    expect(state.messages[said.id]).not.toHaveProperty('unproven');
    expect(state.messages[mine.id]).toMatchObject({ unproven: true });
    expect(presence.people).toEqual([{ personId, devices: 1, away: false }]);
    const seen = await m.again(m.moderator).emit('session.open', place(m));
    expect(seen.presence.people).toEqual([{ personId, devices: 2, away: false, staff: true }]);
    expect(await refusal(m.moderator, 'session.recall', recall(mine.id))).toBe('');
    expect(await refusal(m.moderator, 'session.recall', recall(said.id))).toBe('');
  });

  test('cannot say which device wrote what, nor can anybody else', async () => {
    const m = await beginMeeting(storage());
    const he = await heInside(m);
    await he.call('session.say', { ...m.act(), kind: 'speech', body: '一句话' });
    for (const reader of [m.moderator, he]) {
      const out = JSON.stringify([
        await reader.call('session.entries', { ...place(m), after: 0, limit: 100 }),
        await reader.call('session.open', place(m)),
        await reader.call('session.messages', { ...place(m), before: 99, limit: 100 }),
      ]);
      expect(out).not.toMatch(/"device"/);
    }
  });

  test('recalls on the phone that wrote, also after a restart, and on no other', async () => {
    const m = await beginMeeting(storage());
    const he = await heInside(m);
    const said = { ...m.act(), kind: 'speech' as const, body: '一句话' };
    await he.call('session.say', said);
    const other = await atTheDoor(m);
    await letIn(other, m, m.people['何清']!, m.moderator);
    await m.restart();
    const recall = { ...m.act(), messageId: said.id };
    expect(await refusal(m.again(other), 'session.recall', recall)).toBe('FORBIDDEN message.other-device');
    expect(await refusal(m.again(he), 'session.recall', recall)).toBe('');
  });
});
