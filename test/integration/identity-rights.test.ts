import { expect, it } from 'vitest';
import { rolesIn } from '../../shared/roles.ts';
import { newId } from '../../shared/ids.ts';
import { can } from '../../shared/policy.ts';
import { onBothEngines } from '../support/engines.ts';
import { failureOf, openOffice, PASSWORD } from '../support/office.ts';

onBothEngines('rights', (storage) => {
  const office = () => openOffice(storage().records);

  it('of staff are never had by choosing a name', async () => {
    const at = office();
    const { desk, phone, campaignId, personId } = await at.proven();
    const given = { campaignId, personId, role: 'moderator' as const };
    await at.identity.handlers.grant(await desk.call(), given);
    const claimed = at.browser();
    await at.identity.admit(await claimed.call(), { personId });
    const { actor } = await claimed.call();
    expect(rolesIn(actor, { campaignId })).toEqual(new Set());
    expect(can(actor, 'session:create', { campaignId })).toBe(false);
    expect(can((await phone.call()).actor, 'session:create', { campaignId })).toBe(true);
    const takeOver = { login: 'heqing', password: PASSWORD };
    const setPassword = at.identity.handlers.setPassword(await claimed.call(), takeOver);
    expect(await failureOf(setPassword)).toBe('FORBIDDEN not.allowed');
    expect((await at.identity.handlers.me(await claimed.call(), {})).login).toBe('');
  });

  it('are gone from every device the moment they are revoked, and the personal link with them', async () => {
    const at = office();
    const { desk, phone, campaignId, personId, secret } = await at.proven();
    const told: unknown[] = [];
    at.identity.onRightsChanged((change) => told.push(change));
    const role = 'moderator' as const;
    const { grantId } = await at.identity.handlers.grant(await desk.call(), { campaignId, personId, role });
    expect((await at.identity.handlers.grants(await desk.call(), { campaignId }))[0]).toMatchObject({
      grantId,
      name: '何清',
      unitName: '第一中学',
      role,
      sessionId: '',
    });
    expect(can((await phone.call()).actor, 'session:create', { campaignId })).toBe(true);
    await at.identity.handlers.revoke(await desk.call(), { campaignId, grantId });
    expect(can((await phone.call()).actor, 'session:create', { campaignId })).toBe(false);
    expect(told).toEqual(['given', 'taken'].map((kind) => ({ kind, personId, sessionId: '' })));
    expect(await failureOf(at.identity.handlers.link(await at.browser().call(), { secret }))).toBe(
      'NOT_FOUND link.unknown',
    );
  });

  it('granted twice are held once', async () => {
    const at = office();
    const { phone, campaignId, personId } = await at.proven();
    const wish = { personId, role: 'participant', scope: 'session', scopeId: newId(), campaignId } as const;
    const boards = [newId(), newId()] as const;
    await Promise.all([0, 0, 1].map((i) => at.identity.ensureGrant({ ...wish, boardId: boards[i]! })));
    await at.identity.ensureGrant({ ...wish, boardId: boards[1] });
    const { personId: _, ...grant } = wish;
    expect((await phone.call()).actor).toMatchObject({ grants: [{ ...grant, boardId: boards[1] }] });
  });

  it('are given by administrators only, and outside nobody learns that there is a campaign', async () => {
    const at = office();
    const { phone, campaignId, personId } = await at.proven();
    const given = { campaignId, personId, role: 'administrator' as const };
    const { grant, personalLink } = at.identity.handlers;
    expect(await failureOf(grant(await phone.call(), given))).toBe('FORBIDDEN not.allowed');
    expect(await failureOf(personalLink(await phone.call(), given))).toBe('FORBIDDEN not.allowed');
    expect(await failureOf(grant(await at.browser().call(), given))).toBe('UNAUTHENTICATED sign.in');
    const elsewhere = { ...given, campaignId: newId() };
    expect(await failureOf(grant(await phone.call(), elsewhere))).toBe('NOT_FOUND campaign.unknown');
  });

  it('in one campaign give no hold on the office itself', async () => {
    const at = office();
    const { desk, phone, campaignId, personId } = await at.proven();
    const role = 'administrator' as const;
    await at.identity.handlers.grant(await desk.call(), { campaignId, personId, role });
    const { actor } = await desk.call();
    const target = { campaignId, personId: actor.kind === 'person' ? actor.personId : '' };
    const link = at.identity.handlers.personalLink(await phone.call(), target);
    expect(await failureOf(link)).toBe('NOT_FOUND person.unknown');
    expect(can((await phone.call()).actor, 'installation:manage')).toBe(false);
  });
});
