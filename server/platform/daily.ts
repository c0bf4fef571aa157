import { dayOf } from '../../shared/days.ts';
import type { Tasks } from './tasks.ts';

const HOUR_MS = 3_600_000;
/** Not while everybody comes back after a restart. */
const FIRST_MS = 60_000;

/**
 * Does something once a day of Asia/Shanghai: soon after the start and then in the first hour of each day; a round that failed is tried
 * again after an hour. After a restart it is done once more: `work` knows itself what it has done. Returns how to stop, which
 * also tells a round under way (by its signal) to end where it stands.
 */
export function onceADay(
  parts: { tasks: Tasks; now: () => number },
  name: string,
  work: (signal: AbortSignal) => Promise<unknown>,
): () => void {
  const ending = new AbortController();
  let underWay = false;
  let done = '';
  const round = (): void => {
    const today = dayOf(new Date(parts.now()).toISOString());
    if (underWay || done === today) return;
    underWay = true;
    parts.tasks.run(name, async () => {
      try {
        await work(ending.signal);
        done = today;
      } finally {
        underWay = false;
      }
    });
  };
  const first = setTimeout(round, FIRST_MS).unref();
  const timer = setInterval(round, HOUR_MS).unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
    ending.abort();
  };
}
