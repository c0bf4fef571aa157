import { describe, expect, it } from 'vitest';
import { Secret } from '../../shared/fields.ts';
import { newId } from '../../shared/ids.ts';
import { can } from '../../shared/policy.ts';
import { onBothEngines } from '../support/engines.ts';
import { failureOf, openOffice, PASSWORD, secretOf } from '../support/office.ts';

const ORIGIN = 'http://board.test:3000';

onBothEngines('doors', (storage) => {
  const office = (ceilings?: Parameters<typeof openOffice>[1]) => openOffice(storage().records, ceilings);
  const wrongs = { device: 3, account: 5, ip: 8, seconds: 600 };

  describe('a password', () => {
    it('opens from any device, whatever the login is written like', async () => {
      const at = office();
      await at.administrator('Office');
      const laptop = at.browser();
      const signIn = { login: 'oFFICE', password: PASSWORD };
      const me = await at.identity.handlers.signIn(await laptop.call(), signIn);
      expect(me).toMatchObject({ login: 'Office', actor: { name: '周敏', proven: true } });
      expect(Secret.safeParse(laptop.token).success).toBe(true);
    });

    it('is changed with the old one only, and ends the other devices', async () => {
      const at = office();
      const desk = await at.administrator();
      const laptop = at.browser();
      const login = 'office';
      await at.identity.handlers.signIn(await laptop.call(), { login, password: PASSWORD });
      const set = async (given: { current?: string; password: string }) =>
        failureOf(at.identity.handlers.setPassword(await laptop.call(), { login, ...given }));
      expect(await set({ password: 'a-new-garden' })).toBe('UNAUTHENTICATED login.wrong');
      expect(await set({ current: 'guess-guess', password: 'a-new-garden' })).toBe(
        'UNAUTHENTICATED login.wrong',
      );
      expect((await desk.call()).actor.kind).toBe('person');
      expect(await set({ current: PASSWORD, password: 'a-new-garden' })).toBe('no failure');
      expect((await desk.call()).actor.kind).toBe('anonymous');
      expect((await laptop.call()).actor.kind).toBe('person');
    });

    it('does not come with a login that is somebody else’s', async () => {
      const at = office();
      const desk = await at.administrator();
      const { campaignId, personId } = await at.school(desk);
      const { url } = await at.identity.handlers.personalLink(await desk.call(), { campaignId, personId });
      const phone = at.browser();
      await at.identity.handlers.useLink(await phone.call(), { secret: secretOf(url) });
      const set = async (login: string) =>
        failureOf(at.identity.handlers.setPassword(await phone.call(), { login, password: PASSWORD }));
      expect(await set('OFFICE')).toBe('CONFLICT login.taken');
      expect(await set('heqing')).toBe('no failure');
      // … and the link of an administrator does not turn that account into one.
      const secret = secretOf((await at.identity.adminLink(ORIGIN)).url);
      const given = { secret, name: '何清', login: 'heqing', password: PASSWORD };
      expect(await failureOf(at.identity.handlers.useLink(await at.browser().call(), given))).toBe(
        'CONFLICT login.taken',
      );
    });

    it('cannot be guessed: a device, an account and an address may each fail so often', async () => {
      const at = office(wrongs);
      await at.administrator();
      const guess = async (from: { ip?: string; device?: string }, login: string, password = 'wrong-wrong') =>
        failureOf(at.identity.handlers.signIn(await at.browser(from).call(), { login, password }));
      const many = { device: 'one-device-0123456789', ip: '10.0.0.1' };
      const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => guess(many, `nobody-${i}`)));
      expect(answers.slice(0, 3)).toEqual(Array(3).fill('UNAUTHENTICATED login.wrong'));
      expect(answers.slice(3)).toEqual(Array(3).fill('RATE_LIMITED tries.many'));
      // Five wrong ones for one account, each from a new device: then not even the right one is heard.
      for (let i = 0; i < 5; i++) await guess({ ip: `10.0.1.${i}` }, 'office');
      expect(await guess({ ip: '10.0.2.1' }, 'office', PASSWORD)).toBe('RATE_LIMITED tries.many');
      // Five more from the first address, which has failed three times.
      for (let i = 0; i < 5; i++) await guess({ ip: '10.0.0.1' }, `somebody-${i}`);
      expect(await guess({ ip: '10.0.0.1' }, 'someone')).toBe('RATE_LIMITED tries.many');
    });

    it('is never limited while it is right, not for 300 phones behind one address', async () => {
      const at = office(wrongs);
      const open = async (i: number) =>
        at.identity.attempts.guard({ device: `phone-${i}`, ip: '10.0.0.1' }, async () => i);
      const all = await Promise.all(Array.from({ length: 300 }, (_, i) => open(i)));
      expect(all).toHaveLength(300);
      const one = { device: 'one', ip: '10.0.0.1', account: 'office' };
      for (let i = 0; i < 30; i++) expect(await at.identity.attempts.guard(one, async () => i)).toBe(i);
    });

    it('and no secret ever stand in a log line', async () => {
      const at = office();
      const desk = await at.administrator();
      const place = await at.school(desk);
      const { url } = await at.identity.handlers.personalLink(await desk.call(), place);
      const phone = at.browser();
      await at.identity.handlers.useLink(await phone.call(), { secret: secretOf(url) });
      at.identity.onRightsChanged(() => {
        throw new Error('a listener that fails');
      });
      await at.identity.handlers.grant(await desk.call(), { ...place, role: 'moderator' });
      expect(at.lines.length).toBeGreaterThan(1);
      const log = at.lines.join('');
      for (const secret of [PASSWORD, secretOf(url), desk.token!, phone.token!])
        expect(log).not.toContain(secret);
    });
  });

  describe('a guest', () => {
    async function invited() {
      const at = office();
      const desk = await at.administrator();
      const { campaignId } = await at.school(desk);
      const session = { sessionId: newId(), boardId: newId(), campaignId };
      const wish = { ...session, sessionTitle: '教师代表座谈会', name: '沈一鸣' };
      const { url, linkId } = await at.identity.makeGuestLink(ORIGIN, wish);
      const phone = at.browser();
      const use = async (browser = phone, more: { name?: string; unitName?: string } = {}) =>
        at.identity.handlers.useLink(await browser.call(), { secret: secretOf(url), ...more });
      return { at, desk, campaignId, session, url, linkId, phone, use, secret: secretOf(url) };
    }

    it('comes in by a link of the session and may speak there, nothing else', async () => {
      const { at, secret, phone, use, session, campaignId } = await invited();
      expect(await at.identity.handlers.link(await phone.call(), { secret })).toEqual({
        kind: 'guest',
        personName: '沈一鸣',
        campaignName: '解放思想大讨论',
        sessionId: session.sessionId,
        sessionTitle: '教师代表座谈会',
        needs: ['name'],
        switches: '',
      });
      const { actor } = await use(phone, { name: '沈一鸣老师', unitName: '退休教师协会' });
      expect(actor).toMatchObject({
        name: '沈一鸣老师',
        unitName: '退休教师协会',
        unitId: '',
        proven: false,
      });
      expect(can(actor, 'session:speak', { campaignId, sessionId: session.sessionId })).toBe(true);
      expect(can(actor, 'session:speak', { campaignId, sessionId: newId() })).toBe(false);
      expect(can(actor, 'board:write', { campaignId, boardId: session.boardId })).toBe(false);
    });

    it('opens the link again on the same phone, even without the cookie, and nobody else does', async () => {
      const { at, secret, phone, use } = await invited();
      const { actor: first } = await use();
      expect((await use()).actor).toEqual(first);
      phone.token = undefined;
      expect((await use()).actor).toEqual(first);
      const other = at.browser();
      expect(await failureOf(use(other))).toBe('WRONG_STATE link.used');
      expect(await failureOf(at.identity.handlers.link(await other.call(), { secret }))).toBe(
        'WRONG_STATE link.used',
      );
    });

    it('leaves with the session: device, rights and link', async () => {
      const { at, campaignId, secret, session, phone, use, url } = await invited();
      await use();
      const { actor } = await phone.call();
      await at.identity.endSession(session.sessionId);
      expect((await phone.call()).actor.kind).toBe('anonymous');
      expect(await failureOf(use())).toBe('WRONG_STATE link.expired');
      expect(await failureOf(at.identity.handlers.link(await phone.call(), { secret }))).toBe(
        'WRONG_STATE link.expired',
      );
      expect(await at.identity.guestLinks(ORIGIN, session.sessionId)).toMatchObject([{ url, revoked: true }]);
      await at.identity.endSession(session.sessionId);
      expect(await at.identity.devices(actor.kind === 'person' ? actor.personId : '')).toEqual([]);
      expect(await at.identity.people(campaignId)).toHaveLength(1);
    });

    it('is put out when the link is revoked, which only its own session can do', async () => {
      const { at, session, phone, use, linkId } = await invited();
      await use();
      expect(await failureOf(at.identity.revokeGuestLink(newId(), linkId))).toBe('NOT_FOUND link.unknown');
      await at.identity.revokeGuestLink(session.sessionId, linkId);
      expect((await phone.call()).actor.kind).toBe('anonymous');
    });

    it('is told whom the phone would stop being', async () => {
      const { at, secret, desk } = await invited();
      expect(await at.identity.handlers.link(await desk.call(), { secret })).toMatchObject({
        switches: '周敏',
      });
    });
  });

  describe('a name typed at the door', () => {
    it('is the person of that unit who is called so, however it is spaced', async () => {
      const at = office();
      const { campaignId, unitId, personId } = await at.school(await at.administrator());
      const typed = (name: string) =>
        at.identity.ensureWalkIn({ campaignId, unitId, unitName: '第一中学', name });
      expect((await typed('何　清')).id).toBe(personId);
      const [one, two] = await Promise.all([typed('唐雨'), typed('唐 雨')]);
      expect(one.id).toBe(two.id);
      expect(one).toMatchObject({ kind: 'walk-in', unitName: '第一中学' });
      expect(one.id).not.toBe(personId);
    });

    it('may come with a unit that nobody has listed', async () => {
      const at = office();
      const { campaignId } = await at.school(await at.administrator());
      const typed = (unitName: string) =>
        at.identity.ensureWalkIn({ campaignId, unitId: '', unitName, name: '唐雨' });
      const first = await typed('第二 中学');
      expect(first).toMatchObject({ unitId: '', unitName: '第二 中学' });
      expect((await typed('第二中学')).id).toBe(first.id);
      expect((await typed('第三中学')).id).not.toBe(first.id);
    });
  });

  it('an address of a file is good for ten minutes, more than once, and for one file', async () => {
    const at = office();
    const ticket = {
      procedure: 'exports.minutes',
      input: '{"format":"pdf"}',
      tokenId: 'abc',
      name: '纪要.pdf',
    };
    const { secret, expiresAt } = await at.identity.tickets.mint(ticket);
    expect(Date.parse(expiresAt) - at.clock.ms).toBe(600_000);
    expect(await at.identity.tickets.take(secret)).toMatchObject(ticket);
    at.clock.ms += 599_999;
    expect(await at.identity.tickets.take(secret)).toMatchObject(ticket);
    at.clock.ms += 1;
    expect(await at.identity.tickets.take(secret)).toBeUndefined();
    expect(await at.identity.tickets.take('x'.repeat(43))).toBeUndefined();
  });

  it('an unknown login takes as long as a wrong password', async () => {
    const at = office({ device: 1000, account: 1000, ip: 1000, seconds: 600 });
    await at.administrator();
    const cost = async (login: string) => {
      const before = process.cpuUsage().user;
      for (let i = 0; i < 5; i++)
        await failureOf(
          at.identity.handlers.signIn(await at.browser().call(), { login, password: 'wrong-wrong' }),
        );
      return process.cpuUsage().user - before;
    };
    await cost('nobody');
    const [known, unknown] = [await cost('office'), await cost('nobody')];
    expect(unknown / known).toBeGreaterThan(0.5);
  });
});
