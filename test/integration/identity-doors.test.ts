import { describe, expect, it } from 'vitest';
import { newId } from '../../shared/ids.ts';
import { can } from '../../shared/policy.ts';
import { onBothEngines } from '../support/engines.ts';
import { failureOf, openOffice, secretOf } from '../support/office.ts';

const ORIGIN = 'http://board.test:3000';

onBothEngines('doors', (storage) => {
  const office = () => openOffice(storage().records);

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
      expect(await at.identity.roster.list(campaignId)).toHaveLength(1);
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
});
