import { describe, expect, it } from 'vitest';
import { rolesIn } from '../../shared/actor.ts';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { can } from '../../shared/policy.ts';
import { onBothEngines } from '../support/engines.ts';
import { failureOf, openOffice, PASSWORD, secretOf } from '../support/office.ts';

const DAY = 86_400_000;
const ORIGIN = 'http://board.test:3000';

onBothEngines('identity', (storage) => {
  const office = () => openOffice(storage().records);

  /** 何清 of 第一中学 with a personal link, in a browser of their own. */
  async function proven(at: ReturnType<typeof office>) {
    const desk = await at.administrator();
    const place = await at.school(desk);
    const { url } = await at.identity.handlers.personalLink(await desk.call(), place);
    const phone = at.browser();
    await at.identity.handlers.useLink(await phone.call(), { secret: secretOf(url) });
    return { ...place, desk, phone, secret: secretOf(url) };
  }

  describe('the first administrator', () => {
    it('comes in by a link that works once and for a day', async () => {
      const at = office();
      const { url, expiresAt } = await at.identity.adminLink(ORIGIN);
      expect(url).toMatch(/^http:\/\/board\.test:3000\/link\/[\w-]{43}$/);
      expect(Date.parse(expiresAt) - at.clock.ms).toBe(DAY);
      const secret = secretOf(url);
      const desk = at.browser();
      expect(await at.identity.handlers.me(await desk.call(), {})).toMatchObject({
        fresh: true,
        actor: { kind: 'anonymous' },
      });
      expect(await at.identity.handlers.link(await desk.call(), { secret })).toMatchObject({
        kind: 'admin',
        needs: ['name', 'login'],
        switches: '',
      });
      const given = { secret, name: '周敏', login: 'office', password: PASSWORD };
      const me = await at.identity.handlers.useLink(await desk.call(), given);
      expect(me).toMatchObject({ login: 'office', fresh: false, actor: { name: '周敏', proven: true } });
      expect(can(me.actor, 'installation:manage')).toBe(true);

      const other = at.browser();
      for (const browser of [desk, other]) {
        expect(await failureOf(at.identity.handlers.useLink(await browser.call(), given))).toBe(
          'WRONG_STATE link.used',
        );
      }
      expect(other.token).toBeUndefined();
    });

    it('is made once when two use the link at once', async () => {
      const at = office();
      const secret = secretOf((await at.identity.adminLink(ORIGIN)).url);
      const tries = ['zhou', 'lu'].map(async (login) => {
        const call = await at.browser().call();
        return failureOf(
          at.identity.handlers.useLink(call, { secret, name: '陆远航', login, password: PASSWORD }),
        );
      });
      expect((await Promise.all(tries)).sort()).toEqual(['WRONG_STATE link.used', 'no failure']);
    });

    it('has a link that ends after a day, and with the next one', async () => {
      const at = office();
      const first = secretOf((await at.identity.adminLink(ORIGIN)).url);
      const second = secretOf((await at.identity.adminLink(ORIGIN)).url);
      const call = await at.browser().call();
      expect(await failureOf(at.identity.handlers.link(call, { secret: first }))).toBe(
        'NOT_FOUND link.unknown',
      );
      at.clock.ms += DAY;
      expect(await failureOf(at.identity.handlers.link(call, { secret: second }))).toBe(
        'WRONG_STATE link.expired',
      );
    });

    it('says what is missing and uses nothing up', async () => {
      const at = office();
      const secret = secretOf((await at.identity.adminLink(ORIGIN)).url);
      const call = await at.browser().call();
      const error = await at.identity.handlers
        .useLink(call, { secret, name: '周敏' })
        .catch((e: unknown) => e);
      expect((error as AppError).failure.fields).toEqual([
        { path: 'login', reason: 'text.empty' },
        { path: 'password', reason: 'text.empty' },
      ]);
      expect((await at.identity.handlers.link(call, { secret })).kind).toBe('admin');
    });

    it('gets a new password by a new link, which ends every other device', async () => {
      const at = office();
      const lost = await at.administrator();
      const secret = secretOf((await at.identity.adminLink(ORIGIN)).url);
      const desk = at.browser();
      const fresh = { secret, name: '周敏', login: 'OFFICE', password: 'another-garden' };
      await at.identity.handlers.useLink(await desk.call(), fresh);
      expect((await lost.call()).actor.kind).toBe('anonymous');
      const signIn = async (password: string) =>
        failureOf(at.identity.handlers.signIn(await at.browser().call(), { login: 'office', password }));
      expect(await signIn(PASSWORD)).toBe('UNAUTHENTICATED login.wrong');
      expect(await signIn('another-garden')).toBe('no failure');
    });
  });

  describe('a device', () => {
    it('never keeps the token that somebody planted in it', async () => {
      const at = office();
      const { phone, campaignId, personId, secret } = await proven(at);
      const attacker = at.browser();
      await at.identity.admit(await attacker.call(), { personId });
      const victim = at.browser();
      victim.token = attacker.token;
      await at.identity.handlers.useLink(await victim.call(), { secret });
      expect(victim.token).not.toBe(attacker.token);
      expect((await attacker.call()).actor.kind).toBe('anonymous');
      expect((await victim.call()).actor).toMatchObject({ personId, campaignId, proven: true });
      // … and who made up a token is nobody.
      attacker.token = 'x'.repeat(43);
      expect((await attacker.call()).actor.kind).toBe('anonymous');
      expect((await phone.call()).actor).toMatchObject({ personId });
    });

    it('keeps its token when it is that person already', async () => {
      const at = office();
      const { phone, personId } = await proven(at);
      const before = phone.token;
      await at.identity.admit(await phone.call(), { personId });
      expect(phone.token).toBe(before);
      expect((await phone.call()).actor).toMatchObject({ proven: true });
    });

    it('is asked before it becomes somebody else', async () => {
      const at = office();
      const { phone, campaignId, unitId } = await proven(at);
      const walkIn = { campaignId, unitId, unitName: '', name: '唐雨' };
      const { id: personId } = await at.identity.ensureWalkIn(walkIn);
      const error = await at.identity.admit(await phone.call(), { personId }).catch((e: unknown) => e);
      expect((error as AppError).failure).toMatchObject({
        reason: 'identity.switch',
        facts: { name: '何清' },
      });
      const before = phone.token;
      await at.identity.admit(await phone.call(), { personId, switchPerson: true });
      expect((await phone.call()).actor).toMatchObject({ name: '唐雨' });
      expect((await at.identity.authenticate(before)).actor.kind).toBe('anonymous');
    });

    it('is forgotten after 180 days, and at once when it signs out', async () => {
      const at = office();
      const { phone, desk } = await proven(at);
      at.clock.ms += 180 * DAY - 1;
      expect((await phone.call()).actor.kind).toBe('person');
      at.clock.ms += 1;
      expect((await phone.call()).actor.kind).toBe('anonymous');
      at.clock.ms -= 180 * DAY;
      const token = desk.token;
      await at.identity.handlers.signOut(await desk.call(), {});
      expect(desk.token).toBeUndefined();
      expect((await at.identity.authenticate(token)).actor.kind).toBe('anonymous');
    });

    it('can be ended from another one', async () => {
      const at = office();
      const { phone, personId, secret } = await proven(at);
      const tablet = at.browser();
      at.clock.ms += 1000;
      await at.identity.handlers.useLink(await tablet.call(), { secret });
      const devices = await at.identity.devices(personId);
      expect(devices).toHaveLength(2);
      await at.identity.dropDevices(personId, devices.at(-1)!.tokenId);
      expect((await phone.call()).actor.kind).toBe('anonymous');
      expect((await tablet.call()).actor.kind).toBe('person');
    });
  });

  describe('rights', () => {
    it('of staff are never had by choosing a name', async () => {
      const at = office();
      const { desk, phone, campaignId, personId } = await proven(at);
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
      const { desk, phone, campaignId, personId, secret } = await proven(at);
      const told: string[] = [];
      at.identity.onRightsChanged((who) => told.push(who));
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
      expect(told).toEqual([personId, personId]);
      expect(await failureOf(at.identity.handlers.link(await at.browser().call(), { secret }))).toBe(
        'NOT_FOUND link.unknown',
      );
    });

    it('granted twice are held once', async () => {
      const at = office();
      const { phone, campaignId, personId } = await proven(at);
      const wish = { personId, role: 'participant', scope: 'session', scopeId: newId(), campaignId } as const;
      const boards = [newId(), newId()] as const;
      await Promise.all([0, 0, 1].map((i) => at.identity.ensureGrant({ ...wish, boardId: boards[i]! })));
      await at.identity.ensureGrant({ ...wish, boardId: boards[1] });
      const { personId: _, ...grant } = wish;
      expect((await phone.call()).actor).toMatchObject({ grants: [{ ...grant, boardId: boards[1] }] });
    });

    it('are given by administrators only, and outside nobody learns that there is a campaign', async () => {
      const at = office();
      const { phone, campaignId, personId } = await proven(at);
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
      const { desk, phone, campaignId, personId } = await proven(at);
      const role = 'administrator' as const;
      await at.identity.handlers.grant(await desk.call(), { campaignId, personId, role });
      const { actor } = await desk.call();
      const target = { campaignId, personId: actor.kind === 'person' ? actor.personId : '' };
      const link = at.identity.handlers.personalLink(await phone.call(), target);
      expect(await failureOf(link)).toBe('NOT_FOUND person.unknown');
      expect(can((await phone.call()).actor, 'installation:manage')).toBe(false);
    });
  });
});
