import { expect, test } from 'vitest';
import { type SessionRecord, sessions } from '../../server/features/session/collections.ts';
import { modify } from '../../server/storage/modify.ts';
import type { InputOf } from '../../shared/contract/index.ts';
import { newId } from '../../shared/ids.ts';
import { TestClient } from '../support/client.ts';
import { onBothEngines } from '../support/engines.ts';
import { beginMeeting, closeMeetings, kept, type Meeting, refusal } from '../support/meeting.ts';

/** Another campaign of the same office, with a unit and somebody in it. */
async function elsewhere(m: Meeting) {
  const [campaignId, unitId, personId] = [newId(), newId(), newId()];
  const words = { slogan: '', sponsor: '', templateId: 'bapobali-2015' };
  await m.admin.call('campaigns.create', { campaignId, name: '另一个活动', ...words });
  await m.admin.call('campaigns.addUnit', { campaignId, unitId, name: '别处' });
  const person = { campaignId, personId, unitId, name: '别处的人', position: '', level: '' };
  await m.admin.call('campaigns.addPerson', person);
  return { unitId, personId };
}

async function plan(m: Meeting): Promise<InputOf<'session.create'>> {
  const { title, plannedAt, plannedMinutes, place, unitId, agenda } = await m.admin.call('session.get', {
    sessionId: m.sessionId,
  });
  return {
    ...{ campaignId: m.campaignId, sessionId: newId(), roomId: m.roomId },
    ...{ title, plannedAt, plannedMinutes, place, unitId, agenda, expectedUnits: [], expectedPeople: [] },
  };
}

onBothEngines('whom a session expects', (storage) => {
  closeMeetings();

  test('is of its own campaign, when it is made and when it is edited', async () => {
    const m = await beginMeeting(storage());
    const [other, wanted] = [await elsewhere(m), await plan(m)];
    const create = (more: Partial<typeof wanted>) =>
      refusal(m.admin, 'session.create', { ...wanted, sessionId: newId(), ...more });
    expect(await create({ expectedUnits: [m.otherUnitId, other.unitId] })).toBe('NOT_FOUND unit.unknown');
    expect(await create({ expectedPeople: [other.personId] })).toBe('NOT_FOUND person.unknown');
    expect(await create({ expectedPeople: [newId()] })).toBe('NOT_FOUND person.unknown');
    const own = { expectedUnits: [m.otherUnitId], expectedPeople: [m.people['何清']!] };
    expect(await create(own)).toBe('');
    const made = await m.admin.call('session.create', wanted);
    const { sessionId, version } = made;
    const { campaignId: _c, roomId: _r, ...fields } = wanted;
    const edit = (more: Partial<typeof fields>) =>
      refusal(m.admin, 'session.edit', { ...fields, sessionId, version, ...more });
    expect(await edit({ expectedPeople: [m.people['何清']!, other.personId] })).toBe(
      'NOT_FOUND person.unknown',
    );
    expect(await edit({ expectedUnits: [other.unitId] })).toBe('NOT_FOUND unit.unknown');
    expect(await edit(own)).toBe('');
  });

  test('says at which field, and may be somebody who walked in earlier, no guest', async () => {
    const m = await beginMeeting(storage());
    const wanted = await plan(m);
    const guest = await m.guest('来宾');
    const { actor } = await guest.call('identity.me', {});
    const personId = actor.kind === 'person' ? actor.personId : '';
    const error = await m.admin
      .call('session.create', { ...wanted, expectedPeople: [personId] })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      failure: { reason: 'person.unknown', fields: [{ path: 'expectedPeople', reason: 'person.unknown' }] },
    });
    const walkIn = { code: m.code, name: '顾言', unitName: '教科研二室' };
    const walked = await kept(new TestClient(m.url)).call('session.join', walkIn);
    expect(await refusal(m.admin, 'session.create', { ...wanted, expectedPeople: [walked.personId] })).toBe(
      '',
    );
  });

  test('and stands already is no hindrance to an edit of anything else', async () => {
    const m = await beginMeeting(storage());
    const [other, wanted] = [await elsewhere(m), await plan(m)];
    const { sessionId, version } = await m.admin.call('session.create', wanted);
    // As an older program let it in.
    const stale = (record: SessionRecord) => ({ ...record, expectedPeople: [other.personId] });
    await modify(storage().records, sessions, sessionId, stale);
    await m.restart();
    const { campaignId: _c, roomId: _r, ...fields } = wanted;
    const admin = m.again(m.admin);
    const edit = { ...fields, sessionId, version, title: '新的标题', expectedPeople: [other.personId] };
    expect(await refusal(admin, 'session.edit', edit)).toBe('');
  });
});
