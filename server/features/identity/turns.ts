import { AppError } from '../../../shared/errors.ts';

/** Work in turn: one after the other in each queue, and in a queue one of each lane after the other. */
export interface Turns {
  /**
   * Runs `work` when its turn has come; `pause` says how many ms the queue rests after it. RATE_LIMITED `tries.many` {seconds} at once
   * when too many wait.
   */
  run<T>(queue: string, lane: string, work: () => Promise<T>, pause?: () => number): Promise<T>;
}

export interface TurnLimits {
  /** How many may wait in one queue, and in one lane of it. */
  most: number;
  mostOfOne: number;
}

type Job = () => Promise<number>;
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

/** Lanes take turns, so that whoever sends a hundred at once keeps others waiting for one of them, not for a hundred. */
export function createTurns({ most, mostOfOne }: TurnLimits): Turns {
  const queues = new Map<string, Map<string, Job[]>>();

  function next(lanes: Map<string, Job[]>): Job | undefined {
    const first = lanes.entries().next().value;
    if (!first) return undefined;
    const [lane, jobs] = first;
    const job = jobs.shift();
    lanes.delete(lane);
    if (jobs.length > 0) lanes.set(lane, jobs);
    return job;
  }

  async function serve(queue: string, lanes: Map<string, Job[]>): Promise<void> {
    for (let job = next(lanes); job; job = next(lanes)) {
      const rest = await job();
      if (rest > 0) await sleep(rest);
    }
    queues.delete(queue);
  }

  const waiting = (lanes: Map<string, Job[]>) => {
    let count = 0;
    for (const jobs of lanes.values()) count += jobs.length;
    return count;
  };

  return {
    run(queue, lane, work, pause = () => 0) {
      return new Promise((resolve, reject) => {
        const job: Job = () =>
          work()
            .then(resolve, reject)
            .then(() => pause());
        const lanes = queues.get(queue);
        if (!lanes) {
          const fresh = new Map([[lane, [job]]]);
          queues.set(queue, fresh);
          void serve(queue, fresh);
          return;
        }
        const own = lanes.get(lane) ?? [];
        if (own.length >= mostOfOne || waiting(lanes) >= most) {
          reject(new AppError('RATE_LIMITED', 'tries.many', { facts: { seconds: 5 } }));
          return;
        }
        lanes.set(lane, [...own, job]);
      });
    },
  };
}
