import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { io } from 'socket.io-client';
import { createLive } from '../../client/lib/live.ts';
import { SessionStore } from '../../client/lib/session.ts';
import { newId } from '../../shared/ids.ts';
import type { Entry } from '../../shared/log.ts';
import { type Fixture, makeFixture, TestClient } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { wholeLog } from '../support/hall.ts';
import { startProgram } from '../support/program.ts';
import { roughProxy } from '../support/rough-proxy.ts';
import { Talker } from '../support/talker.ts';
import { withDoom } from './kill-points.ts';
import { type Outcome, type Task, type Torture, wordsOf } from './torture.ts';

const TALKERS = 10;
const PAGES = 3;
const TALK_MS = 9_000;
const HEALED_MS = 20_000;
const DUPLICATE = 'a client that gives each retry an id of its own';

/** A page as a browser holds it: the real store over the real line, over the same rough network. */
interface Page {
  store: SessionStore;
  said: string[];
  close(): void;
}

function openPage(url: string, cookie: string, sessionId: string, personId: string): Page {
  const socket = io(url, {
    ...{ autoConnect: false, transports: ['websocket'], forceNew: true, extraHeaders: { cookie } },
    ...{ reconnectionDelay: 40, reconnectionDelayMax: 150 },
  });
  const http = new TestClient(url);
  for (const part of cookie.split('; ')) http.cookies.set(...(part.split('=') as [string, string]));
  const kept = new Map<string, string>();
  const shelf = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const live = createLive(socket, (name, input) => http.call(name, input));
  const store = new SessionStore({ sessionId, personId, live, shelf });
  return {
    store,
    said: [],
    close: () => {
      store.close();
      socket.disconnect();
    },
  };
}

async function people(f: Fixture, count: number): Promise<TestClient[]> {
  const names = Array.from({ length: count }, (_, n) => `来宾${n}`);
  for (const name of names) {
    const personId = newId();
    f.people[name] = personId;
    const { campaignId, unitId } = f;
    await f.admin.call('campaigns.addPerson', {
      ...{ campaignId, personId, unitId, name },
      ...{ position: '', level: '骨干' },
    });
  }
  return Promise.all(names.map((name) => f.enter(name)));
}

/** Bodies in the order of the log, those of one author in the order in which he said them. */
function judge(log: Entry[], talkers: Talker[], pages: Page[]): string[] {
  const found: string[] = [];
  const said = log.flatMap((entry) => (entry.kind === 'said' ? [entry] : []));
  if (log.some((entry, at) => entry.seq !== at + 1)) found.push('the log has gaps or double places');
  if (new Set(said.map(({ id }) => id)).size < said.length) found.push('an id stands twice');
  const bodies = said.map(({ body }) => body);
  if (new Set(bodies).size < bodies.length)
    found.push(`${bodies.length - new Set(bodies).size} messages are doubled`);
  for (const talker of talkers) {
    found.push(...talker.faults);
    for (const entry of talker.acked.values()) {
      const there = log[entry.seq - 1];
      if (there?.kind !== 'said' || there.id !== entry.id)
        found.push(`${entry.body} is missing at ${entry.seq}`);
    }
    for (const [seq, entry] of talker.heard)
      if (JSON.stringify(log[seq - 1]) !== JSON.stringify(entry))
        found.push(`heard at ${seq}: something else`);
  }
  const last = new Map<string, number>();
  for (const { by, body } of said) {
    const number = Number(/第(\d+)句/.exec(body)?.[1]);
    if (number <= (last.get(by) ?? 0)) found.push(`${body} stands behind a later one`);
    last.set(by, number);
  }
  for (const page of pages) {
    const { state } = page.store.snapshot();
    const shown = state.order.map((id) => state.messages[id]!.body);
    if (shown.join('\n') !== bodies.slice(-shown.length).join('\n') || shown.length === 0)
      found.push('a page shows another order');
    const missing = page.said.filter((body) => !bodies.includes(body));
    if (missing.length > 0) found.push(`${missing.length} messages of a page are missing`);
  }
  return found;
}

async function talk(task: Task, folder: string, counts: Record<string, number>): Promise<string[]> {
  const { random, plant } = task;
  const doom = plant && plant !== DUPLICATE ? withDoom({ PLANT: plant }) : {};
  const program = await startProgram({ DATA_DIR: folder, MONGODB_URL: '', LOG_LEVEL: 'error' }, doom);
  const proxy = await roughProxy(program.port, random, 1_500);
  const pages: Page[] = [];
  try {
    const f = await makeFixture(program.url, async () => ({ url: program.adminLink }));
    const { sessionId } = f;
    const chair = await f.staff('周敏', 'moderator');
    await chair.call('session.start', { sessionId, id: newId() });
    const clients = await people(f, TALKERS + PAGES);
    const manner = { every: 30, insists: () => random() < 0.25, forgetful: plant === DUPLICATE };
    const talkers = clients
      .slice(PAGES)
      .map((client) => new Talker(proxy.url, client.cookie, sessionId, manner));
    talkers.forEach((talker, n) => talker.talk(`来宾${n + PAGES}`));
    for (const [n, client] of clients.slice(0, PAGES).entries())
      pages.push(openPage(proxy.url, client.cookie, sessionId, f.people[`来宾${n}`]!));
    for (const end = Date.now() + TALK_MS; Date.now() < end; ) {
      for (const [n, page] of pages.entries()) {
        const body = `来宾${n}的第${page.said.length + 1}句`;
        page.said.push(body);
        page.store.say('speech', body);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    proxy.calm();
    await Promise.all(talkers.map((talker) => talker.stop()));
    for (const page of pages)
      await until(
        'a page has said all it had to say',
        () => page.store.snapshot().outbox.length === 0,
        HEALED_MS,
      );
    const log = await wholeLog(chair, sessionId);
    for (const page of pages)
      await until(
        'a page has read the whole log',
        () => page.store.snapshot().state.seq >= log.length,
        HEALED_MS,
      );
    counts.sends =
      talkers.reduce((sum, talker) => sum + talker.sends, 0) + pages.length * pages[0]!.said.length;
    counts.messages = log.filter(({ kind }) => kind === 'said').length;
    counts['cut lines'] = proxy.cuts;
    const found = judge(log, talkers, pages);
    // What stands in memory may not stand on the disk.
    await program.kill();
    await program.start();
    if (!isDeepStrictEqual(await wholeLog(chair, sessionId), log))
      found.push('after a restart the log is another');
    return found;
  } finally {
    for (const page of pages) page.close();
    await proxy.close();
    await program.kill();
  }
}

async function round(task: Task): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'poli-messages-'));
  const counts: Record<string, number> = {};
  try {
    const anomalies = await talk(task, folder, counts).catch((error: unknown) => [wordsOf(error)]);
    return { counts, anomalies };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const messages: Torture = {
  id: 'R5',
  claim: 'messages stand exactly once, in one order for everybody',
  workload: `the built program; ${TALKERS} people talk as fast as they may, ${PAGES} pages of the client talk and read along`,
  faults:
    'every line is cut within 1.5 s, answers still on their way are lost; a quarter is sent three times over',
  weight: 2,
  variants: () => ['sqlite'],
  plants: [
    { plant: DUPLICATE, variant: 'sqlite' },
    { plant: 'a message that is not stored', variant: 'sqlite' },
  ],
  round,
};
