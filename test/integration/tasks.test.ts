import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { demoEnvironment } from '../../server/tasks/demo.ts';
import { documentName, draftText, readRows } from '../../shared/board.ts';
import { newId } from '../../shared/ids.ts';
import { TestClient } from '../support/client.ts';
import { command } from '../support/command.ts';
import { digestByHand, linkIn, secretOf, useInstallations } from '../support/installation.ts';

vi.setConfig({ testTimeout: 90_000 });
const { at, path, serving, stopped, documentIn } = useInstallations();

async function by(url: string, link: string): Promise<TestClient> {
  const client = new TestClient(url);
  await client.call('identity.useLink', { secret: secretOf(link) });
  return client;
}

describe('the demonstration', () => {
  test('fills an empty installation with meetings that read like real ones, starts and prints links that work', async () => {
    const server = await serving('data', 'demo');
    await server.told('Ctrl+C');
    const first = { out: server.said() };
    expect(server.adminUrl.startsWith(server.url)).toBe(true);
    const office = await by(server.url, linkIn(first.out, 'Administrator'));
    const [campaign] = await office.call('campaigns.list', {});
    const { campaignId } = campaign!;
    expect(campaign).toMatchObject({ currentPhase: 2, slogan: expect.stringContaining('树正气') });
    expect(await office.call('campaigns.people', { campaignId })).toHaveLength(34);
    const { cards: sessions } = await office.call('session.list', { campaignId });
    expect(sessions.map((each) => each.phase).sort()).toEqual(['draft', 'ended', 'live']);

    const { sessionId } = sessions.find((each) => each.phase === 'ended')!;
    const minutes = await office.call('minutes.open', { sessionId });
    expect(minutes.sealed?.sha256).toBe(digestByHand(minutes));
    const said = minutes.paragraphs.map((p) => `${p.label}${p.composed}`).join('\n');
    expect(said).toContain('请假教科研二室：苏晚晴');
    expect(said).toContain('责任单位：教科研一室');
    expect(said).not.toContain('发错窗口');
    const { state: held } = await office.call('session.open', { sessionId });
    expect(new Set(Object.values(held.messages).map((m) => m.kind)).size).toBe(4);
    expect(held.order.length).toBeGreaterThanOrEqual(20);

    const chair = await by(server.url, linkIn(first.out, 'Moderator'));
    const live = sessions.find((each) => each.phase === 'live')!;
    const { state, roles, serverTime } = await chair.call('session.open', { sessionId: live.sessionId });
    expect(roles).toContain('moderator');
    expect(state.items.map((item) => item.status)).toEqual(['done', 'open', 'waiting']);
    expect(state.floor).toBeDefined();
    expect(state.hands).toHaveLength(3);
    expect(state.at! <= serverTime).toBe(true);
    await chair.call('session.giveFloor', {
      sessionId: live.sessionId,
      id: newId(),
      personId: state.hands[0]!,
      minutes: 3,
    });

    const phone = new TestClient(server.url);
    const code = /\/j\/(\d{6})/.exec(first.out)![1]!;
    const door = await phone.call('session.door', { code });
    const { personId } = door.units.flatMap((unit) => unit.people).at(-1)!;
    await phone.call('session.join', { code, personId });
    const guest = new TestClient(server.url);
    await guest.call('identity.useLink', { secret: secretOf(linkIn(first.out, 'Guest')), name: '吕老师' });
    const seen = await guest.call('session.open', { sessionId: live.sessionId });
    expect(seen.roles).toEqual(['guest']);
    await stopped(server);

    const { rows, malformed } = readRows(await documentIn('data', documentName('list', live.boardId)));
    expect(malformed).toEqual([]);
    expect(rows).toHaveLength(9);
    expect(rows.filter((row) => row.cause !== '').length).toBeGreaterThanOrEqual(8);
    expect(draftText(await documentIn('data', documentName('draft', live.boardId)))).toContain('讨论稿');
  });

  test('is made once: started again it has the same links, and it stands among nothing else', async () => {
    const ways = ({ out }: { out: string }) => out.match(/\/[lj]\/\S+/g);
    const filled = await command(['demo', '--fill'], at('data'));
    expect(ways(filled)).toHaveLength(5);
    const server = await serving('data', 'demo');
    await server.told('Ctrl+C');
    expect(ways({ out: server.said() })).toEqual(ways(filled));
    await by(server.url, linkIn(server.said(), 'Moderator'));
    await stopped(server);

    await rm(path('data', 'demo-links.json'));
    const refused = await command(['demo'], at('data'));
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('not empty');
  });

  test('has a folder and a port of its own unless others are named', async () => {
    const held = createServer().listen(0, '127.0.0.1');
    await once(held, 'listening');
    const env = await demoEnvironment({ HOST: '127.0.0.1' });
    expect(env.DATA_DIR).toBe('./data-demo');
    const { port } = held.address() as AddressInfo;
    const second = await command(['demo'], { ...at('data'), PORT: String(port) });
    held.close();
    expect(second.code).toBe(1);
    expect(second.err).toContain(`Port ${port} is taken`);
    expect(second.err).toContain(`端口 ${port} 已被占用`);
    expect(await demoEnvironment({ DATA_DIR: '/here', PORT: '8080' })).toEqual({
      DATA_DIR: '/here',
      PORT: '8080',
    });
  });

  test('may be filled in beside a server that runs, and is there at once', async () => {
    const server = await serving('data');
    const { code, out } = await command(['demo'], at('data'));
    expect(code).toBe(0);
    const office = await by(server.url, linkIn(out, 'Administrator'));
    expect(await office.call('campaigns.list', {})).toHaveLength(1);
  });
});

describe('a link for the administrator', () => {
  test('made beside a running server opens there, once, and voids the one before', async () => {
    const server = await serving('data');
    const make = async () => linkIn((await command(['admin-link'], at('data'))).out, 'Any of its addresses');
    const [first, second] = [await make(), await make()];
    const use = (link: string) =>
      new TestClient(server.url).call('identity.useLink', {
        secret: secretOf(link),
        name: '办公室甲',
        login: 'office',
        password: 'long enough 8',
      });
    for (const old of [server.adminUrl, first])
      await expect(use(old)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await use(second)).toMatchObject({ login: 'office', fresh: false });
    await expect(use(second)).rejects.toMatchObject({ code: 'WRONG_STATE' });

    const lost = await make();
    const renewed = new TestClient(server.url).call('identity.useLink', {
      secret: secretOf(lost),
      name: '办公室甲',
      login: 'office',
      password: 'another one 9',
    });
    expect(await renewed).toMatchObject({ login: 'office' });
    const old = { login: 'office', password: 'long enough 8' };
    await expect(new TestClient(server.url).call('identity.signIn', old)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});

describe('a start that cannot be', () => {
  test('a second server on the same data says who is there and leaves it alone', async () => {
    const server = await serving('data');
    const second = await command(['serve'], at('data'));
    expect(second.code).toBe(1);
    expect(second.err).toMatch(
      /Another server is running on this database: .+, process \d+\. Stop it first\./,
    );
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    await stopped(server);
    await serving('data');
  });

  test('a wrong configuration is told field by field', async () => {
    const { code, err } = await command(['serve'], {
      ...at('data'),
      PORT: 'eighty',
      PUBLIC_URL: 'not an address',
      MONGODB_URL: 'http://localhost',
      LOG_LEVEL: 'loud',
      TRUST_PROXY: 'perhaps',
      MAX_UPLOAD: '0',
      MAX_TICK_MS: '201',
      METRICS_PORT: 'x',
      METRICS_TOKEN: 'short',
    });
    expect(code).toBe(1);
    const wrong = [
      'PORT',
      'PUBLIC_URL',
      'MONGODB_URL',
      'LOG_LEVEL',
      'TRUST_PROXY',
      'MAX_UPLOAD',
      'MAX_TICK_MS',
      'METRICS_PORT',
      'METRICS_TOKEN',
    ];
    for (const name of wrong) expect(err).toMatch(new RegExp(`^ {2}${name}: \\S`, 'm'));
    expect(err).not.toContain('    at ');
  });

  test('Redis without MongoDB is refused', async () => {
    const { code, err } = await command(['serve'], { ...at('data'), REDIS_URL: 'redis://localhost:6379' });
    expect(code).toBe(1);
    expect(err).toMatch(/REDIS_URL: .+ needs MONGODB_URL/);
  });

  test('an unknown command names the known ones', async () => {
    const { code, err } = await command(['sleep'], at('data'));
    expect(code).toBe(1);
    expect(err).toContain('serve, admin-link, demo, backup, restore, verify');
  });
});
