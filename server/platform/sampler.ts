/** Of lines alike that many are written in a minute, then each hundredth. */
const FIRST = 10;
const EACH = 100;
const MINUTE = 60_000;

/**
 * Thins out the lines of failures, so that a flood of them fills no disk: for a line of this kind (a closed set of words) says how
 * many alike were left out before it, or undefined when it is to be left out itself.
 */
export function createSampler(now: () => number = Date.now): (kind: string) => number | undefined {
  const counts = new Map<string, number>();
  let minute = 0;
  return (kind) => {
    const current = Math.floor(now() / MINUTE);
    if (current !== minute) counts.clear();
    minute = current;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count <= FIRST) return 0;
    return count % EACH === 0 ? Math.min(EACH, count - FIRST) - 1 : undefined;
  };
}
