import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../shared/ids.ts';
import { type Fixture, makeFixture, TestClient } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { type Program, residentBytes, startProgram } from '../support/program.ts';
import { type Canary, openCanary } from './canary.ts';
import type { HostileInput, Target } from './hostile/input.ts';
import { inputs } from './hostile/inputs.ts';
import { pause } from './hostile/wire.ts';
import { type Outcome, type Task, wordsOf } from './torture.ts';

const MIB = 2 ** 20;
/** Above this the server is stopped, as the kernel of a small machine would. */
const MAX_RSS = 512 * MIB;
const LOOK_MS = 20;
/** So long at least the canary sings beside each input. */
const LEAST_MS = 1_500;
const MAX_P99_MS = 250;
export const GREEDY = 'a server that may hold 40 MB';

/** The built program with a fixture in it, two honest people, and an eye on its memory. */
interface Watched {
  program: Program;
  f: Fixture;
  canary: Canary;
  /** The most it held since it was asked last, in bytes. */
  most(): number;
  /** What has ended it, or undefined as long as it lives. */
  readonly end: string | undefined;
  stop(): Promise<string[]>;
}

async function watched(maxRss: number): Promise<Watched> {
  const folder = mkdtempSync(join(tmpdir(), 'poli-watched-'));
  const program = await startProgram({ DATA_DIR: folder, LOG_LEVEL: 'fatal' });
  await until('the link of the first start is told', () => program.adminLink !== '', 10_000);
  const f = await makeFixture(program.url, async () => ({ url: program.adminLink }));
  await f.admin.call('session.start', { sessionId: f.sessionId, id: newId() });
  const canary = await openCanary(f, program.url, program.pid, () => new TestClient(program.url));
  let end: string | undefined;
  let most = 0;
  const look = setInterval(() => {
    const rss = residentBytes(program.pid);
    most = Math.max(most, rss || 0);
    if (rss > maxRss && end === undefined) {
      end = `stopped with ${Math.round(rss / MIB)} MiB`;
      void program.kill();
    }
  }, LOOK_MS);
  void program.ended().then(({ code, signal }) => (end ??= `ended with ${code ?? signal}`));
  return {
    program,
    f,
    canary,
    most() {
      const told = most;
      most = 0;
      return told;
    },
    get end() {
      return end;
    },
    async stop() {
      const faults = end === undefined ? await canary.rest() : [];
      clearInterval(look);
      if (end === undefined) await program.kill();
      rmSync(folder, { recursive: true, force: true });
      return faults;
    },
  };
}

async function send(input: HostileInput, at: Watched, random: () => number): Promise<string[]> {
  const attacker = await at.f.enter('何清');
  const target: Target = { url: at.program.url, f: at.f, attacker, random };
  const least = pause(LEAST_MS);
  at.most();
  at.canary.lap();
  const found = await input.run(target).catch((error: unknown) => [wordsOf(error)]);
  await least;
  attacker.close();
  return found;
}

/** One line a hostile input, so that the figures can be compared between versions. */
function tellOf(
  name: string,
  ms: number,
  { p99, trips }: { p99: number; trips: number },
  rss: number,
  found: string[],
): void {
  const verdict = found.length === 0 ? '' : ` – ${found.join('; ')}`;
  console.log(
    `    ${name}: ${(ms / 1_000).toFixed(1)} s, canary p99 ${Math.round(p99)} ms of ${trips}, at most ${Math.round(rss / MIB)} MiB${verdict}`,
  );
}

/** Each hostile input against a server of 512 MB, beside a canary. One that ends the server is an anomaly; the next gets another. */
export async function siegeWatched(task: Task): Promise<Outcome> {
  const outcome: Outcome = { counts: { 'hostile inputs': 0 }, worst: {}, anomalies: [] };
  const maxRss = task.plant === GREEDY ? 40 * MIB : MAX_RSS;
  let at: Watched | undefined;
  const worst = { p99: 0, rss: 0 };
  for (const input of task.plant === GREEDY ? inputs.slice(0, 1) : inputs) {
    at ??= await watched(maxRss);
    const started = performance.now();
    const found = await send(input, at, task.random).catch((error: unknown) => [wordsOf(error)]);
    const lap = at.canary.lap();
    const p99 = lap.trips === 0 ? 0 : lap.p99;
    const rss = at.most();
    if (at.end !== undefined) found.unshift(`the server was ${at.end}`);
    else if (lap.trips === 0) found.unshift('the canary made no trip');
    else if (p99 > MAX_P99_MS) found.unshift(`the canary waits ${Math.round(p99)} ms (p99)`);
    tellOf(input.name, performance.now() - started, lap, rss, found);
    outcome.anomalies.push(...found.map((each) => `${input.name}: ${each}`));
    outcome.counts['hostile inputs']!++;
    worst.p99 = Math.max(worst.p99, p99);
    worst.rss = Math.max(worst.rss, rss);
    if (at.end === undefined) continue;
    await at.stop();
    at = undefined;
  }
  outcome.anomalies.push(...((await at?.stop()) ?? []));
  outcome.worst = {
    'ms round trip of the canary beside the worst input (p99)': worst.p99,
    'MiB resident at most': worst.rss / MIB,
  };
  return outcome;
}
