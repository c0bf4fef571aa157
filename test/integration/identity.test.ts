import { describe, expect, it } from 'vitest';
import type { AppError } from '../../shared/errors.ts';
import { can } from '../../shared/policy.ts';
import { onBothEngines } from '../support/engines.ts';
import { failureOf, openOffice, PASSWORD, secretOf } from '../support/office.ts';

const DAY = 86_400_000;
const ORIGIN = 'http://board.test:3000';

onBothEngines('identity', (storage) => {
  const office = () => openOffice(storage().records);

  describe('the first administrator', () => {
    it('comes in by a link that works once and for a day', async () => {
      const at = office();
      const { url, expiresAt } = await at.identity.adminLink(ORIGIN);
      expect(url).toMatch(/^http:\/\/board\.test:3000\/l\/[\w-]{43}$/);
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
      const { phone, campaignId, personId, secret } = await at.proven();
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
      const { phone, personId } = await at.proven();
      const before = phone.token;
      await at.identity.admit(await phone.call(), { personId });
      expect(phone.token).toBe(before);
      expect((await phone.call()).actor).toMatchObject({ proven: true });
    });

    it('is asked before it becomes somebody else', async () => {
      const at = office();
      const { phone, campaignId, unitId } = await at.proven();
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
      const { phone, desk } = await at.proven();
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
      const { phone, personId, secret } = await at.proven();
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
});
