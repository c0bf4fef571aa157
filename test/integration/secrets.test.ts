import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Storage } from '../../server/storage/port.ts';
import { METRICS_HEADERS } from '../support/server.ts';
import { openTestStorage } from '../support/test-storage.ts';
import { TestClient } from '../support/client.ts';
import { beginMeeting, endMeetings, type Meeting, refusal, secretOf } from '../support/meeting.ts';

let storage: Storage;
let m: Meeting;
let logged = '';
beforeAll(async () => {
  storage = await openTestStorage();
  m = await beginMeeting(storage, { trace: (lines) => (logged += lines) });
});
afterAll(async () => {
  await endMeetings();
  await storage.close();
});

test('nothing secret stands in any line of the log, even when everything is logged', async () => {
  const canaries: string[] = ['long enough 8', ...m.admin.cookies.values(), ...m.moderator.cookies.values()];
  const plant = (text: string) => {
    canaries.push(text);
    return text;
  };
  const { sessionId } = m;
  const phone = new TestClient(m.url);
  await refusal(phone, 'identity.signIn', { login: 'office', password: plant('wrong-password-canary') });
  const guest = await m.moderator.call('session.makeGuestLink', { sessionId, name: '来宾' });
  await phone.call('identity.useLink', { secret: plant(secretOf(guest)), name: '来宾' });
  canaries.push(...phone.cookies.values());
  const admin = await m.admin.call('identity.personalLink', {
    campaignId: m.campaignId,
    personId: m.people['唐雨']!,
  });
  plant(secretOf(admin));
  await m.moderator.call('session.say', { ...m.act(), kind: 'speech', body: plant('金丝雀说的话') });
  await m.moderator.emit('session.say', { ...m.act(), kind: 'speech', body: plant('金丝雀又说') });
  const leave = {
    ...m.act(),
    personId: m.people['何清']!,
    status: 'leave' as const,
    reason: plant('金丝雀的事由'),
  };
  await m.moderator.call('session.attend', leave);
  const ticket = await m.admin.call('exports.list', { boardId: m.boardId, format: 'xlsx' });
  await fetch(`${m.url}${plant(ticket.url.split('/')[2]!) && ticket.url}`);
  // Also on the ways that go wrong.
  const post = (path: string, body: string) =>
    m.moderator.fetch(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  await post(`/api/sessions/${sessionId}/messages`, `{"body":"${plant('broken-json-canary')}`);
  await post(
    `/api/sessions/${sessionId}/messages`,
    JSON.stringify({ body: plant('odd-field-canary'), odd: 1 }),
  );
  await fetch(`${m.url}/api/links/${plant('unknown-link-secret-canary')}`);
  await fetch(`${m.url}/files/${plant('unknown-file-secret-canary')}/a.pdf`);
  await fetch(`${m.url}/api/me`, { headers: { cookie: `poli=${plant('foreign-cookie-canary')}` } });
  await expect.poll(() => logged.includes('exports.list')).toBe(true);
  expect(logged.split('\n').length).toBeGreaterThan(20);
  const metrics = await (await fetch(`${m.url}/metrics`, { headers: METRICS_HEADERS })).text();
  const audit = JSON.stringify(await m.admin.call('admin.audit', { limit: 100 }));
  for (const canary of canaries)
    expect([canary, (logged + metrics + audit).includes(canary)]).toEqual([canary, false]);
});
