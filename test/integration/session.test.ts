import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fold } from '../../shared/reduce.ts';
import { newId } from '../../shared/ids.ts';
import { type Fixture, makeFixture, type TestClient } from '../support/client.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('a meeting over the real server', () => {
  let server: TestServer;
  let f: Fixture;
  let moderator: TestClient;
  let he: TestClient;

  beforeAll(async () => {
    server = await startServer();
    f = await makeFixture(server.url, server.app.identity.adminLink);
    moderator = await f.staff('周敏', 'moderator');
    he = await f.enter('何清');
  });
  afterAll(async () => {
    for (const client of [moderator, he]) client.close();
    await server.close();
  });

  const act = () => ({ sessionId: f.sessionId, id: newId() });

  test('the moderator starts it, a participant speaks, everybody gets one order', async () => {
    await moderator.emit('session.open', { sessionId: f.sessionId });
    const opened = await he.emit('session.open', { sessionId: f.sessionId });
    expect(opened.roles).toEqual(['participant']);
    const heard: string[] = [];
    (await moderator.socket()).on('entry:appended', (e: { entries: { kind: string }[] }) =>
      heard.push(...e.entries.map((x) => x.kind)),
    );
    await moderator.emit('session.start', act());
    const said = { ...act(), kind: 'problem' as const, body: '课题申报靠科室催，质量低。' };
    const first = await he.emit('session.say', said);
    const again = await he.emit('session.say', said);
    expect(again).toEqual(first);
    await expect(he.emit('session.say', { ...said, body: '别的话' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect.poll(() => heard).toEqual(['joined', 'item-opened', 'started', 'joined', 'said']);
    const entries = await moderator.call('session.entries', { sessionId: f.sessionId, after: 0, limit: 500 });
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, at) => at + 1));
    const { state } = await moderator.emit('session.open', { sessionId: f.sessionId });
    expect(fold(f.sessionId, entries)).toEqual(state);
  });

  test('a problem is taken up once, however often it is asked', async () => {
    const { state } = await moderator.emit('session.open', { sessionId: f.sessionId });
    const messageId = state.order[0]!;
    const [a, b] = await Promise.all([
      moderator.emit('session.takeUp', { sessionId: f.sessionId, messageId }),
      moderator.call('session.takeUp', { sessionId: f.sessionId, messageId }),
    ]);
    expect(a).toEqual(b);
    const rows = await server.app.session.read(f.sessionId, (room) => room.state.problems);
    expect(rows).toHaveLength(1);
  });

  test('minutes are composed at the end and sealed once', async () => {
    await moderator.emit('session.decide', {
      ...act(),
      text: '每名骨干联系一所薄弱学校',
      unitName: '教科研一室',
      due: '2026-04-10',
    });
    await moderator.emit('session.end', { ...act(), carryOver: [] });
    const minutes = await moderator.call('minutes.open', { sessionId: f.sessionId });
    const text = minutes.paragraphs.map((p) => `${p.label}${p.composed}`).join('\n');
    expect(text).toContain('主持周　敏');
    expect(text).toContain('课题申报靠科室催，质量低。');
    expect(text).toContain('每名骨干联系一所薄弱学校。责任单位：教科研一室；完成时限：2026年4月10日。');
    const sealed = await moderator.call('minutes.seal', { sessionId: f.sessionId, version: minutes.version });
    expect(sealed.sealed?.sha256).toMatch(/^[0-9a-f]{64}$/);
    await expect(moderator.call('session.resume', act())).rejects.toMatchObject({
      code: 'WRONG_STATE',
      failure: { reason: 'minutes.sealed' },
    });
    await expect(
      he.call('exports.minutes', { sessionId: f.sessionId, format: 'docx' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const ticket = await moderator.call('exports.minutes', { sessionId: f.sessionId, format: 'docx' });
    const file = await fetch(`${server.url}${ticket.url}`);
    expect(file.headers.get('content-disposition')).toContain("filename*=UTF-8''");
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(2000);
  });
});
