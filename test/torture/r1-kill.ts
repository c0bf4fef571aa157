import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { openMongo } from '../../server/storage/mongo/mongo.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { type Hall, openHall } from '../support/hall.ts';
import { hasProgram } from '../support/documents.ts';
import { integrityOf } from '../support/integrity.ts';
import { startMongo, type TestMongo, whyNoMongo } from '../support/mongo-server.ts';
import { type Program, startProgram } from '../support/program.ts';
import { type KillPoint, killPointsOf, withDoom } from './kill-points.ts';
import { type Outcome, type Task, type Torture, wordsOf } from './torture.ts';

const ROWS = 600;
const FORCED_MS = 15_000;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One installation with its load, killed again and again. */
class Cycles {
  readonly counts: Record<string, number> = { 'kill cycles': 0 };
  back = 0;
  readonly #task: Task;
  readonly #folder: string;
  readonly #mongo: TestMongo | undefined;
  #seeded = 0;

  constructor(task: Task, folder: string, mongo: TestMongo | undefined) {
    this.#task = task;
    this.#folder = folder;
    this.#mongo = mongo;
  }

  async run(): Promise<void> {
    const { random, variant, plant } = this.#task;
    const env = { DATA_DIR: this.#folder, MONGODB_URL: this.#mongo?.url ?? '' };
    const plain = withDoom(plant ? { PLANT: plant } : {});
    const program = await startProgram(env, plain);
    try {
      const hall = await openHall(program, random);
      hall.connect();
      await pause(300);
      await program.kill();
      hall.cut();
      for (const point of shuffled(killPointsOf(variant, hasProgram('strace')), random))
        await this.#cycle(program, hall, point, plain);
      await program.start(plain);
      hall.connect();
      await hall.finish();
      const { messages, retries, edits, deletions } = hall.counts();
      Object.assign(this.counts, {
        messages,
        'messages sent again': retries,
        edits,
        'of them deletions': deletions,
      });
    } finally {
      await program.kill();
    }
  }

  /** The program is dead; it is started, looked at, loaded and killed again. */
  async #cycle(program: Program, hall: Hall, point: KillPoint, plain: object): Promise<void> {
    const { random } = this.#task;
    if (point.compacts) await this.#plantRows(hall);
    const launch = point.launch?.(random) ?? {};
    const started = performance.now();
    const begun = program.start({
      ...plain,
      ...launch,
      env: { ...withDoom().env, ...this.#planted(), ...launch.env },
    });
    // One that is to end early may end before it listens.
    const listens = await begun.then(
      () => true,
      async (error: unknown) => {
        if (!point.early || (await program.ended()).signal !== 'SIGKILL') throw error;
        return false;
      },
    );
    if (listens) this.back = Math.max(this.back, performance.now() - started);
    if (!point.early) await hall.check();
    if (listens) hall.connect();
    const reached = await this.#die(program, point);
    hall.cut();
    this.counts['kill cycles']!++;
    if (!reached) throw new Error(`the program never came to ${point.name}`);
    const name = point.name === 'uniform' ? 'at a moment of no choice' : `in ${point.name}`;
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    if (this.#mongo) return;
    const integrity = integrityOf(this.#folder);
    if (integrity !== 'ok') throw new Error(`integrity_check after ${point.name}: ${integrity}`);
  }

  #planted(): Record<string, string> {
    return this.#task.plant ? { PLANT: this.#task.plant } : {};
  }

  /** True if it ended where it was to end. */
  async #die(program: Program, point: KillPoint): Promise<boolean> {
    const { random } = this.#task;
    if (!point.launch) {
      await pause(60 + random() * 500);
      await program.kill();
      return true;
    }
    if (!point.early) process.kill(program.pid, 'SIGUSR2');
    const end = await Promise.race([program.ended(), pause(FORCED_MS)]);
    await program.kill();
    if (end && end.signal !== 'SIGKILL')
      throw new Error(`at ${point.name} it ended by itself: ${end.code} ${end.signal}`);
    return end !== undefined;
  }

  /** So many small updates that the next load compacts them. */
  async #plantRows(hall: Hall): Promise<void> {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    const list = doc.getArray<string>('words');
    const name = `旧${++this.#seeded}-`;
    for (let n = 0; n < ROWS; n++) list.push([`${name}${n}`]);
    const storage = await (this.#mongo
      ? openMongo(this.#mongo.url)
      : openSqlite(join(this.#folder, 'poli.db')));
    await storage.updates.append(updates.map((update) => ({ doc: `list.${hall.boardId}`, update })));
    await storage.close();
    hall.vouchFor('list', list.toArray());
  }
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((each) => ({ each, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each);
}

async function round(task: Task): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'poli-kill-'));
  const mongo = task.variant === 'mongo' ? await startMongo() : undefined;
  const cycles = new Cycles(task, folder, mongo);
  const anomalies: string[] = [];
  try {
    await cycles.run().catch((error: unknown) => anomalies.push(wordsOf(error)));
  } finally {
    await mongo?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return { counts: cycles.counts, worst: { 'ms until it served again': cycles.back }, anomalies };
}

export const kill: Torture = {
  id: 'R1',
  claim: 'what was acknowledged, and what another client has seen, survives SIGKILL at any moment',
  workload: 'the built program; 6 people talk, 4 put words into two documents and take others out',
  faults:
    'SIGKILL at moments of no choice and inside appends, commits, system calls and compaction; restart on the same data',
  weight: 6,
  variants: async () => ['sqlite', ...((await whyNoMongo()) === undefined ? ['mongo'] : [])],
  plants: [
    { plant: 'an append that stores nothing', variant: 'sqlite' },
    { plant: 'a message that is not stored', variant: 'sqlite' },
    { plant: 'a compaction without its snapshot', variant: 'sqlite' },
  ],
  round,
};
