import type { Outcome, RisingJob, Target } from './job.ts';
import { Meter } from './room.ts';
import { fillRooms, measure, missingIn, pause, settle, typeAway, until } from './steady.ts';

const MOST = 60_000;
const LEAST = 20;
/** Halvings of the gap between the last good and the first bad pace: 3 leave 9 %. */
const HALVINGS = 3;
const DRAIN_MS = 10_000;
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

/** One pace, in a document of its own. Bad: late, incomplete, or something was lost. */
async function tryPace(target: Target, job: RisingJob, doc: string, perSecond: number): Promise<Step> {
  const meter = new Meter();
  const hall = await fillRooms({ ...target, docs: [doc] }, meter, { rooms: 1, ...job });
  const each = perSecond / job.writers;
  for (const { writer } of hall.writers)
    writer!.prepare(Math.ceil(((job.warmMs + job.windowMs) / 1000 + 0.5) * each));
  const stop = typeAway(hall, each, false);
  await pause(job.warmMs);
  const seen = await measure(hall, target.pid, job.windowMs);
  stop();
  const { wall, server, load, others } = seen.usage;
  const expected = perSecond * (job.clients - 1) * wall * ENOUGH;
  const inTime = seen.p99 < job.limitMs && seen.delivered >= expected;
  if (inTime) await settle(hall, DRAIN_MS);
  else await until(() => missingIn(hall) === 0, DRAIN_MS);
  hall.leave();
  const good = inTime && meter.faults.length === 0;
  return { good, p99: seen.p99, cores: server / wall, loadCores: load / wall, others };
}

/** F4: doubles the pace until it is too much (or halves it until it is not), then halves the gap. */
export async function rising(target: Target, job: RisingJob): Promise<Outcome> {
  const docs = [...target.docs];
  let best: (Step & { pace: number }) | undefined;
  let bad = 0;
  let loadBound = 0;
  let others = 0;
  const attempt = async (pace: number): Promise<void> => {
    const step = await tryPace(target, job, docs.shift()!, pace);
    others = Math.max(others, step.others);
    if (step.good) best = { ...step, pace };
    else {
      bad = pace;
      if (step.loadCores > LOAD_LIMIT) loadBound = 1;
    }
  };
  await attempt(job.from);
  for (let pace = job.from / 2; !best && pace >= LEAST; pace /= 2) await attempt(pace);
  for (let pace = job.from * 2; bad === 0 && pace <= MOST; pace *= 2) await attempt(pace);
  if (!best || bad === 0)
    return { figures: {}, faults: [`no pace between ${LEAST} and ${MOST} is the limit`] };
  for (let n = 0; n < HALVINGS; n++) await attempt(Math.round(Math.sqrt(best.pace * bad)));
  return {
    figures: {
      highest: best.pace,
      p99: best.p99,
      serverCpu: best.cores,
      loadCpu: best.loadCores,
      loadBound,
      others,
    },
    faults: [],
  };
}
