import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { CARRIER } from '../../shared/live-document.ts';
import { newId } from '../../shared/ids.ts';
import { openLine } from '../support/carriers.ts';
import { type Fixture, makeFixture } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { type AppProcess, startApp } from './app-process.ts';
import { type Outcome, type Task, type Torture, wordsOf } from './torture.ts';
import { step1Frame } from '../support/frames.ts';

const AT_ONCE = 40;
const BOARDS = 8;
const MAX_GROWTH = 20 * 2 ** 20;
const UNLOADED_MS = 60_000;
const WARM = 500;

const ODD = [
  '',
  'list',
  'list.',
  '../list',
  'ledger.list.x',
  '__proto__',
  '%00',
  'list.%F0%9F',
  'x'.repeat(2_000),
];
const unknown = (n: number) =>
  n % 10 === 9 ? ODD[((n / 10) % ODD.length) | 0]! : `${n % 2 ? 'list' : 'draft'}.${randomUUID()}`;

/** Knocks with a name that is no document's; the code with which the door is shut. */
function knock(url: string, cookie: string, name: string): Promise<number> {
  return new Promise((resolve) => {
    const ws = new WebSocket(`${url}/collab/${name}`, { headers: { cookie } });
    ws.on('open', () => ws.send(step1Frame(new Uint8Array([0]))));
    ws.on('error', () => undefined);
    ws.on('close', (code) => resolve(code));
  });
}

async function knockAll(
  url: string,
  cookie: string,
  first: number,
  count: number,
): Promise<Map<number, number>> {
  const codes = new Map<number, number>();
  let next = first;
  const one = async () => {
    while (next < first + count) {
      const code = await knock(url, cookie, unknown(next++));
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return codes;
}

/** The same over long-polling: sixteen channels a line, then a new line. */
async function knockByPolling(url: string, cookie: string, lines: number): Promise<number> {
  let shut = 0;
  for (let line = 0; line < lines; line++) {
    const socket = openLine(`${url}${CARRIER.namespace}`, {}, { cookie });
    let here = 0;
    socket.on(CARRIER.close, () => here++);
    await until('the line stands', () => socket.connected);
    for (let channel = 1; channel <= 16; channel++) socket.emit(CARRIER.open, channel, unknown(channel));
    await until('all channels are shut', () => here === 16);
    shut += here;
    socket.disconnect();
  }
  return shut;
}

/** Documents that somebody has opened and left. */
async function openAndLeave(f: Fixture, url: string): Promise<void> {
  const sockets: WebSocket[] = [];
  let heard = 0;
  for (let n = 0; n < BOARDS; n++) {
    const [unitId, { campaignId }] = [newId(), f];
    await f.admin.call('campaigns.addUnit', { campaignId, unitId, name: `第${n}科` });
    const board = await f.admin.call('board.open', { campaignId, unitId });
    for (const name of [board.list, board.draft]) {
      const ws = new WebSocket(`${url}/collab/${name}`, { headers: { cookie: f.admin.cookie } });
      ws.on('open', () => ws.send(step1Frame(new Uint8Array([0]))));
      ws.once('message', () => heard++);
      sockets.push(ws);
    }
  }
  await until('all documents are open', () => heard === sockets.length);
  for (const ws of sockets) ws.terminate();
}

async function visit(task: Task, app: AppProcess, outcome: Outcome): Promise<void> {
  const { counts, anomalies } = outcome;
  const f = await makeFixture(app.url, async () => ({ url: await app.adminLink() }));
  const client = await f.enter('何清');
  const url = app.url.replace('http', 'ws');
  // What a server needs once, for its first sockets, is no growth.
  await knockAll(url, client.cookie, 0, WARM);
  await openAndLeave(f, url);
  const left = performance.now();
  const before = await app.figures();
  const end = performance.now() + Math.max(3, task.seconds * 0.5) * 1_000;
  let knocks = 0;
  for (; performance.now() < end && knocks < 100_000; knocks += 1_000) {
    const codes = await knockAll(url, client.cookie, WARM + knocks, 1_000);
    for (const [code, times] of codes)
      if (code !== 4404 && code !== 1006) anomalies.push(`${times} unknown names were answered with ${code}`);
    if ((codes.get(4404) ?? 0) < 800)
      anomalies.push(`of 1000 unknown names ${codes.get(4404)} were answered with 4404`);
  }
  const polled = await knockByPolling(app.url, client.cookie, 10);
  const during = await app.figures();
  counts['unknown names'] = knocks + polled;
  if (during.documents > before.documents)
    anomalies.push(`${during.documents - before.documents} documents were made of unknown names`);
  await until('nobody is there', async () => (await app.figures()).sockets === 0, 5_000);
  await until('all is unloaded', async () => (await app.figures()).documents === 0, UNLOADED_MS);
  const unloaded = performance.now() - left;
  const after = await app.figures();
  const growth = after.rss - before.rss;
  counts['documents left'] = 2 * BOARDS;
  outcome.worst = { 'MiB more': growth / 2 ** 20, 's until all was unloaded': unloaded / 1_000 };
  if (growth > MAX_GROWTH) anomalies.push(`memory grew by ${Math.round(growth / 2 ** 20)} MiB`);
}

async function round(task: Task): Promise<Outcome> {
  const outcome: Outcome = { counts: {}, worst: {}, anomalies: [] };
  const app = await startApp(task.plant);
  try {
    await visit(task, app, outcome);
    if (!app.alive) outcome.anomalies.push('the server has ended');
  } catch (error) {
    outcome.anomalies.push(wordsOf(error));
  } finally {
    await app.stop();
  }
  return outcome;
}

export const unknownNames: Torture = {
  id: 'R8',
  claim:
    'unknown names make nothing, and what nobody uses is unloaded within 60 s; at most 20 MiB for all of it',
  workload: `a member knocks with names of no document, ${AT_ONCE} at a time, over WebSocket and long-polling; ${2 * BOARDS} real documents are opened and left`,
  faults: 'names that are made up, odd, long, or those of ledgers',
  weight: 2,
  variants: () => ['app'],
  plants: [{ plant: 'a name that is kept', variant: 'app' }],
  round,
};
