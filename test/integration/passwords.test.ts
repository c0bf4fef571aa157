import { expect, it } from 'vitest';
import { Secret } from '../../shared/fields.ts';
import { onBothEngines } from '../support/engines.ts';
import { failureOf, openOffice, PASSWORD, secretOf } from '../support/office.ts';

const ORIGIN = 'http://board.test:3000';

onBothEngines('a password', (storage) => {
  const office = (ceilings?: Parameters<typeof openOffice>[1]) => openOffice(storage().records, ceilings);
  const wrongs = { device: 3, account: 5, ip: 8, seconds: 600 };

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
    expect(answers.filter((answer) => answer === 'UNAUTHENTICATED login.wrong')).toHaveLength(3);
    expect(answers.filter((answer) => answer === 'RATE_LIMITED tries.many')).toHaveLength(3);
    // Five wrong ones for one account, each from a new device: then not even the right one is heard.
    for (let i = 0; i < 5; i++) await guess({ ip: `10.0.1.${i}` }, 'office');
    expect(await guess({ ip: '10.0.2.1' }, 'office', PASSWORD)).toBe('RATE_LIMITED tries.many');
    // Five more from the first address, which has failed three times.
    for (let i = 0; i < 5; i++) await guess({ ip: '10.0.0.1' }, `somebody-${i}`);
    expect(await guess({ ip: '10.0.0.1' }, 'someone')).toBe('RATE_LIMITED tries.many');
  });

  it('guessed at by strangers still opens for its owner, from a browser that has used it', async () => {
    const at = office(wrongs);
    await at.administrator();
    const laptop = at.browser();
    const signIn = async (browser: typeof laptop, password: string) =>
      failureOf(at.identity.handlers.signIn(await browser.call(), { login: 'office', password }));
    expect(await signIn(laptop, PASSWORD)).toBe('no failure');
    for (let i = 0; i < 6; i++) await signIn(at.browser({ ip: `10.0.1.${i}` }), 'wrong-wrong');
    expect(await signIn(at.browser({ ip: '10.0.2.1' }), PASSWORD)).toBe('RATE_LIMITED tries.many');
    expect(await signIn(laptop, PASSWORD)).toBe('no failure');
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
