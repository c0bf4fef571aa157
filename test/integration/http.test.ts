import { once } from 'node:events';
import { connect } from 'node:net';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../shared/ids.ts';
import { PROTOCOL_VERSION } from '../../shared/version.ts';
import { until } from '../support/collab-server.ts';
import { beginMeeting, endMeetings, type Meeting } from '../support/meeting.ts';
import { RawClient } from '../support/raw-client.ts';
import { METRICS_HEADERS } from '../support/server.ts';
import { openTestStorage } from '../support/test-storage.ts';
import type { Storage } from '../../server/storage/port.ts';

let storage: Storage;
let m: Meeting;
beforeAll(async () => {
  storage = await openTestStorage();
  m = await beginMeeting(storage);
});
afterAll(async () => {
  await endMeetings();
  await storage.close();
});

describe('HTTP', () => {
  const say = () => `/api/sessions/${m.sessionId}/messages`;
  const words = (body: unknown) => ({ id: newId(), kind: 'speech', body });

  async function post(path: string, body: string, headers: Record<string, string> = {}) {
    const answer = await m.moderator.fetch(path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return { status: answer.status, ...((await answer.json()) as { error?: object }) };
  }
  const refused = (status: number, reason: string) => ({ status, error: { reason } });
  const length = async () =>
    (await m.moderator.call('session.entries', { sessionId: m.sessionId, after: 0, limit: 500 })).length;

  test.each([
    ['malformed JSON', () => '{"id": ', refused(400, 'body.form')],
    ['no object', () => '[1]', refused(400, 'body.form')],
    ['a bare word', () => '"x"', refused(400, 'body.form')],
    ['a text of 2 MB', () => JSON.stringify(words('字'.repeat(700_000))), refused(400, 'text.long')],
    ['a body of 5 MB', () => JSON.stringify(words('x'.repeat(5_000_000))), refused(413, 'body.large')],
    [
      'half a character',
      () => JSON.stringify(words('x')).replace('"x"', '"\\ud83d"'),
      refused(400, 'text.surrogate'),
    ],
    ['NUL', () => JSON.stringify(words('a\0b')), refused(400, 'text.nul')],
    ['blanks', () => JSON.stringify(words(' \n　')), refused(400, 'text.empty')],
    ['a wrong type', () => JSON.stringify(words(7)), refused(400, 'input.invalid_type')],
    [
      'an unknown kind',
      () => JSON.stringify({ ...words('a'), kind: 'shout' }),
      refused(400, 'input.invalid_value'),
    ],
    [
      'an unknown key',
      () => JSON.stringify({ ...words('a'), by: newId() }),
      refused(400, 'input.unrecognized_keys'),
    ],
    [
      'a key in two places',
      () => JSON.stringify({ ...words('a'), sessionId: newId() }),
      refused(400, 'input.twice'),
    ],
    ['a prototype', () => `{"__proto__":${JSON.stringify(words('a'))}}`, refused(400, 'input.invalid_type')],
    [
      'a constructor',
      () => JSON.stringify({ ...words('a'), constructor: { prototype: {} } }),
      refused(400, 'input.unrecognized_keys'),
    ],
  ])('refuses %s in words and stores nothing', async (_what, body, answer) => {
    const before = await length();
    expect(await post(say(), body())).toMatchObject(answer);
    expect(await length()).toBe(before);
  });

  test('names the field at fault and its limit', async () => {
    expect(await post(say(), JSON.stringify(words('字'.repeat(5001))))).toMatchObject({
      error: { facts: { max: 5000 }, fields: [{ path: 'body', reason: 'text.long' }] },
    });
    expect((await post(say(), JSON.stringify(words('𠮷'.repeat(5000))))).status).toBe(200);
  });

  test('refuses a query key that comes twice, and a number that is none', async () => {
    const get = async (query: string) =>
      (await m.moderator.fetch(`/api/sessions/${m.sessionId}/entries?${query}`)).json();
    expect(await get('after=0&after=1&limit=5')).toMatchObject({ error: { reason: 'input.twice' } });
    expect(await get('after=0x10&limit=5')).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    expect(await get('after=0&limit=1e2')).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    expect(await get('after=0&limit=5&__proto__=x')).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    expect(await get('after=0&limit=5')).toHaveLength(5);
  });

  test.each([
    '/api/sessions/%E0%A4%A/state',
    '/files/%E0%A4%A/x',
    '/%E0%A4%A',
    '/api/nothing',
    '/missing.png',
  ])('answers %s without giving anything away', async (path) => {
    const answer = await fetch(`${m.url}${path}`);
    expect([400, 404, 200]).toContain(answer.status);
    expect(await answer.text()).not.toMatch(/node_modules|at .*\.[jt]s/);
  });

  test('refuses a request of another site, whatever it is', async () => {
    const host = new URL(m.url).host;
    for (const origin of ['http://evil.example', 'null', `http://${host}.evil.example`, 'http://127.0.0.1:1'])
      expect(await post(say(), JSON.stringify(words('a')), { origin })).toMatchObject(
        refused(403, 'origin.foreign'),
      );
    expect((await post(say(), JSON.stringify(words('自己的')), { origin: m.url })).status).toBe(200);
    const socket = io(m.url, {
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: { origin: 'http://evil.example' },
    });
    await new Promise((resolve) => socket.once('connect_error', resolve));
    expect(socket.connected).toBe(false);
    const list = new RawClient(`${m.url.replace('http', 'ws')}/collab`, `list.${m.boardId}`, undefined, {
      cookie: m.moderator.cookie,
      origin: 'http://evil.example',
    });
    await until('it is closed', () => list.closed !== undefined);
    expect(list.closed).toBe(4403);
  });

  test('tells a client of another version to reload; stock clients pass', async () => {
    const get = (version: string) =>
      m.moderator
        .fetch('/api/me', { headers: { 'x-poli-protocol': version } })
        .then((answer) => answer.status);
    expect(await Promise.all(['0', '1', 'x', String(PROTOCOL_VERSION)].map(get))).toEqual([
      426, 426, 426, 200,
    ]);
    const old = io(m.url, { transports: ['websocket'], forceNew: true, auth: { protocol: 1 } });
    expect(await old.emitWithAck('session.open', { sessionId: m.sessionId })).toMatchObject({
      ok: false,
      error: { code: 'OUTDATED' },
    });
    old.disconnect();
    const list = new RawClient(`${m.url.replace('http', 'ws')}/collab`, `list.${m.boardId}?v=1`);
    await until('it is closed', () => list.closed !== undefined);
    expect(list.closed).toBe(4426);
  });

  test('is up, ready and counted', async () => {
    expect(await (await fetch(`${m.url}/healthz`)).json()).toMatchObject({ up: true });
    expect(await (await fetch(`${m.url}/readyz`)).json()).toEqual({ ready: true });
    expect(await (await fetch(`${m.url}/metrics`, { headers: METRICS_HEADERS })).text()).toContain(
      'poli_procedure_total{procedure="session.say",outcome="ok"}',
    );
  });

  test('outlives a request that is not one', async () => {
    const { hostname, port } = new URL(m.url);
    for (const nonsense of [
      'GET / HTTP/1.1\r\nHost: a;b\r\n\r\n',
      '\x16\x03\x01\x00',
      'GET /collab/x HTTP/1.1\r\nUpgrade: websocket\r\n\r\n',
    ]) {
      const socket = connect(Number(port), hostname).on('error', () => undefined);
      socket.end(nonsense);
      await once(socket.resume(), 'close');
    }
    expect((await fetch(`${m.url}/healthz`)).status).toBe(200);
  });
});
