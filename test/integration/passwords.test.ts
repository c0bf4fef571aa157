import { hash } from '@node-rs/argon2';
import { expect, it } from 'vitest';
import { accounts } from '../../server/features/identity/collections.ts';
import { modify } from '../../server/storage/modify.ts';
import { Secret } from '../../shared/fields.ts';
import { onBothEngines } from '../support/engines.ts';
import { failureOf, openOffice, PASSWORD, secretOf } from '../support/office.ts';

const ORIGIN = 'http://board.test:3000';

onBothEngines('a password', (storage) => {
  const office = (ceilings?: Parameters<typeof openOffice>[1]) => openOffice(storage().records, ceilings);
  const wrongs = { seconds: 600, passwordPause: 1, accountPause: 1, codePause: 1 };

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

  it('that is guessed first is refused when it is set, and opens where it was set before', async () => {
    const at = office();
    const secret = secretOf((await at.identity.adminLink(ORIGIN)).url);
    const first = { secret, name: '周敏', login: 'office' };
    const desk = at.browser();
    const use = async (password: string) =>
      failureOf(at.identity.handlers.useLink(await desk.call(), { ...first, password }));
    expect(await use('woaini1314')).toBe('INVALID_INPUT password.common');
    expect(await use(PASSWORD)).toBe('no failure');
    const set = async (password: string) =>
      failureOf(
        at.identity.handlers.setPassword(await desk.call(), { login: 'office', current: PASSWORD, password }),
      );
    for (const common of ['12345678', 'Passw0rd', 'office2024']) {
      expect([common, await set(common)]).toEqual([common, 'INVALID_INPUT password.common']);
    }
    // As an older program let it be set.
    const { actor } = await desk.call();
    const id = actor.kind === 'person' ? actor.personId : '';
    const old = await hash('12345678');
    await modify(storage().records, accounts, id, (account) => ({ ...account, hash: old }));
    const signIn = async (password: string) =>
      at.identity.handlers.signIn(await at.browser().call(), { login: 'office', password });
    expect(await signIn('12345678')).toMatchObject({ login: 'office', commonPassword: true });
    await at.identity.handlers.setPassword(await desk.call(), {
      ...{ login: 'office', current: '12345678', password: PASSWORD },
    });
    expect(await signIn(PASSWORD)).not.toHaveProperty('commonPassword');
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

  /** Sign-ins of a device, or of strangers at an address, each from a new browser. */
  const guess = async (
    at: ReturnType<typeof office>,
    from: { ip?: string; device?: string },
    login: string,
    password = 'wrong-wrong',
  ) => failureOf(at.identity.handlers.signIn(await at.browser(from).call(), { login, password }));

  it('guessed at by strangers still opens for its owner, from a known browser and from a new one', async () => {
    const at = office({ ...wrongs, account: 5, passwords: 8 });
    await at.administrator();
    const laptop = at.browser();
    const owner = async (browser: typeof laptop) =>
      failureOf(at.identity.handlers.signIn(await browser.call(), { login: 'office', password: PASSWORD }));
    expect(await owner(laptop)).toBe('no failure');
    for (let i = 0; i < 12; i++)
      expect(await guess(at, { ip: `10.0.1.${i}` }, 'office')).toBe('UNAUTHENTICATED login.wrong');
    for (let i = 0; i < 12; i++) await guess(at, { ip: '10.0.0.1' }, `somebody-${i}`);
    expect(await owner(laptop)).toBe('no failure');
    expect(await owner(at.browser({ ip: '10.0.2.1' }))).toBe('no failure');
    expect(await owner(at.browser({ ip: '10.0.0.1' }))).toBe('no failure');
  });

  it('that is wrong rests the queue of its account, once it has been guessed at', async () => {
    const at = office({ ...wrongs, account: 3, accountPause: 60_000 });
    await at.administrator();
    const known = { device: at.browser().device, ip: '10.0.2.1' };
    expect(await guess(at, known, 'office', PASSWORD)).toBe('no failure');
    for (let i = 0; i < 3; i++) await guess(at, { ip: `10.0.1.${i}` }, 'office');
    // Heard at once, for nobody waits before it; the queue rests from then on for a minute.
    expect(await guess(at, { ip: '10.0.2.1' }, 'office')).toBe('UNAUTHENTICATED login.wrong');
    const waiting = ['a', 'b', 'c', 'd'].map(() => guess(at, { ip: '10.0.2.1' }, 'office'));
    expect(await Promise.race(waiting)).toBe('RATE_LIMITED tries.many');
    // The owner's own browser stands in no queue of strangers.
    expect(await guess(at, known, 'office', PASSWORD)).toBe('no failure');
    // What is guessed at one account keeps no other waiting, not at that address either.
    expect(await guess(at, { ip: '10.0.2.1' }, 'somebody')).toBe('UNAUTHENTICATED login.wrong');
  });

  it('counts against a known browser alone when it is mistyped there', async () => {
    const at = office({ ...wrongs, own: 3, account: 2 });
    await at.administrator();
    const laptop = at.browser();
    const from = { device: laptop.device };
    expect(await guess(at, from, 'office', PASSWORD)).toBe('no failure');
    for (let i = 0; i < 3; i++) expect(await guess(at, from, 'office')).toBe('UNAUTHENTICATED login.wrong');
    // After three it counts as a stranger, who is heard too.
    expect(await guess(at, from, 'office', PASSWORD)).toBe('no failure');
    expect(await guess(at, { ip: '10.9.9.9' }, 'office')).toBe('UNAUTHENTICATED login.wrong');
  });

  it('takes its turn in a flood: 300 at once from one address keep nobody out who is known or brings a cookie of ours', async () => {
    const at = office({ ...wrongs, passwords: 1000, account: 1000 });
    await at.administrator();
    const laptop = at.browser();
    const signIn = async (browser: typeof laptop) =>
      failureOf(at.identity.handlers.signIn(await browser.call(), { login: 'office', password: PASSWORD }));
    await signIn(laptop);
    const nobody = { device: '', ip: '10.0.0.7' };
    let answered = 0;
    const flood = Array.from({ length: 300 }, (_, i) =>
      guess(at, nobody, `nobody-${i}`).then((answer) => {
        if (answer !== 'RATE_LIMITED tries.many') answered++;
        return answer;
      }),
    );
    await expect.poll(() => answered).toBeGreaterThan(0);
    expect(await signIn(laptop)).toBe('no failure');
    const [other, same] = [at.browser({ ip: '10.0.3.1' }), at.browser({ ip: '10.0.0.7' })];
    expect(await Promise.all([other, same].map(signIn))).toEqual(['no failure', 'no failure']);
    // One of the same kind waits at most for those that were there before: a cookie-less caller has three places in all.
    expect(answered).toBeLessThan(300);
    const kinds = new Set(await Promise.all(flood));
    expect([...kinds].sort()).toEqual(['RATE_LIMITED tries.many', 'UNAUTHENTICATED login.wrong']);
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

  it('an unknown login takes as long as a wrong password', async () => {
    const at = office({ account: 1000, passwords: 1000 });
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
