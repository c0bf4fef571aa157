import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { newId } from '../../shared/ids.ts';
import { type Fixture, makeFixture, TestClient } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { Editor, RawClient } from '../support/raw-client.ts';
import { randomEdit } from '../support/random-edit.ts';
import { type AppProcess, startApp } from './app-process.ts';
import { type Canary, openCanary } from './canary.ts';
import { FrameFuzz } from './fuzz-frames.ts';
import { TalkFuzz } from './fuzz-talk.ts';
import { type Outcome, type Task, wordsOf } from './torture.ts';
import { step1Frame } from '../support/frames.ts';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** Frames of WebSocket itself that are none. */
const BROKEN = [
  [0xf2, 0x80, 0, 0, 0, 0],
  [0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  [0x88, 0x82, 0, 0, 0, 0, 0x00, 0x05],
  [0x82, 0x02, 0, 0],
  [0x82, 0xfe, 0x10],
  [0x00, 0x80, 0, 0, 0, 0],
  [0x8b, 0xff],
];
export const STALL = 'a server that stands still for a moment';

/** One attack; each runs beside the others until the time is over. */
class Attack {
  readonly counts = { 'frames over WebSocket': 0, 'calls of a session': 0, packets: 0, 'broken lines': 0 };
  readonly #task: Task;
  readonly #f: Fixture;
  readonly #url: string;
  readonly #cookie: string;
  readonly #end: number;

  constructor(task: Task, f: Fixture, url: string, cookie: string, seconds: number) {
    this.#task = task;
    this.#f = f;
    this.#url = url;
    this.#cookie = cookie;
    this.#end = performance.now() + seconds * 1_000;
  }

  async run(updates: Uint8Array[], ids: number[]): Promise<void> {
    await Promise.all([this.#frames(updates, ids), this.#calls(), this.#packets(), this.#bytes()]);
  }

  get #on(): boolean {
    return performance.now() < this.#end;
  }

  #document(): Promise<WebSocket | undefined> {
    const address = `${this.#url.replace('http', 'ws')}/collab/list.${this.#f.boardId}`;
    return opened(new WebSocket(address, { headers: { cookie: this.#cookie } }));
  }

  async #frames(updates: Uint8Array[], clientIds: number[]): Promise<void> {
    const clock = () => Math.floor(this.#task.random() * 12);
    const fuzz = new FrameFuzz(this.#task.random, { clientIds, clock, updates });
    let ws: WebSocket | undefined;
    while (this.#on) {
      if (ws?.readyState !== WebSocket.OPEN) {
        ws = await this.#document();
        ws?.send(step1Frame(new Uint8Array([0])));
      }
      for (let n = 0; n < 20; n++) ws?.send(fuzz.next());
      this.counts['frames over WebSocket'] += 20;
      await pause(ws && ws.bufferedAmount > 200_000 ? 50 : 8);
    }
    ws?.terminate();
  }

  async #calls(): Promise<void> {
    const fuzz = new TalkFuzz(this.#task.random, this.#f.sessionId);
    const socket = io(this.#url, {
      ...{ extraHeaders: { cookie: this.#cookie }, transports: ['websocket'], forceNew: true },
      ...{ reconnectionDelay: 20, reconnectionDelayMax: 60 },
    });
    while (this.#on) {
      socket.emit(...fuzz.call(), ...(this.#task.random() < 0.5 ? [() => undefined] : []));
      this.counts['calls of a session']++;
      // No faster than a device may: what is refused for its number is not read.
      await pause(36);
    }
    socket.disconnect();
  }

  async #packets(): Promise<void> {
    const fuzz = new TalkFuzz(this.#task.random, this.#f.sessionId);
    const address = `${this.#url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    while (this.#on) {
      const ws = await opened(new WebSocket(address, { headers: { cookie: this.#cookie } }));
      if (this.#task.random() < 0.8) ws?.send('40');
      for (let n = 0; n < 30 && this.#on && ws?.readyState === WebSocket.OPEN; n++) {
        ws.send(fuzz.packet());
        this.counts.packets++;
        await pause(3);
      }
      ws?.terminate();
    }
  }

  async #bytes(): Promise<void> {
    const { hostname, port } = new URL(this.#url);
    for (let n = 0; this.#on; n++) {
      const socket = connectTcp(Number(port), hostname).on('error', () => undefined);
      socket.write(
        `GET /collab/list.${this.#f.boardId} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${this.#cookie}\r\n` +
          'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
          'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
      );
      await Promise.race([once(socket, 'data'), pause(1_000)]);
      if (!socket.destroyed) socket.end(Buffer.from(BROKEN[n % BROKEN.length]!));
      this.counts['broken lines']++;
      await pause(25);
      socket.destroy();
    }
  }
}

function opened(ws: WebSocket): Promise<WebSocket | undefined> {
  return new Promise((resolve) => {
    ws.on('error', () => resolve(undefined));
    ws.once('close', () => resolve(undefined));
    ws.once('open', () => resolve(ws));
  });
}

async function editor(url: string, doc: string, cookie: string): Promise<Editor> {
  const client = await new RawClient(`${url.replace('http', 'ws')}/collab`, doc, undefined, {
    cookie,
  }).opened();
  const edits = new Editor(client, new Y.Doc());
  client.send(step1Frame(new Uint8Array([0])));
  await until('an honest one is in', () => edits.told > 0 && client.durable === edits.told);
  return edits;
}

/** Honest people can still open the attacked document, write in it and see each other's words. */
async function stillGood(url: string, doc: string, cookies: [string, string]): Promise<void> {
  const [a, b] = [await editor(url, doc, cookies[0]), await editor(url, doc, cookies[1])];
  for (const [n, from] of [a, b].entries()) from.doc.getText('t').insert(0, `${n}好`);
  const clocks = (each: Editor) =>
    JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(each.doc))].sort());
  await until('the attacked document brings the honest together', () => clocks(a) === clocks(b));
  await until('all of theirs is durable', () => [a, b].every(({ client, told }) => client.durable === told));
  for (const { client } of [a, b]) client.ws.terminate();
}

async function siege(task: Task, app: AppProcess, outcome: Outcome): Promise<void> {
  const { random, plant } = task;
  const f = await makeFixture(app.url, async () => ({ url: await app.adminLink() }));
  await f.admin.call('session.start', { sessionId: f.sessionId, id: newId() });
  const canary: Canary = await openCanary(f, app.url, app.pid, () => new TestClient(app.url));
  const people = await Promise.all(['何清', '陆远航', '周敏'].map((name) => f.enter(name)));
  const [one, other, attacker] = people as [TestClient, TestClient, TestClient];
  const doc = `list.${f.boardId}`;
  const honest = await editor(app.url, doc, one.cookie);
  const updates: Uint8Array[] = [];
  honest.doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let n = 0; n < 60; n++) randomEdit(honest.doc, random);
  await until('what is honest is there', () => honest.client.durable === honest.told);
  await app.figures();
  const attack = new Attack(task, f, app.url, attacker.cookie, Math.max(5, Math.min(task.seconds - 8, 60)));
  const besieged = attack.run(updates, [honest.doc.clientID, 5, 6, 7]);
  if (plant === STALL) for (let n = 0; n < 8; n++) await pause(500).then(() => app.stall(900));
  await besieged;
  const figures = await app.figures();
  const faults = await canary.rest();
  outcome.anomalies.push(...faults);
  Object.assign(outcome.counts, attack.counts, { 'trips of the canary': canary.trips });
  outcome.worst = {
    'ms round trip of the canary (p99)': canary.p99(),
    'ms a trip waited for a processor': canary.starved,
    'ms the loop stood still (p99)': figures.loopP99,
    'ms at most': figures.loopMax,
  };
  if (honest.client.closed !== undefined)
    outcome.anomalies.push(`an honest one was closed with ${honest.client.closed}`);
  honest.client.ws.terminate();
  await stillGood(app.url, doc, [one.cookie, other.cookie]);
}

/** Hostile frames from outside, at every door, while honest people work beside. */
export async function fuzzWire(task: Task): Promise<Outcome> {
  const outcome: Outcome = { counts: {}, worst: {}, anomalies: [] };
  const app = await startApp();
  try {
    await siege(task, app, outcome);
  } catch (error) {
    outcome.anomalies.push(wordsOf(error));
  } finally {
    if (!app.alive) outcome.anomalies.push('the server has ended');
    await app.stop();
  }
  return outcome;
}
