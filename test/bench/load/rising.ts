import type { Outcome, RisingJob, Target } from './job.ts';
import { cpuOf } from './proc.ts';
import { Meter } from './room.ts';
import { fillRooms, measure, missingIn, pause, settle, typeAway } from './steady.ts';

const MOST = 20_480;
const LEAST = 20;
const TRIES = 2;
/** Halvings of the gap between the last good and the first bad pace: 3 leave 9 %. */
const HALVINGS = 3;
const DRAIN_MS = 5_000;
/** Share of what was sent while warming up that has not arrived at its end: more than a slow start. */
const HOPELESS = 0.6;
/** Of what should have arrived in the window. */
const ENOUGH = 0.97;
/** Cores of the load above which it and not the server may be what is slow. */
const LOAD_LIMIT = 0.93;

interface Step {
  good: boolean;
  p99: number;
  cores: number;
  loadCores: number;
  others: number;
}

const BAD: Step = { good: false, p99: Number.NaN, cores: Number.NaN, loadCores: 0, others: 0 };

/** What was too much for a server keeps it busy for a while: the next pace begins when it rests. */
async function calm(pid: number): Promise<void> {
  for (let n = 0; n < 60; n++) {
    const before = cpuOf(pid);
    await pause(500);
    if (cpuOf(pid) - before < 0.1) return;
  }
}

/** One pace, in a document of its own. Bad: late, incomplete, or something was lost. */
async function tryPace(target: Target, job: RisingJob, doc: string, perSecond: number): Promise<Step> {
  const meter = new Meter();
  const hall = await fillRooms({ ...target, docs: [doc] }, meter, { rooms: 1, ...job });
  const each = perSecond / job.writers;
  for (const { writer } of hall.writers)
    writer!.prepare(Math.ceil(((job.warmMs + job.windowMs) / 1000 + 0.5) * each));
  const perMs = (perSecond * (job.clients - 1)) / 1000;
  const stop = typeAway(hall, each, false);
  await pause(job.warmMs);
  const hopeless = missingIn(hall) > perMs * job.warmMs * HOPELESS;
  const seen = hopeless ? undefined : await measure(hall, target.pid, job.windowMs);
  stop();
  if (!seen || !(seen.p99 < job.limitMs) || seen.delivered < perMs * seen.usage.wall * 1000 * ENOUGH) {
    hall.leave();
    await calm(target.pid);
    return { ...BAD, loadCores: seen ? seen.usage.load / seen.usage.wall : 0 };
  }
  await settle(hall, DRAIN_MS);
  hall.leave();
  const { wall, server, load, others } = seen.usage;
  const good = meter.faults.length === 0;
  return { good, p99: seen.p99, cores: server / wall, loadCores: load / wall, others };
}

/** The paces tried so far. */
interface Search {
  best: (Step & { pace: number }) | undefined;
  bad: number[];
  loadBound: boolean;
  others: number;
}

/**
 * F4: doubles the pace until two in a row are too much (a server that gathers more under more load may fail at one and hold
 * the next), or halves it until it is not, then halves the gap above the highest good one.
 */
export async function rising(target: Target, job: RisingJob): Promise<Outcome> {
  const docs = [...target.docs];
  const search: Search = { best: undefined, bad: [], loadBound: false, others: 0 };
  /** Twice before it counts as bad: a stutter of the machine is not the server's. */
  const isGood = async (pace: number): Promise<boolean> => {
    let step: Step | undefined;
    for (let n = 0; n < TRIES && !step?.good; n++) {
      // a server that does not even let the next ones in has too much to do
      step = await tryPace(target, job, docs.shift()!, pace).catch(() => BAD);
      search.others = Math.max(search.others, step.others);
    }
    if (step!.good) search.best = { ...step!, pace };
    else {
      search.bad.push(pace);
      search.loadBound = step!.loadCores > LOAD_LIMIT;
    }
    return step!.good;
  };
  let failed = (await isGood(job.from)) ? 0 : 1;
  for (let pace = job.from * 2; failed < 2 && pace <= MOST; pace *= 2)
    failed = (await isGood(pace)) ? 0 : failed + 1;
  for (let pace = job.from / 2; !search.best && pace >= LEAST; pace /= 2) await isGood(pace);
  if (!search.best || search.bad.length === 0)
    return { figures: {}, faults: [`no pace between ${LEAST} and ${MOST} is the limit`] };
  for (let n = 0; n < HALVINGS; n++) await isGood(betweenOf(search));
  const { best, loadBound, others } = search;
  return {
    figures: {
      highest: best.pace,
      p99: best.p99,
      serverCpu: best.cores,
      loadCpu: best.loadCores,
      loadBound: loadBound ? 1 : 0,
      others,
    },
    faults: [],
  };
}

/** Half way, in ratio, from the best pace to the next that failed. */
function betweenOf({ best, bad }: Search): number {
  const above = Math.min(...bad.filter((pace) => pace > best!.pace));
  return Math.round(Math.sqrt(best!.pace * above));
}
