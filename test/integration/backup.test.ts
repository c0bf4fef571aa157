import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { documentName, readRows } from '../../shared/board.ts';
import { newId } from '../../shared/ids.ts';
import { makeFixture, TestClient } from '../support/client.ts';
import { command, type RunningCommand } from '../support/command.ts';
import { digestByHand, useInstallations } from '../support/installation.ts';

vi.setConfig({ testTimeout: 90_000 });
const { path, at, serving, stopped, documentIn } = useInstallations();

/** A meeting that was ended and sealed, and one that is going on. */
async function twoMeetings(server: RunningCommand) {
  const f = await makeFixture(server.url, () => Promise.resolve({ url: server.adminUrl }));
  const chair = await f.staff('周敏', 'moderator');
  const { sessionId } = f;
  await chair.call('session.start', { sessionId, id: newId() });
  await chair.call('session.say', { sessionId, id: newId(), kind: 'speech', body: '第一次会上说的话' });
  await chair.call('session.end', { sessionId, id: newId(), carryOver: [] });
  const { version } = await chair.call('minutes.open', { sessionId });
  const sealed = await chair.call('minutes.seal', { sessionId, version });
  const next = newId();
  const { code, boardId } = await chair.call('session.create', {
    campaignId: f.campaignId,
    sessionId: next,
    roomId: f.roomId,
    title: '第三次线上座谈会',
    plannedAt: '2026-03-25T06:30:00.000Z',
    plannedMinutes: 60,
    place: '',
    unitId: f.unitId,
    agenda: f.agenda,
    expectedUnits: [f.unitId],
    expectedPeople: [],
  });
  await chair.call('session.start', { sessionId: next, id: newId() });
  return { f, chair, sealed, next, code, boardId };
}

/** Speaks without a pause until it is told to stop; keeps what was acknowledged. */
function speaking(client: TestClient, sessionId: string) {
  const heard: string[] = [];
  let going = true;
  const done = (async () => {
    while (going) {
      const id = newId();
      await client.call('session.say', { sessionId, id, kind: 'problem', body: `第${heard.length}条` });
      heard.push(id);
    }
  })();
  return {
    heard,
    stop: () => {
      going = false;
      return done;
    },
  };
}

/** The same browser, come to another address. */
function moved(client: TestClient, url: string): TestClient {
  const other = new TestClient(url);
  for (const [name, value] of client.cookies) other.cookies.set(name, value);
  return other;
}

async function expectEverything(
  url: string,
  made: Awaited<ReturnType<typeof twoMeetings>>,
  before: string[],
) {
  const { f, chair, sealed, next, code } = made;
  const back = moved(chair, url);
  const entries = [];
  for (let after = 0; ; ) {
    const page = await back.call('session.entries', { sessionId: next, after, limit: 500 });
    entries.push(...page);
    if (page.length < 500) break;
    after = page.at(-1)!.seq;
  }
  expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, place) => place + 1));
  const said = entries.flatMap((entry) => (entry.kind === 'said' ? [entry.id] : []));
  expect(said.slice(0, before.length)).toEqual(before);
  const minutes = await back.call('minutes.open', { sessionId: f.sessionId });
  expect(minutes).toEqual(sealed);
  expect(minutes.sealed?.sha256).toBe(digestByHand(minutes));
  const office = new TestClient(url);
  await office.call('identity.signIn', { login: 'office', password: 'long enough 8' });
  expect(await moved(f.admin, url).call('campaigns.people', { campaignId: f.campaignId })).toHaveLength(6);
  await new TestClient(url).call('session.join', { code, personId: f.people['何清']! });
  await back.call('session.say', { sessionId: next, id: newId(), kind: 'speech', body: '恢复以后接着开' });
}

describe('a backup', () => {
  test('of a running server under writes is a whole installation again: words, links, devices, seals', async () => {
    const server = await serving('data');
    const made = await twoMeetings(server);
    const { chair, next, boardId } = made;
    const words = speaking(chair, next);
    await expect.poll(() => words.heard.length, { timeout: 20_000 }).toBeGreaterThan(30);
    await chair.call('session.takeUp', { sessionId: next, messageId: words.heard[0]! });
    const before = [...words.heard];
    const file = path('copy.db');
    const taken = await command(['backup', file], at('data'));
    expect(taken.code, taken.err).toBe(0);
    expect(words.heard.length).toBeGreaterThan(before.length);
    await words.stop();
    await stopped(server);

    const restored = await command(['restore', file], at('elsewhere'));
    expect(restored.code, restored.err).toBe(0);
    const { rows } = readRows(await documentIn('elsewhere', documentName('list', boardId)));
    expect(rows.map((row) => row.rowId)).toEqual([before[0]]);
    const again = await serving('elsewhere');
    expect(again.adminUrl).toBe('');
    await expectEverything(again.url, made, before);
  });

  test('is put back only when no server runs, and what stood there is kept', async () => {
    const server = await serving('data');
    const f = await makeFixture(server.url, () => Promise.resolve({ url: server.adminUrl }));
    const file = path('copy.db');
    expect((await command(['backup', file], at('data'))).code).toBe(0);
    await f.admin.call('campaigns.addUnit', { campaignId: f.campaignId, unitId: newId(), name: '备份之后' });

    const refused = await command(['restore', file], at('data'));
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('Another server is running on this database');
    const units = async (url: string) =>
      (await moved(f.admin, url).call('campaigns.units', { campaignId: f.campaignId })).map((u) => u.name);
    expect(await units(server.url)).toContain('备份之后');
    expect((await readdir(path('data'))).filter((name) => name.includes('restor'))).toEqual([]);
    await stopped(server);
    const log = await stat(path('data', 'poli.db-wal')).catch(() => ({ size: 0 }));
    expect(log.size, 'a stopped installation is whole in its one file').toBe(0);

    const done = await command(['restore', file], at('data'));
    expect(done.code, done.err).toBe(0);
    const aside = (await readdir(path('data'))).find((name) => name.includes('before-restore'))!;
    expect(done.out).toContain(aside);
    const first = await serving('data');
    expect(await units(first.url)).not.toContain('备份之后');
    await stopped(first);
    const undone = await command(['restore', path('data', aside)], at('data'));
    expect(undone.code, undone.err).toBe(0);
    expect(await units((await serving('data')).url)).toContain('备份之后');
  });

  test('that is none, or is damaged, replaces nothing', async () => {
    const filled = await command(['demo', '--fill'], at('data'));
    expect(filled.code, filled.err).toBe(0);
    const good = path('good.db');
    expect((await command(['backup', good], at('data'))).code).toBe(0);

    const damaged = await readFile(good);
    damaged.fill(0x5a, 8192, 8192 * 3);
    const files: [string, Uint8Array][] = [
      ['text.db', Buffer.from('这不是数据库'.repeat(500))],
      ['empty.db', new Uint8Array()],
      ['half.db', (await readFile(good)).subarray(0, 20_000)],
      ['damaged.db', damaged],
    ];
    for (const [name, bytes] of files) {
      await writeFile(path(name), bytes);
      const refused = await command(['restore', path(name)], at('data'));
      expect(refused.code, name).toBe(1);
      expect(refused.err, name).toContain('no whole backup');
    }
    expect((await command(['restore', path('missing.db')], at('data'))).err).toContain('no such file');
    expect((await command(['demo', '--fill'], at('data'))).out).toBe(filled.out);
    expect((await readdir(path('data'))).filter((name) => name.includes('restor'))).toEqual([]);
  });

  test('is the way back when the data themselves are damaged', async () => {
    expect((await command(['demo', '--fill'], at('data'))).code).toBe(0);
    const good = path('good.db');
    expect((await command(['backup', good], at('data'))).code).toBe(0);
    await writeFile(path('data', 'poli.db'), 'x'.repeat(9000));
    const broken = await command(['serve'], at('data'));
    expect(broken.code).toBe(1);
    expect(broken.err).toContain('The database cannot be opened');
    expect((await command(['restore', good], at('data'))).code).toBe(0);
    expect((await serving('data')).adminUrl).toBe('');
  });
});
