import { expect, test } from 'vitest';
import { TestClient } from '../support/client.ts';
import { onBothEngines } from '../support/engines.ts';
import { beginMeeting, closeMeetings, kept, type Meeting, refusal } from '../support/meeting.ts';

async function atTheDoor(m: Meeting): Promise<TestClient> {
  const phone = kept(new TestClient(m.url));
  await phone.call('session.door', { code: m.code });
  return phone;
}

const walkIn = (m: Meeting, phone: TestClient, name: string) =>
  phone.call('session.join', { code: m.code, name, unitName: '别处', switchPerson: true });
const place = (m: Meeting) => ({ sessionId: m.sessionId });

/** Somebody of no roster, in the room and with a word said. */
async function stranger(m: Meeting, name: string): Promise<{ phone: TestClient; personId: string }> {
  const phone = await atTheDoor(m);
  const { personId } = await walkIn(m, phone, name);
  await phone.call('session.say', { ...m.act(), kind: 'speech', body: `${name}说的话` });
  return { phone, personId };
}

onBothEngines('people of no roster', (storage) => {
  closeMeetings();

  test('are a few from one phone, told when to come again', async () => {
    const m = await beginMeeting(storage());
    const phone = await atTheDoor(m);
    for (let n = 0; n < 5; n++) await walkIn(m, phone, `来人${n}`);
    const more = { code: m.code, name: '第六个', unitName: '别处', switchPerson: true };
    const failed = await phone.call('session.join', more).catch((error: unknown) => error);
    expect(failed).toMatchObject({ failure: { code: 'RATE_LIMITED', reason: 'names.many' } });
    // A name that has come in already costs nothing, nor does one of the roster.
    expect(await refusal(phone, 'session.join', { ...more, name: '来人2' })).toBe('');
    const listed = { code: m.code, personId: m.people['唐雨']!, switchPerson: true };
    expect(await refusal(phone, 'session.join', listed)).toBe('');
    expect(await refusal(await atTheDoor(m), 'session.join', more)).toBe('');
  });

  test('stay outside while only the roster may come in, but not who is in already', async () => {
    const m = await beginMeeting(storage());
    const { phone } = await stranger(m, '路过甲');
    expect((await phone.call('session.door', { code: m.code })).rosterOnly).toBe(false);
    const on = await m.moderator.call('session.setRosterOnly', { ...place(m), rosterOnly: true });
    expect(on).toMatchObject({ rosterOnly: true });
    const other = await atTheDoor(m);
    expect((await other.call('session.door', { code: m.code })).rosterOnly).toBe(true);
    const join = { code: m.code, name: '路过乙', unitName: '别处' };
    expect(await refusal(other, 'session.join', join)).toBe('FORBIDDEN door.roster-only');
    expect(await refusal(other, 'session.join', { ...join, name: '路过甲' })).toBe(
      'FORBIDDEN door.roster-only',
    );
    expect(await refusal(other, 'session.join', { code: m.code, name: '沈一鸣' })).toBe('');
    expect(await refusal(phone, 'session.join', { code: m.code })).toBe('');
    expect(await refusal(phone, 'session.open', place(m))).toBe('');
    await m.moderator.call('session.setRosterOnly', { ...place(m), rosterOnly: false });
    expect(await refusal(await atTheDoor(m), 'session.join', join)).toBe('');
  });

  test('are listed for the moderator with the phone they came from, and those on the roster are not', async () => {
    const m = await beginMeeting(storage());
    const phone = await atTheDoor(m);
    await walkIn(m, phone, '甲');
    await walkIn(m, phone, '乙');
    await stranger(m, '丙');
    await m.enter('何清');
    const { state } = await m.moderator.call('session.open', place(m));
    expect(
      Object.values(state.people)
        .filter((each) => each.walkIn)
        .map((each) => each.name),
    ).toEqual(['丙']);
    const others = await (await m.enter('唐雨')).call('session.open', place(m));
    expect(JSON.stringify(others)).not.toContain('walkIn');
    const seen = await m.moderator.call('session.walkIns', place(m));
    expect(seen.map(({ name, unitName, device, inside }) => ({ name, unitName, device, inside }))).toEqual([
      { name: '丙', unitName: '别处', device: 2, inside: true },
      { name: '乙', unitName: '别处', device: 1, inside: false },
      { name: '甲', unitName: '别处', device: 1, inside: false },
    ]);
  });

  test('are removed together: their devices end, their words stay, nobody else is touched', async () => {
    const m = await beginMeeting(storage());
    const he = await m.enter('何清');
    await he.call('session.enter', m.act());
    const came = [await stranger(m, '甲'), await stranger(m, '乙')];
    const outside = await atTheDoor(m);
    const { personId: third } = await walkIn(m, outside, '丙');
    const personIds = [...came.map((each) => each.personId), third, m.people['何清']!];
    const act = { ...m.act(), personIds };
    expect(await m.moderator.call('session.removeWalkIns', act)).toEqual({ removed: 3 });
    for (const phone of [...came.map((each) => each.phone), outside])
      expect(await refusal(phone, 'session.open', place(m))).toBe('UNAUTHENTICATED sign.in');
    expect(await refusal(he, 'session.open', place(m))).toBe('');
    const { state } = await m.moderator.call('session.open', place(m));
    expect(Object.values(state.messages).map((each) => each.body)).toEqual(['甲说的话', '乙说的话']);
    for (const { personId } of came) expect(state.people[personId]?.removed).toBe(true);
    expect(state.people[m.people['何清']!]?.removed).toBe(false);
    const log = await m.moderator.call('session.entries', { ...place(m), after: 0, limit: 100 });
    expect(log.filter((entry) => entry.kind === 'left')).toHaveLength(2);
    expect(await m.moderator.call('session.walkIns', place(m))).toEqual([]);
    const again = { code: m.code, name: '甲', unitName: '别处' };
    expect(await refusal(await atTheDoor(m), 'session.join', again)).toBe('FORBIDDEN person.removed');
    // Sent again because the answer was lost: nothing more happens.
    expect(await m.moderator.call('session.removeWalkIns', act)).toEqual({ removed: 0 });
  });
});
