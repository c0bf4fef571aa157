/** What a delete set says of one client id: ranges of clocks. */
export type Ranges = ReadonlyMap<number, readonly { clock: number; len: number }[]>;

/** Everything that is deleted in a document, as sorted ranges that do not touch: [from, end, from, end, …] by client id. */
export class Deletions {
  readonly #byClient = new Map<number, number[]>();

  add(ranges: Ranges): void {
    for (const [client, list] of ranges) {
      let known = this.#byClient.get(client);
      if (!known) this.#byClient.set(client, (known = []));
      for (const { clock, len } of list) insert(known, clock, clock + len);
    }
  }

  /** True if all of it is deleted already. */
  cover(client: number, from: number, end: number): boolean {
    const known = this.#byClient.get(client);
    if (!known) return false;
    const at = firstEndingAfter(known, from);
    return at < known.length && known[at]! <= from && known[at + 1]! >= end;
  }

  /** True if any of it is deleted. */
  touch(client: number, from: number, end: number): boolean {
    const known = this.#byClient.get(client);
    if (!known) return false;
    const at = firstEndingAfter(known, from);
    return at < known.length && known[at]! < end;
  }
}

/** Index of the first range whose end lies after `clock`; the length if there is none. */
function firstEndingAfter(ranges: readonly number[], clock: number): number {
  let [low, high] = [0, ranges.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle * 2 + 1]! > clock) high = middle;
    else low = middle + 1;
  }
  return low * 2;
}

function insert(ranges: number[], from: number, end: number): void {
  // The first range that touches the new one, and the first behind it that does not.
  const at = firstEndingAfter(ranges, from - 1);
  let next = at;
  let [start, stop] = [from, end];
  for (; next < ranges.length && ranges[next]! <= end; next += 2) {
    start = Math.min(start, ranges[next]!);
    stop = Math.max(stop, ranges[next + 1]!);
  }
  ranges.splice(at, next - at, start, stop);
}
