import { expect, test } from 'vitest';
import { people } from '../../server/features/identity/collections.ts';
import { ownSlot } from '../../server/features/identity/rules.ts';
import { newId } from '../../shared/ids.ts';
import { TestClient } from '../support/client.ts';
import { onBothEngines } from '../support/engines.ts';
import { beginMeeting, closeMeetings, kept, type Meeting, refusal, secretOf } from '../support/meeting.ts';

const walkIn = (m: Meeting, name: string, unitName = '教科研二室') =>
  refusal(kept(new TestClient(m.url)), 'session.join', { code: m.code, name, unitName });

onBothEngines('a new person', (storage) => {
  closeMeetings();

  test('has a name that is seen as it is, at every door', async () => {
    const m = await beginMeeting(storage());
    expect(await walkIn(m, '周\u2060敏')).toBe('INVALID_INPUT name.invisible');
    expect(await walkIn(m, '\u202e敏周')).toBe('INVALID_INPUT name.bidi');
    expect(await walkIn(m, '顾言', '教科研\u200b二室')).toBe('INVALID_INPUT name.invisible');
    const link = await m.moderator.call('session.makeGuestLink', { sessionId: m.sessionId, name: '来宾' });
    const guest = kept(new TestClient(m.url));
    const secret = secretOf(link);
    expect(await refusal(guest, 'identity.useLink', { secret, name: '来\u3164宾' })).toBe(
      'INVALID_INPUT name.invisible',
    );
    const entry = { campaignId: m.campaignId, unitId: m.otherUnitId, position: '', level: '' };
    expect(
      await refusal(m.admin, 'campaigns.addPerson', { ...entry, personId: newId(), name: '顾\n言' }),
    ).toBe('INVALID_INPUT name.control');
    const unit = { campaignId: m.campaignId, unitId: newId(), name: '三\u202e室' };
    expect(await refusal(m.admin, 'campaigns.addUnit', unit)).toBe('INVALID_INPUT name.bidi');
    const invited = { sessionId: m.sessionId, name: '来\u2060宾' };
    expect(await refusal(m.moderator, 'session.makeGuestLink', invited)).toBe('INVALID_INPUT name.invisible');
  });

  test('is told which character it is', async () => {
    const m = await beginMeeting(storage());
    const error = await kept(new TestClient(m.url))
      .call('session.join', { code: m.code, name: '周\u2060敏' })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      failure: { reason: 'name.invisible', facts: { sign: 'U+2060' }, fields: [{ path: 'name' }] },
    });
  });

  test('takes no title, and the name of nobody of the staff, in whatever unit', async () => {
    const m = await beginMeeting(storage());
    for (const name of ['管理员', '管 理 员', '【主持人】周敏', 'ＡＤＭＩＮ'])
      expect([name, await walkIn(m, name)]).toEqual([name, 'INVALID_INPUT name.reserved']);
    // 周敏 moderates, 办公室甲 administers the installation; 何清 holds nothing yet.
    for (const name of ['周敏', '周　敏', '周·敏', '办公室甲'])
      expect([name, await walkIn(m, name)]).toEqual([name, 'INVALID_INPUT name.staff']);
    expect(await walkIn(m, '周敏（语文）')).toBe('');
    expect(await walkIn(m, '何清')).toBe('');
    // The same for a guest, unless the moderator has written the name on the link.
    const link = await m.moderator.call('session.makeGuestLink', { sessionId: m.sessionId, name: '来宾' });
    const guest = kept(new TestClient(m.url));
    const use = (name: string) => refusal(guest, 'identity.useLink', { secret: secretOf(link), name });
    expect(await use('主持人')).toBe('INVALID_INPUT name.reserved');
    expect(await use('周敏')).toBe('INVALID_INPUT name.staff');
    expect(await use('来宾')).toBe('');
  });

  test('finds a name reserved from the moment on at which its owner has the role', async () => {
    const m = await beginMeeting(storage());
    expect(await walkIn(m, '唐雨', '甲')).toBe('');
    await m.staff('唐雨', 'note-taker');
    expect(await walkIn(m, '唐雨', '乙')).toBe('INVALID_INPUT name.staff');
    // Who walked in before goes on being who they are.
    expect(await walkIn(m, '唐雨', '甲')).toBe('');
    const grants = await m.admin.call('identity.grants', { campaignId: m.campaignId });
    const { grantId } = grants.find((grant) => grant.role === 'note-taker')!;
    await m.admin.call('identity.revoke', { campaignId: m.campaignId, grantId });
    expect(await walkIn(m, '唐雨', '乙')).toBe('');
  });

  test('of an older program keeps an odd name, and can be read and chosen', async () => {
    const m = await beginMeeting(storage());
    const id = newId();
    const old = { ...(await storage().records.get(people, m.people['何清']!))!, id, name: '顾\u200b言' };
    const { version: _version, ...draft } = old;
    await storage().records.insert(people, { ...draft, slot: ownSlot(id) });
    const listed = await m.admin.call('campaigns.people', { campaignId: m.campaignId });
    expect(listed.find((person) => person.personId === id)?.name).toBe('顾\u200b言');
    expect(await refusal(kept(new TestClient(m.url)), 'session.join', { code: m.code, personId: id })).toBe(
      '',
    );
  });
});
