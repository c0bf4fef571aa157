import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { hasProgram } from '../support/documents.ts';
import { openHall } from '../support/hall.ts';
import { whyNoMongo } from '../support/mongo-server.ts';
import { startProgram } from '../support/program.ts';
import { withDoom } from './kill-points.ts';
import { writeConcerns } from './r2-concern.ts';
import { SyncOrder } from './sync-order.ts';
import { type Outcome, type Task, type Torture, wordsOf } from './torture.ts';

const CALLS = 'pwrite64,fsync,fdatasync,write,writev,sendmsg,sendto';
const MEGABYTES = 400;

/** The load under strace; returns what each connection's frames carried once everybody has left. */
async function load(task: Task, folder: string, trace: string): Promise<Map<number, string[][]>> {
  const doom = withDoom(task.plant ? { PLANT: task.plant } : {});
  const options = ['-D', '-f', '-qqq', '-yy', '-xx', '-s', '1000000', '-e', `trace=${CALLS}`, '-o', trace];
  const env = { DATA_DIR: folder, MONGODB_URL: '' };
  const program = await startProgram(env, { ...(task.plant ? doom : {}), under: ['strace', ...options] });
  try {
    const hall = await openHall(program, task.random, 25);
    hall.connect();
    const end = performance.now() + Math.max(4, task.seconds - 6) * 1_000;
    while (performance.now() < end && statSync(trace).size < MEGABYTES * 1e6)
      await new Promise((resolve) => setTimeout(resolve, 100));
    await hall.finish();
    const told = new Map<number, string[][]>();
    for (const { writer } of hall.writers)
      for (const [port, frames] of writer.told)
        told.set(
          port,
          // A deletion has no word of its own to be found on the disk.
          frames.map((deeds) => deeds.flatMap(({ kind, word }) => (kind === 'put' ? [word] : []))),
        );
    return told;
  } finally {
    await program.kill();
  }
}

async function traced(task: Task): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'poli-sync-'));
  const trace = join(folder, 'trace.txt');
  try {
    const told = await load(task, join(folder, 'data'), trace);
    const order = new SyncOrder((port) => told.get(port));
    for await (const line of createInterface({ input: createReadStream(trace) })) order.line(line);
    const { notices, words, syncs, early } = order;
    // A checker that has seen next to nothing has shown nothing.
    if (notices < 50 || words < 200) early.push(`only ${notices} notices and ${words} words were seen`);
    return {
      counts: { 'notices of words checked': notices, 'words sent checked': words, syncs },
      anomalies: early,
    };
  } catch (error) {
    return { counts: {}, anomalies: [wordsOf(error)] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const syncOrder: Torture = {
  id: 'R2',
  claim: 'whoever is told that something is stored, or hears of it, is told after it was brought to the disk',
  workload:
    'the built program under strace, 6 people talk and 4 write; on MongoDB every write command is looked at',
  faults:
    'none: the order of system calls is what a power cut would find (a commit in the log, its fsync, then the telling)',
  weight: 2,
  variants: async () => ['sqlite', ...((await whyNoMongo()) === undefined ? ['mongo'] : [])],
  cannot: () => (hasProgram('strace') ? undefined : 'strace is not installed'),
  plants: [
    { plant: 'no fsync', variant: 'sqlite' },
    ...[{ plant: 'writes that are not journalled', variant: 'mongo' }],
  ],
  round: (task) => (task.variant === 'mongo' ? writeConcerns(task) : traced(task)),
};
