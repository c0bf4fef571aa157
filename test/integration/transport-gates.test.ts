import { once } from 'node:events';
import { connect, type Socket as Tcp } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Storage } from '../../server/storage/port.ts';
import { CARRIER } from '../../shared/live-document.ts';
import { DOCUMENT_REPLACED, LINE_REPLACED } from '../../shared/live-line.ts';
import { newId } from '../../shared/ids.ts';
import { openLine } from '../support/carriers.ts';
import type { TestClient } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { beginMeeting, endMeetings, type Meeting } from '../support/meeting.ts';
import { METRICS_HEADERS } from '../support/server.ts';
import { openTestStorage } from '../support/test-storage.ts';

const KIB = 1024;
const COME_IN_MS = 700;

let storage: Storage;
let m: Meeting;
let participant: TestClient;
beforeAll(async () => {
  storage = await openTestStorage();
  m = await beginMeeting(storage, {
    config: { trustProxy: true },
    limits: {
      ...{ headMs: 500, bodyMs: 500, bodyProgress: 2 * KIB, comeInMs: COME_IN_MS },
      ...{ linesOfPerson: 3, documentsOfPerson: 3, enginesOfAddress: 4 },
    },
  });
  participant = await m.enter('何清');
});
afterAll(async () => {
  await endMeetings();
  await storage.close();
});

const host = () => new URL(m.url).host;

/** A connection spoken by hand; what comes back is kept. */
async function dial(): Promise<{ socket: Tcp; heard: () => string }> {
  const { hostname, port } = new URL(m.url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  await once(socket, 'connect');
  return { socket, heard: () => text };
}

const head = (path: string, length: number, more: Record<string, string> = {}) => {
  const lines = { host: host(), 'content-type': 'application/json', 'content-length': `${length}`, ...more };
  const text = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\n${text.join('')}\r\n`;
};
const roster = () => `/api/campaigns/${m.campaignId}/roster?importId=${newId()}&fileName=a.csv&apply=false`;

describe('before a body is read', () => {
  test.each<[string, () => string, RegExp]>([
    [
      'nobody hears that he has to sign in',
      () => head(`/api/sessions/${m.sessionId}/messages`, 3_000_000),
      / 401 .*sign\.in/s,
    ],
    ['a file of nobody is not waited for', () => head(roster(), 9_000_000), / 401 .*sign\.in/s],
    [
      'a file of somebody without the right is not waited for',
      () => head(roster(), 9_000_000, { cookie: participant.cookie }),
      / 403 .*not\.allowed/s,
    ],
    [
      'a sign-in of more than 4 KB is refused by its length',
      () => head('/api/sign-in', 4 * KIB + 1),
      / 413 .*body\.large/s,
    ],
    [
      'another open route takes 64 KB',
      () => head(`/api/links/${'x'.repeat(30)}/use`, 64 * KIB + 1),
      / 413 .*body\.large/s,
    ],
    [
      'a packed body is refused',
      () => head('/api/sign-in', 100, { 'content-encoding': 'gzip' }),
      / 400 .*body\.form/s,
    ],
  ])('%s', async (_what, request, answer) => {
    const { socket, heard } = await dial();
    socket.write(request());
    await until('it is answered', () => answer.test(heard()));
    expect(heard()).toMatch(/^HTTP\/1\.1 \d+ /);
    socket.destroy();
  });

  test('a small request on the same connection is answered after one that was refused', async () => {
    const { socket, heard } = await dial();
    const body = 'x'.repeat(5_000);
    socket.write(head('/api/sign-in', body.length) + body);
    await until('it is refused', () => heard().includes(' 413 '));
    socket.write(`GET /api/me HTTP/1.1\r\nhost: ${host()}\r\n\r\n`);
    await until('the next is answered', () => heard().includes('"serverTime"'));
    socket.destroy();
  });
});

describe('what never ends', () => {
  const ended = async (begin: string) => {
    const { socket } = await dial();
    socket.write(begin);
    await once(socket.resume(), 'close');
  };
  test('half a head is cut', () => ended(`GET / HTTP/1.1\r\nhost: ${host()}\r\nx-`));
  test('no head at all is cut', () => ended(''));
  test('half a body of nobody is cut', () => ended(`${head('/api/sign-in', 100)}{"login":`));
  test('half a body of somebody that does not go on is cut', () =>
    ended(`${head(`/api/sessions/${m.sessionId}/messages`, 3_000, { cookie: participant.cookie })}{"id":`));
  test('half a payload of long-polling is cut', async () => {
    const answer = await fetch(`${m.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { cookie: participant.cookie },
    });
    const { sid } = JSON.parse((await answer.text()).slice(1)) as { sid: string };
    await ended(
      head(`/socket.io/?EIO=4&transport=polling&sid=${sid}`, 1_000, { cookie: participant.cookie }),
    );
  });

  test('a roster over a slow line comes through, however long it takes', async () => {
    const { socket, heard } = await dial();
    const rows = `单位,姓名\n${Array.from({ length: 900 }, (_, n) => `教科研一室,人${n}\n`).join('')}`;
    const bytes = Buffer.from(rows);
    const office = m.admin.cookie;
    socket.write(
      head(roster(), bytes.byteLength, { cookie: office, 'content-type': 'application/octet-stream' }),
    );
    const started = performance.now();
    // 1.2 KB every 100 ms: ten times as long as a body that does not go on may take.
    for (let at = 0; at < bytes.byteLength; at += 1_200) {
      socket.write(bytes.subarray(at, at + 1_200));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await until('it is read', () => heard().includes('"rows"'), 10_000);
    expect(performance.now() - started).toBeGreaterThan(1_500);
    expect(heard()).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });
});

const line = (
  client: TestClient | undefined,
  transports: string[],
  more: Record<string, string> = {},
): Socket =>
  io(m.url, {
    ...{ transports, forceNew: true, reconnection: false },
    extraHeaders: { ...(client ? { cookie: client.cookie } : {}), ...more },
  });

describe.each([['websocket'], ['polling']])('a line over %s', (transport) => {
  test('of nobody ends after some seconds, that of somebody stands', async () => {
    const [nobody, somebody] = [line(undefined, [transport]), line(participant, [transport])];
    await until('both stand', () => nobody.connected && somebody.connected);
    await until('that of nobody is ended', () => nobody.disconnected);
    expect(somebody.connected).toBe(true);
    somebody.disconnect();
  });

  test('that does not say what it is for ends', async () => {
    const cookie = participant.cookie;
    if (transport === 'polling') {
      const answer = await fetch(`${m.url}/socket.io/?EIO=4&transport=polling`, { headers: { cookie } });
      const { sid } = JSON.parse((await answer.text()).slice(1)) as { sid: string };
      const asked = () =>
        fetch(`${m.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, { headers: { cookie } });
      await until('it is not known any more', async () => (await asked()).status === 400);
      return;
    }
    const ws = new WebSocket(`${m.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      headers: { cookie },
    });
    await once(ws, 'close');
  });

  test('of one person too many ends the oldest of the fullest device, which is told', async () => {
    const phone = await m.enter('沈一鸣');
    const own = line(phone, [transport]);
    const other = await m.enter('沈一鸣');
    await until('his own stands', () => own.connected);
    const told: number[] = [];
    const lines: Socket[] = [];
    for (let n = 0; n < 6; n++) {
      const each = line(other, [transport]);
      lines.push(each);
      each.on(LINE_REPLACED, () => told.push(n));
      await until('it stands', () => each.connected);
    }
    await until('the older ones are told', () => told.length === 4);
    expect(told).toEqual([0, 1, 2, 3]);
    await until('and ended', () => lines.slice(0, 4).every(({ disconnected }) => disconnected));
    expect([own.connected, lines[4]!.connected, lines[5]!.connected]).toEqual([true, true, true]);
    for (const each of [own, ...lines]) each.disconnect();
  });
});

describe('documents of one person', () => {
  test('too many of them end the oldest with a code that says so, over WebSocket', async () => {
    const address = `${m.url.replace('http', 'ws')}/collab/list.${m.boardId}`;
    const closed: number[] = [];
    const sockets: WebSocket[] = [];
    for (let n = 0; n < 4; n++) {
      const ws = new WebSocket(address, { headers: { cookie: participant.cookie } });
      ws.on('close', (code) => closed.push(code));
      await once(ws, 'open');
      sockets.push(ws);
    }
    await until('the oldest is closed', () => closed.length > 0);
    expect([closed, sockets[0]!.readyState]).toEqual([[DOCUMENT_REPLACED], WebSocket.CLOSED]);
    for (const ws of sockets) ws.terminate();
  });

  test('and over long-polling', async () => {
    const carrier = openLine(`${m.url}${CARRIER.namespace}`, {}, { cookie: (await m.enter('唐雨')).cookie });
    const closed: [number, number][] = [];
    carrier.on(CARRIER.close, (channel: number, code: number) => closed.push([channel, code]));
    for (let channel = 1; channel <= 4; channel++) carrier.emit(CARRIER.open, channel, `list.${m.boardId}`);
    await until('the oldest is closed', () => closed.length > 0);
    expect(closed).toEqual([[1, DOCUMENT_REPLACED]]);
    carrier.disconnect();
  });
});

describe('behind a proxy', () => {
  test('lines of nobody are counted by the address that the proxy has seen', async () => {
    const from = (address: string) =>
      fetch(`${m.url}/socket.io/?EIO=4&transport=polling`, {
        headers: { 'x-forwarded-for': `10.9.9.9, ${address}` },
      });
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) statuses.push((await from('192.0.2.1')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 403, 403]);
    expect((await from('192.0.2.2')).status).toBe(200);
  });
});

describe('figures', () => {
  test('are no page for whom has no token', async () => {
    const get = async (authorization?: string) =>
      (await fetch(`${m.url}/metrics`, authorization ? { headers: { authorization } } : {})).text();
    for (const header of [undefined, 'Bearer', 'Bearer another token of them', 'Basic a token of the tests'])
      expect(await get(header)).not.toContain('poli_');
    expect(await get(METRICS_HEADERS.authorization)).toContain('poli_sockets');
  });
});
