import type { Socket as NetSocket } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Storage } from '../../server/storage/port.ts';
import { openTestStorage } from '../support/test-storage.ts';
import { LIMITS } from '../../server/transport/limits.ts';
import { procedures } from '../../shared/contract/index.ts';
import { newId } from '../../shared/ids.ts';
import type { TestClient } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { beginMeeting, endMeetings, type Meeting } from '../support/meeting.ts';
import { seeded } from '../support/seeded.ts';

let storage: Storage;
let m: Meeting;
let honest: TestClient;
let disturbed = 0;
beforeAll(async () => {
  storage = await openTestStorage();
  m = await beginMeeting(storage);
  honest = await m.enter('何清');
  await honest.emit('session.open', { sessionId: m.sessionId });
  (await honest.socket()).on('disconnect', () => disturbed++);
});
afterAll(async () => {
  await endMeetings();
  await storage.close();
});

/** A socket of a participant who means no good. */
async function hostile(): Promise<Socket> {
  const cookie = (await m.enter('唐雨')).cookie;
  const socket = io(m.url, { extraHeaders: { cookie }, transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return socket;
}

/** An honest person says something and is answered soon: the hostile client works in this same process. */
async function speaks(): Promise<void> {
  const started = performance.now();
  await honest.emit('session.say', { ...m.act(), kind: 'speech', body: '我说一句' });
  expect(performance.now() - started).toBeLessThan(5000);
  expect(disturbed).toBe(0);
}

const ask = (socket: Socket, ...given: [string, ...unknown[]]): Promise<unknown> =>
  new Promise((resolve) => {
    socket.emit(...given, resolve);
  });
const length = async () =>
  (await m.moderator.call('session.entries', { sessionId: m.sessionId, after: 0, limit: 500 })).length;

describe('whoever sends the socket', () => {
  test.each([
    ['nothing at all', []],
    ['undefined', [undefined]],
    ['null', [null]],
    ['a number', [7]],
    ['a text', ['x']],
    ['a list', [[1, 2]]],
    ['three inputs', [{}, {}, {}]],
    ['bytes', [Buffer.from([1, 2, 3])]],
    ['bytes inside', [{ body: Buffer.from([1, 2, 3]) }]],
  ])('%s gets a refusal in words', async (_what, given) => {
    const socket = await hostile();
    const answer = await ask(socket, 'session.say', ...given);
    expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    socket.disconnect();
    await speaks();
  });

  test('something under an unknown name, or a name of objects, is told so', async () => {
    const socket = await hostile();
    for (const name of [
      'session.shout',
      '__proto__',
      'constructor',
      'toString',
      'session.create',
      '',
      'identity.me',
    ])
      expect(await ask(socket, name, {})).toMatchObject({ error: { code: 'NOT_FOUND' } });
    socket.disconnect();
  });

  test('calls without or with a wrong acknowledgement harms nobody', async () => {
    const socket = await hostile();
    socket.emit('session.say');
    socket.emit('session.say', undefined);
    socket.emit('session.say', {}, 'no function');
    socket.emit('session.say', {}, {}, 7);
    await ask(socket, 'session.open', { sessionId: m.sessionId });
    socket.disconnect();
    await speaks();
  });

  test('keys of prototypes changes nothing about any object', async () => {
    const socket = await hostile();
    const words = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    ) as object;
    expect(await ask(socket, 'session.say', words)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    socket.disconnect();
  });

  test('unknown events in a row is answered some times, then cut', async () => {
    const socket = await hostile();
    let answered = 0;
    for (let n = 0; n < 60; n++) socket.emit('session.shout', {}, () => answered++);
    await until('it is cut', () => socket.disconnected);
    expect(answered).toBeLessThanOrEqual(LIMITS.nonsense);
    expect(answered).toBeGreaterThan(0);
    await speaks();
  });

  test('a nest of 100,000 lists or a list of a million is refused, and others go on', async () => {
    const socket = await hostile();
    const before = await length();
    let nest: unknown = 0;
    for (let deep = 0; deep < 1500; deep++) nest = [nest];
    expect(await ask(socket, 'session.say', { body: nest })).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    });
    const many = Array.from({ length: 1_000_000 }, () => 1);
    expect(await ask(socket, 'session.orderQueue', { ...m.act(), order: many })).toMatchObject({ ok: false });
    const raw = new WebSocket(`${m.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    raw.on('error', () => undefined);
    await new Promise((resolve) => raw.once('open', resolve));
    raw.send('40');
    raw.send(`42["session.say",${'['.repeat(100_000)}${']'.repeat(100_000)}]`);
    raw.send(`42["session.say"${',{"a":'.repeat(100_000)}`);
    raw.send('451-["session.say",{"_placeholder":true,"num":99}]');
    raw.send('nonsense');
    await speaks();
    expect(await length()).toBe(before + 1);
    raw.close();
    socket.disconnect();
  });

  test('a text of 2 MB keeps its line and hears that it is too long', async () => {
    const socket = await hostile();
    let cut = false;
    socket.on('disconnect', () => (cut = true));
    const before = await length();
    for (const body of ['x'.repeat(2_000_000), '字'.repeat(2_000_000)]) {
      const answer = await ask(socket, 'session.say', { ...m.act(), kind: 'speech', body });
      expect(answer).toMatchObject({
        error: { code: 'INVALID_INPUT', reason: 'text.long', facts: { max: 5000 } },
      });
    }
    expect([cut, await length()]).toEqual([false, before]);
    socket.disconnect();
  });

  test('questions and reads no answers is answered no more, and served again when it has read', async () => {
    const socket = await hostile();
    await ask(socket, 'session.open', { sessionId: m.sessionId });
    const { engine } = socket.io;
    const tcp = (engine.transport as unknown as { ws: { _socket: NetSocket } }).ws._socket;
    for (let n = 0; n < 40; n++)
      await honest.emit('session.say', { ...m.act(), kind: 'speech', body: '长'.repeat(5000) });
    tcp.pause();
    const answers: Promise<unknown>[] = [];
    for (let n = 0; n < 60; n++) {
      answers.push(ask(socket, 'session.open', { sessionId: m.sessionId }));
      await honest.emit('session.away', { sessionId: m.sessionId, away: false });
    }
    tcp.resume();
    const outcomes = (await Promise.all(answers)).map((answer) => (answer as { ok: boolean }).ok);
    // Each answer is 600 KB: 4 MiB of them wait here, some more stand in the buffers of the two systems.
    expect(outcomes.filter(Boolean).length).toBeLessThan(30);
    expect(outcomes[0]).toBe(true);
    expect(await ask(socket, 'session.open', { sessionId: m.sessionId })).toMatchObject({ ok: true });
    socket.disconnect();
    await speaks();
  });

  test('10,000 emits of anything is cut again and again, brings nothing down and leaves nothing behind', async () => {
    const random = seeded(42);
    const socket = await hostile();
    let cuts = 0;
    socket.on('disconnect', () => {
      cuts++;
      socket.connect();
    });
    const before = await length();
    const names = [...procedures.keys(), 'x', '__proto__', 'disconnecting2'];
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
    const thing = (): unknown =>
      pick<() => unknown>([
        () => undefined,
        () => null,
        () => random(),
        () => 'x'.repeat(Math.floor(random() * 200)),
        () => ({ sessionId: newId(), id: newId() }),
        () => ({ sessionId: m.sessionId, after: -1, limit: 1e9 }),
        () => [[], {}],
        () => Buffer.alloc(3),
        () => ({ sessionId: { $gt: '' }, id: { $ne: null } }),
      ])();
    for (let n = 0; n < 10_000; n++) {
      socket.emit(pick(names), ...Array.from({ length: Math.floor(random() * 3) }, thing));
      if (n % 2500 === 0) await speaks();
    }
    await until('it is cut', () => cuts > 0);
    socket.off('disconnect').disconnect();
    await ask(await hostile(), 'session.open', { sessionId: m.sessionId });
    await speaks();
    expect(await length()).toBe(before + 5);
  });
});
