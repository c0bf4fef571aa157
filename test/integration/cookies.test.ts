import { expect, onTestFinished, test } from 'vitest';
import { openInstallation } from '../../server/features/identity/installation.ts';
import { TestClient } from '../support/client.ts';
import { onBothEngines } from '../support/engines.ts';
import { openFixture } from '../support/fixture.ts';
import { beginMeeting, closeMeetings, kept, type Meeting, refusal, secretOf } from '../support/meeting.ts';
import { startServer } from '../support/server.ts';
import { openTestStorage } from '../support/test-storage.ts';

const who = async (device: TestClient): Promise<string> => {
  const { actor } = await device.call('identity.me', {});
  return actor.kind === 'person' ? actor.name : 'nobody';
};

/** The same browser at another port of the same host: one jar. */
function sameBrowser(url: string, browser: TestClient): TestClient {
  const there = kept(new TestClient(url));
  Object.assign(there, { cookies: browser.cookies });
  return there;
}

/** A browser as an older program left it: the same values under the old names. */
function asBefore(m: Meeting, browser: TestClient): TestClient {
  const old = kept(new TestClient(m.url));
  for (const [name, value] of browser.cookies)
    if (name.includes('device')) old.cookies.set('poli_device', value.split('.')[0]!);
    else old.cookies.set('poli', value);
  return old;
}

onBothEngines('cookies', (storage) => {
  closeMeetings();

  test('of two installations on one host do not take each other’s place', async () => {
    const second = await openTestStorage();
    // after the server that stands on it, which closeMeetings ends
    onTestFinished(() => second.close());
    const [one, two] = [await beginMeeting(storage()), await beginMeeting(second)];
    const here = kept(new TestClient(one.url));
    const there = sameBrowser(two.url, here);
    await here.call('session.join', { code: one.code, personId: one.people['何清']! });
    await there.call('session.join', { code: two.code, personId: two.people['唐雨']! });
    expect([await who(here), await who(there)]).toEqual(['何清', '唐雨']);
    expect((await here.emit('session.open', { sessionId: one.sessionId })).roles).toEqual(['participant']);
    await there.call('identity.signOut', {});
    expect([await who(here), await who(there)]).toEqual(['何清', 'nobody']);
    expect(here.cookies.size).toBe(3);
  });

  test('keep their names over a restart', async () => {
    const m = await beginMeeting(storage());
    const he = await m.enter('何清');
    await m.restart();
    expect(await who(m.again(he))).toBe('何清');
    const { id } = await openInstallation(storage().records);
    expect([...he.cookies.keys()].sort()).toEqual([`poli_${id}`, `poli_device_${id}`].sort());
  });

  test('under the old names go on working and are exchanged, on every carrier', async () => {
    const m = await beginMeeting(storage());
    const he = await m.enter('何清');
    const [token, device] = [
      he.cookies.get([...he.cookies.keys()].find((n) => !n.includes('device'))!),
      [...he.cookies].find(([n]) => n.includes('device'))![1],
    ];
    const old = asBefore(m, he);
    // A socket cannot set a cookie: it takes the old one.
    expect((await old.emit('session.open', { sessionId: m.sessionId })).roles).toEqual(['participant']);
    expect([...old.cookies.keys()].sort()).toEqual(['poli', 'poli_device']);
    expect(await who(old)).toBe('何清');
    const { id } = await openInstallation(storage().records);
    expect(Object.fromEntries(old.cookies)).toEqual({
      [`poli_${id}`]: token,
      [`poli_device_${id}`]: device,
      // The other installation may still want to exchange it.
      poli_device: device.split('.')[0],
    });
    expect(await who(old)).toBe('何清');
    await old.call('identity.signOut', {});
    expect(await who(old)).toBe('nobody');
  });

  test('of somebody else under the old name are left alone', async () => {
    const m = await beginMeeting(storage());
    const browser = kept(new TestClient(m.url));
    browser.cookies.set('poli', 'another-installations-token-0123456789abcde');
    expect(await who(browser)).toBe('nobody');
    await browser.call('session.join', { code: m.code, personId: m.people['何清']! });
    expect(await who(browser)).toBe('何清');
    expect(browser.cookies.get('poli')).toBe('another-installations-token-0123456789abcde');
  });

  test('keep the browser’s id over the exchange: a guest’s link stays the guest’s', async () => {
    const m = await beginMeeting(storage());
    const link = await m.moderator.call('session.makeGuestLink', { sessionId: m.sessionId, name: '来宾' });
    const guest = kept(new TestClient(m.url));
    await guest.call('identity.me', {});
    await guest.call('identity.useLink', { secret: secretOf(link), name: '来宾' });
    const old = asBefore(m, guest);
    old.cookies.delete('poli');
    expect(await refusal(old, 'identity.useLink', { secret: secretOf(link), name: '来宾' })).toBe('');
    const stranger = kept(new TestClient(m.url));
    expect(await refusal(stranger, 'identity.useLink', { secret: secretOf(link), name: '来宾' })).toBe(
      'WRONG_STATE link.used',
    );
  });
});

test('over https are the host’s own, and what was set before it had https is exchanged', async () => {
  const server = await startServer({ config: { trustProxy: true } });
  const { id } = await openInstallation(server.storage.records);
  const headers = { 'x-forwarded-proto': 'https' };
  const { url: link } = await server.app.identity.adminLink(server.url);
  const given = { name: '周敏', login: 'office', password: 'long enough 8' };
  const plain = new TestClient(server.url);
  await plain.call('identity.useLink', { secret: secretOf({ url: link }), ...given });
  const answer = await fetch(`${server.url}/api/me`, { headers: { ...headers, cookie: plain.cookie } });
  expect(await answer.json()).toMatchObject({ actor: { name: '周敏' } });
  const lines = answer.headers.getSetCookie();
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(new RegExp(`^__Host-poli_device_${id}=.*; Path=/; HttpOnly; .*; Secure$`));
  expect(lines[1]).toMatch(new RegExp(`^__Host-poli_${id}=[^;]+; Path=/; HttpOnly; .*; Secure$`));
  expect(lines[2]).toMatch(new RegExp(`^poli_${id}=; .*Max-Age=0`));
  const cookie = lines.slice(0, 2).map((line) => line.split(';')[0]);
  const again = await fetch(`${server.url}/api/me`, { headers: { ...headers, cookie: cookie.join('; ') } });
  expect(await again.json()).toMatchObject({ actor: { name: '周敏' } });
  expect(again.headers.getSetCookie()).toEqual([]);
  await server.close();
});

test('of an installation as program 0830c93 left it still say who everybody is', async () => {
  const { old, storage, browser: browserOf, close } = await openFixture('0830c93');
  const server = await startServer({ storage, now: () => Date.parse(old.madeAt) });
  for (const name of Object.keys(old.cookies)) {
    const browser = browserOf(server.url, name);
    expect(await who(browser)).toBe(name);
    expect([...browser.cookies.keys()]).not.toContain('poli');
    expect(await who(browser)).toBe(name);
  }
  await server.close();
  await close();
});
