import { expect, test } from 'vitest';
import { letIn, TestClient } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { onBothEngines } from '../support/engines.ts';
import { beginMeeting, closeMeetings, kept, type Meeting, refusal, within1s } from '../support/meeting.ts';
import { RawClient } from '../support/raw-client.ts';
import { step1Frame } from '../support/frames.ts';

/** The list of the host unit, open on this device. */
async function openList(m: Meeting, device: TestClient): Promise<RawClient> {
  const at = `${m.url.replace('http', 'ws')}/collab`;
  const list = await new RawClient(at, `list.${m.boardId}`, undefined, { cookie: device.cookie }).opened();
  list.send(step1Frame(new Uint8Array([0])));
  await until('the list is open', () => list.count('step2') > 0);
  return list;
}

/** True from the moment on at which this device's socket was cut. */
async function watch(device: TestClient): Promise<() => boolean> {
  let cut = false;
  (await device.socket()).on('disconnect', () => (cut = true));
  return () => cut;
}

onBothEngines('a right that is taken away', (storage) => {
  closeMeetings();

  test('is gone from open sockets within a second: a demotion', async () => {
    const m = await beginMeeting(storage());
    await m.moderator.emit('session.open', { sessionId: m.sessionId });
    const cut = await watch(m.moderator);
    const grants = await m.admin.call('identity.grants', { campaignId: m.campaignId });
    const { grantId } = grants.find((grant) => grant.role === 'moderator')!;
    await m.admin.call('identity.revoke', { campaignId: m.campaignId, grantId });
    await within1s(cut).toBe(true);
    expect(await refusal(m.moderator, 'session.pause', m.act())).toMatch(/^(FORBIDDEN|NOT_FOUND)/);
  });

  test('is gone from open documents within a second: a removal of somebody of another unit', async () => {
    const m = await beginMeeting(storage());
    const device = kept(new TestClient(m.url));
    const join = { code: m.code, name: '顾言', unitName: '教科研二室' };
    const { personId } = await device.call('session.join', join);
    await device.call('session.enter', m.act());
    const list = await openList(m, device);
    await m.moderator.call('session.removePerson', { ...m.act(), personId });
    await within1s(() => list.closed).toBe(4404);
  });

  test('goes with a sign-out, on the socket and in the document', async () => {
    const m = await beginMeeting(storage());
    const he = await m.enter('何清');
    await he.emit('session.open', { sessionId: m.sessionId });
    const [list, cut] = [await openList(m, he), await watch(he)];
    const copy = m.again(he);
    await he.call('identity.signOut', {});
    await within1s(() => [cut(), list.closed]).toEqual([true, 4401]);
    expect(await refusal(copy, 'session.open', { sessionId: m.sessionId })).toBe('UNAUTHENTICATED sign.in');
  });

  test('goes with a new password, on all devices but the one it was set on', async () => {
    const m = await beginMeeting(storage());
    const other = kept(new TestClient(m.url));
    await other.call('identity.signIn', { login: 'office', password: 'long enough 8' });
    await other.emit('session.open', { sessionId: m.sessionId });
    const [list, cut] = [await openList(m, other), await watch(other)];
    const words = { login: 'office', current: 'long enough 8', password: 'another one 9' };
    await m.admin.call('identity.setPassword', words);
    await within1s(() => [cut(), list.closed]).toEqual([true, 4401]);
    expect((await other.call('identity.me', {})).actor.kind).toBe('anonymous');
    expect((await m.admin.call('identity.me', {})).actor.kind).toBe('person');
  });

  test('is not taken by giving somebody what they have, nor by what others are given', async () => {
    const m = await beginMeeting(storage());
    const he = await m.enter('何清');
    await he.emit('session.open', { sessionId: m.sessionId });
    const [list, cut] = [await openList(m, he), await watch(he)];
    await letIn(kept(new TestClient(m.url)), m, m.people['何清']!, m.moderator);
    await m.enter('唐雨');
    await he.call('session.join', { code: m.code });
    await m.admin.call('identity.grant', {
      campaignId: m.campaignId,
      personId: m.people['唐雨']!,
      role: 'observer',
    });
    const said = { ...m.act(), kind: 'speech' as const, body: '我还在' };
    expect((await he.emit('session.say', said)).kind).toBe('said');
    expect([cut(), list.closed]).toEqual([false, undefined]);
  });
});
