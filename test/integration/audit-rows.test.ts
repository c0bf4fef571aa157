import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../shared/ids.ts';
import type { AuditRow } from '../../shared/contract/admin.ts';
import { AppError } from '../../shared/errors.ts';
import type { RecordStore, Storage } from '../../server/storage/port.ts';
import { TestClient } from '../support/client.ts';
import { expectError } from '../support/errors.ts';
import { beginMeeting, closeMeetings, type Meeting, refusal, secretOf } from '../support/meeting.ts';
import { openTestStorage } from '../support/test-storage.ts';

let storage: Storage;
beforeAll(async () => {
  storage = await openTestStorage();
});
afterAll(() => storage.close());
closeMeetings();

/** Newest first, as they stand when the answer to the call before has come. */
const rows = (m: Meeting): Promise<AuditRow[]> => m.admin.call('admin.audit', { limit: 20 });
const about = ({ verb, objectKind, objectId, objectName, detail, personName, outcome }: AuditRow) =>
  [verb, objectKind, objectId, objectName, detail, personName, outcome].join(' ').replace(/ +/g, ' ');

test('a row is there before the answer, and says who did what to which thing', async () => {
  const m = await beginMeeting(storage);
  const { campaignId } = m;
  const unitId = newId();
  await m.admin.call('campaigns.addUnit', { campaignId, unitId, name: '后勤处' });
  expect(about((await rows(m))[0]!)).toBe(`add unit ${unitId} 后勤处 办公室甲 ok`);
  await m.admin.call('campaigns.removeUnit', { campaignId, unitId });
  expect(about((await rows(m))[0]!)).toBe(`remove unit ${unitId} 后勤处 办公室甲 ok`);
  const personId = m.people['何清']!;
  const grant = await m.admin.call('identity.grant', { campaignId, personId, role: 'observer' });
  expect(about((await rows(m))[0]!)).toBe(`grant role ${personId} 何清 observer 办公室甲 ok`);
  await m.admin.call('identity.revoke', { campaignId, grantId: grant.grantId });
  expect(about((await rows(m))[0]!)).toBe(`revoke role ${personId} 何清 observer 办公室甲 ok`);
  expect((await rows(m))[0]!.address).toMatch(/127\.0\.0\.1/);
});

test('at the door the row names who came in, and never the code', async () => {
  const m = await beginMeeting(storage);
  const phone = new TestClient(m.url);
  await phone.call('session.join', { code: m.code, personId: m.people['何清']! });
  const [row] = await rows(m);
  expect(row).toMatchObject({
    verb: 'join',
    objectId: m.sessionId,
    personId: m.people['何清'],
    personName: '何清',
  });
  const link = await m.admin.call('identity.personalLink', {
    campaignId: m.campaignId,
    personId: m.people['何清']!,
  });
  expect((await rows(m))[0]).toMatchObject({ objectKind: 'personal-link', objectName: '何清' });
  await new TestClient(m.url).call('identity.useLink', { secret: secretOf(link) });
  expect((await rows(m))[0]).toMatchObject({ verb: 'use', personName: '何清' });
  const all = JSON.stringify(await rows(m));
  expect([all.includes(m.code), all.includes(secretOf(link))]).toEqual([false, false]);
});

test('an export is one row: minting its link, not fetching it', async () => {
  const m = await beginMeeting(storage);
  const before = (await rows(m))[0]!;
  const ticket = await m.admin.call('exports.list', { boardId: m.boardId, format: 'xlsx' });
  for (let times = 0; times < 2; times++) expect((await fetch(m.url + ticket.url)).status).toBe(200);
  const [row, older] = await rows(m);
  expect(row).toMatchObject({
    verb: 'export',
    objectKind: 'problem-list',
    objectId: m.boardId,
    detail: 'xlsx',
  });
  expect(row!.objectName).toContain('问题清单');
  expect(older).toEqual(before);
});

test('devices that are signed out by the moderator are a row, though the command comes over the socket', async () => {
  const m = await beginMeeting(storage);
  const personId = m.people['何清']!;
  await m.moderator.emit('session.dropDevices', { sessionId: m.sessionId, personId });
  expect(about((await rows(m))[0]!)).toBe(`sign-out other-devices ${personId} 周敏 ok`);
});

/** The browser holds a token; what the cookie is called carries the installation. */
const isSomebody = (browser: TestClient): boolean =>
  [...browser.cookies.keys()].some((name) => /^poli_[0-9a-f]{8}$/.test(name));

test('while the audit cannot be stored nothing is answered as done, and nobody is let in', async () => {
  const m = await beginMeeting(storage);
  expectError(/its audit row could not be stored/);
  let away = true;
  const insertMany = (async (c, drafts) => {
    if (away && c.name === 'audit_rows') throw new AppError('UNAVAILABLE', 'storage.away');
    return storage.records.insertMany(c, drafts);
  }) as RecordStore['insertMany'];
  await m.restart({ ...storage, records: { ...storage.records, insertMany } });
  const admin = m.again(m.admin);
  const unit = { campaignId: m.campaignId, unitId: newId(), name: '总务处' };
  expect(await refusal(admin, 'campaigns.addUnit', unit)).toBe('UNAVAILABLE audit.away');
  const phone = new TestClient(m.url);
  const join = { code: m.code, personId: m.people['唐雨']! };
  expect(await refusal(phone, 'session.join', join)).toBe('UNAVAILABLE audit.away');
  expect(isSomebody(phone)).toBe(false);
  away = false;
  expect(await admin.call('campaigns.addUnit', unit)).toMatchObject({ name: '总务处' });
  await phone.call('session.join', join);
  expect(isSomebody(phone)).toBe(true);
});
