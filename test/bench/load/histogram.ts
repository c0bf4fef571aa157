const STEP_MS = 0.1;
const BUCKETS = 200_000;

/** Counts of durations up to 20 s in steps of 0.1 ms. */
export class Histogram {
  readonly #counts = new Float64Array(BUCKETS);
  total = 0;

  add(ms: number, times = 1): void {
    const at = Math.min(BUCKETS - 1, Math.max(0, Math.floor(ms / STEP_MS)));
    this.#counts[at] = this.#counts[at]! + times;
    this.total += times;
  }

  /** The upper end of the step where this share (0 to 1) is reached; NaN when nothing was counted. */
  quantile(share: number): number {
    if (this.total === 0) return Number.NaN;
    let left = share * this.total;
    for (let at = 0; at < BUCKETS; at++) {
      left -= this.#counts[at]!;
      if (left <= 0) return (at + 1) * STEP_MS;
    }
    return BUCKETS * STEP_MS;
  }
}
