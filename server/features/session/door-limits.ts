import { AppError } from '../../../shared/errors.ts';

/** So many of something in so long a time, by key. */
export interface Window {
  most: number;
  ms: number;
}

/** A hall of 500 phones behind one address, none of them on the roster, is in within three minutes. */
const SESSION: Window = { most: 200, ms: 60_000 };
/** One phone that is handed round. */
const DEVICE: Window = { most: 5, ms: 600_000 };
/** Browsers that have not been given an id of their own yet cannot be told apart but by address; our page has one when it asks. */
const UNKNOWN: Window = { most: 20, ms: 60_000 };
const PRUNE_AT = 2000;

interface Count {
  since: number;
  n: number;
}

/**
 * Bounds how many names that nobody knew come in: per session and per device, in fixed windows of the process. An address is no
 * measure: a whole hall has one.
 */
export function createDoorLimits(now: () => number, windows = { session: SESSION, device: DEVICE }) {
  const counts = new Map<string, Count & { until: number }>();

  function countOf(key: string, { ms }: Window): Count {
    const known = counts.get(key);
    const at = now();
    if (known && at >= known.since && at < known.until) return known;
    if (counts.size > PRUNE_AT) for (const [id, { until }] of counts) if (until <= at) counts.delete(id);
    const fresh = { since: at, until: at + ms, n: 0 };
    counts.set(key, fresh);
    return fresh;
  }

  return {
    /**
     * Takes one new name's place for this device; what comes back gives it back. RATE_LIMITED `names.many` {seconds} when the
     * session or the device has had its share.
     */
    take(sessionId: string, { device, ip }: { device: string; ip: string }): () => void {
      const own: [string, Window] =
        device === ''
          ? [`${sessionId} ip ${ip}`, UNKNOWN]
          : [`${sessionId} device ${device}`, windows.device];
      const keys: [string, Window][] = [[sessionId, windows.session], own];
      for (const [key, window] of keys) {
        const { n, since } = countOf(key, window);
        if (n < window.most) continue;
        const seconds = Math.max(1, Math.ceil((since + window.ms - now()) / 1000));
        throw new AppError('RATE_LIMITED', 'names.many', { facts: { seconds } });
      }
      const taken = keys.map(([key, window]) => countOf(key, window));
      for (const count of taken) count.n += 1;
      return () => taken.forEach((count) => (count.n -= 1));
    },
  };
}
export type DoorLimits = ReturnType<typeof createDoorLimits>;
