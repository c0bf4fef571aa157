import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { makeFixture } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { Editor, RawClient } from '../support/raw-client.ts';
import { type AppProcess, type Figures, startApp } from './app-process.ts';
import { type Outcome, type Task, type Torture, wordsOf } from './torture.ts';
import { step1Frame } from '../support/frames.ts';

const MIB = 2 ** 20;
const EVERY_MS = 20;
const MAX_QUEUED = MIB;
const BACK_MS = 60_000;
/** Enough that in a few seconds the system's own buffers are full and the server's queue is what grows. */
const EDIT_CHARS = 40_000;

/** +256 MiB for 1,000 sockets; fewer may cost less. */
const maxGrowth = (sockets: number) => (56 + 0.2 * sockets) * MIB;

/** Somebody who asks for the document and then reads nothing more. */
function deaf(url: string, cookie: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url, { headers: { cookie } });
    ws.on('error', reject);
    ws.on('open', () => ws.send(step1Frame(new Uint8Array([0]))));
    ws.once('message', () => {
      ws.pause();
      resolve(ws);
    });
  });
}

async function editor(url: string, doc: string, cookie: string): Promise<Editor> {
  const client = await new RawClient(url, doc, undefined, { cookie }).opened();
  const edits = new Editor(client, new Y.Doc());
  client.send(step1Frame(new Uint8Array([0])));
  await until('it is in', () => edits.told > 0 && client.durable === edits.told);
  return edits;
}

/** 50 edits a second: each puts a long word in the place of the one before, so that the document stays small. */
async function write(
  author: Editor,
  reader: Editor,
  seconds: number,
  sample: () => Promise<void>,
): Promise<number> {
  const [from, to] = [author.doc.getText('t'), reader.doc.getText('t')];
  let edits = 0;
  let sampled = 0;
  const end = performance.now() + seconds * 1_000;
  for (let next = performance.now(); performance.now() < end; next += EVERY_MS) {
    edits++;
    author.doc.transact(() => {
      from.delete(0, from.length);
      from.insert(0, `${edits}`.padEnd(EDIT_CHARS, 'x'));
    });
    reader.client.frames.length = author.client.frames.length = 0;
    if (edits - sampled >= 50) {
      sampled = edits;
      await sample();
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
  }
  await until('the one who reads has all of it', () => to.toString() === from.toString(), 10_000);
  return edits;
}

async function crowd(task: Task, app: AppProcess, outcome: Outcome): Promise<void> {
  const { counts, anomalies } = outcome;
  const f = await makeFixture(app.url, async () => ({ url: await app.adminLink() }));
  const [one, other] = [await f.enter('何清'), await f.enter('唐雨')];
  const url = `${app.url.replace('http', 'ws')}/collab`;
  const pair = async (doc: string): Promise<[Editor, Editor]> => [
    await editor(url, doc, one.cookie),
    await editor(url, doc, other.cookie),
  ];
  // What a server needs once is no growth; in the other document, so that those who come later have nothing to catch up with.
  await write(...(await pair(`draft.${f.boardId}`)), 2, async () => undefined);
  const doc = `list.${f.boardId}`;
  const [author, reader] = await pair(doc);
  const before = await app.figures();
  const full = task.seconds >= 150;
  const count = full ? 1_000 : 80;
  const sockets = await Promise.all(Array.from({ length: count }, () => deaf(`${url}/${doc}`, other.cookie)));
  const seen: Figures[] = [];
  const sample = async () => void seen.push(await app.figures());
  counts.edits = await write(author, reader, full ? 60 : Math.max(6, task.seconds * 0.4), sample);
  await sample();
  counts['sockets that do not read'] = count;
  const growth = Math.max(...seen.map(({ rss }) => rss)) - before.rss;
  const queued = Math.max(...seen.map((each) => each.queued));
  if (growth > maxGrowth(count)) anomalies.push(`memory grew by ${Math.round(growth / MIB)} MiB`);
  if (queued > MAX_QUEUED) anomalies.push(`${queued} bytes waited for one socket`);
  // Nothing that waits would mean that nobody was slow at all.
  if (queued < 128 * 1024) anomalies.push(`the load was too small: never more than ${queued} bytes waited`);
  if (author.client.closed ?? reader.client.closed) anomalies.push('somebody who reads was sent away');
  for (const ws of sockets) ws.terminate();
  const gone = performance.now();
  let after = await app.figures();
  for (; after.rss > 1.1 * before.rss && performance.now() - gone < BACK_MS; after = await app.figures())
    await new Promise((resolve) => setTimeout(resolve, 250));
  outcome.worst = {
    'MiB more': growth / MIB,
    'KiB waiting for one socket': queued / 1024,
    's until memory was back': (performance.now() - gone) / 1_000,
  };
  if (after.rss > 1.1 * before.rss)
    anomalies.push(
      `a minute later ${Math.round(after.rss / MIB)} MiB are held, before ${Math.round(before.rss / MIB)}`,
    );
  for (const { client } of [author, reader]) client.ws.terminate();
}

async function round(task: Task): Promise<Outcome> {
  const outcome: Outcome = { counts: {}, worst: {}, anomalies: [] };
  const app = await startApp(task.plant);
  try {
    await crowd(task, app, outcome);
    if (!app.alive) outcome.anomalies.push('the server has ended');
  } catch (error) {
    outcome.anomalies.push(wordsOf(error));
  } finally {
    await app.stop();
  }
  return outcome;
}

export const slowReaders: Torture = {
  id: 'R7',
  claim:
    'readers who do not read cost a bounded memory: (56 + 0.2 a socket) MiB, 1 MiB waiting for one; gone with them',
  workload: 'one person writes 50 times a second 40 KB, one reads along',
  faults: '80 sockets (1,000 for 60 s from 150 s on) that ask for the document and then read nothing',
  weight: 2,
  variants: () => ['app'],
  plants: [{ plant: 'a queue without a bound', variant: 'app' }],
  round,
};
