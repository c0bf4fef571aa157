import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { documentName } from '../../shared/board.ts';
import { CLOSE_DAMAGED } from '../../shared/errors.ts';
import { TestClient } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { command } from '../support/command.ts';
import { expectError } from '../support/errors.ts';
import { linkIn, secretOf, useInstallations } from '../support/installation.ts';
import { RawClient } from '../support/raw-client.ts';
import { onFile } from '../support/spoiler.ts';

vi.setConfig({ testTimeout: 120_000 });
const { path, at, serving, stopped } = useInstallations();
const file = () => path('data', 'poli.db');
const damaged = { code: 'UNAVAILABLE', failure: { reason: 'storage.damaged' } };

/** One byte of what these rows hold, as a disk would change it. */
const flip = (table: string, column: string, where: string, value: string) =>
  onFile(
    file(),
    `UPDATE ${table} SET ${column} = CAST(substr(${column}, 1, 20) || X'7A' || substr(${column}, 22) AS ${table === 'updates' ? 'BLOB' : 'TEXT'}) WHERE ${where} = ?`,
    value,
  );

async function office(url: string, link: string): Promise<TestClient> {
  const client = new TestClient(url);
  await client.call('identity.useLink', { secret: secretOf(link) });
  return client;
}

async function filled(): Promise<{ out: string }> {
  return command(['demo', '--fill'], at('data'));
}

test('a byte changed on the disk: that document, that meeting, that session are refused in plain words, all others go on', async () => {
  const { out } = await filled();
  const link = linkIn(out, 'Administrator');
  let server = await serving('data');
  let client = await office(server.url, link);
  const [campaign] = await client.call('campaigns.list', {});
  const { campaignId } = campaign!;
  const { cards: sessions } = await client.call('session.list', { campaignId });
  const of = (phase: string) => sessions.find((each) => each.phase === phase)!;
  const [live, ended, planned] = [of('live'), of('ended'), of('draft')];
  const boardOf = async (sessionId: string) => (await client.call('session.get', { sessionId })).boardId;
  const boardId = await boardOf(live.sessionId);
  await stopped(server);

  await flip('updates', 'bytes', 'doc', documentName('list', boardId));
  await flip(
    'record_session_entries',
    'body',
    `json_extract(body, '$.seq') = 3 AND json_extract(body, '$.sessionId')`,
    ended.sessionId,
  );
  await flip('record_sessions', 'body', 'id', planned.sessionId);

  expectError(/stored data are damaged/);
  expectError(/a document could not be loaded/);
  server = await serving('data');
  client = await office(server.url, link);
  const { cards: left } = await client.call('session.list', { campaignId });
  expect(left.map((each) => each.sessionId).sort()).toEqual([ended.sessionId, live.sessionId].sort());
  await expect(client.call('session.open', { sessionId: ended.sessionId })).rejects.toMatchObject(damaged);
  await expect(client.call('session.get', { sessionId: planned.sessionId })).rejects.toMatchObject(damaged);
  const { state } = await client.call('session.open', { sessionId: live.sessionId });
  expect(state.hands).toHaveLength(3);

  const open = (doc: string) =>
    new RawClient(`${server.url.replace('http', 'ws')}/collab`, doc, undefined, {
      cookie: client.cookie,
    }).opened();
  const list = await open(documentName('list', boardId));
  await until('the damaged document is refused', () => list.closed !== undefined);
  expect(list.closed).toBe(CLOSE_DAMAGED);
  const draft = await open(documentName('draft', boardId));
  draft.send(Uint8Array.of(0, 0, 1, 0));
  await until('the other document is there', () => draft.count('step2') > 0);
  draft.ws.terminate();
  await stopped(server);

  const copy = await command(['backup', path('copy.db')], at('data'));
  expect(copy.code).toBe(1);
  expect(copy.err).toMatch(/Damaged: \d+ rows/);
  expect(copy.err).toContain(documentName('list', boardId));
  const put = await command(['restore', path('copy.db')], at('other'));
  expect(put).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was changed') });
  expect((await command(['restore', path('copy.db'), '--anyway'], at('other'))).code).toBe(0);
});

test('what an older program has stored is read without checksums and gets them when it is written anew', async () => {
  // A copy: opening it leaves files beside it.
  await copyFile('test/fixtures/0830c93.db', path('old.db'));
  await command(['restore', path('old.db')], at('data'));
  const server = await serving('data');
  const made = await command(['admin-link'], at('data'));
  const client = new TestClient(server.url);
  await client.call('identity.useLink', {
    secret: secretOf(linkIn(made.out, 'Open this link')),
    name: '办公室乙',
    login: 'office-b',
    password: 'long enough 8',
  });
  const [campaign] = await client.call('campaigns.list', {});
  const { cards: sessions } = await client.call('session.list', { campaignId: campaign!.campaignId });
  for (const each of sessions) await client.call('session.open', { sessionId: each.sessionId });
  await stopped(server);
  const count = (table: string, what: string) =>
    onFile(file(), `SELECT count(*) AS n FROM record_${table} WHERE ${what}`);
  expect(await count('session_entries', 'sum IS NOT NULL')).toEqual([{ n: 0 }]);
  expect(await count('tokens', 'sum IS NOT NULL')).toEqual([{ n: 1 }]);
  const copy = await command(['backup', path('copy.db')], at('data'));
  expect(copy).toMatchObject({ code: 0, err: '' });
});

test('an empty or cut off poli.db does not begin a new installation', async () => {
  await filled();
  const whole = await readFile(file());
  for (const left of [0, 8192]) {
    await writeFile(file(), whole.subarray(0, left));
    const refused = await command(['serve'], at('data'));
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(left === 0 ? /is empty/ : /cut off/);
    expect(refused.err).toContain('npm run restore');
    expect((await readFile(file())).length).toBe(left);
  }
});
