import { advance } from './order.ts';
import type { Ranges } from './deletions.ts';
import type { Clocks } from './held.ts';
import { Refused, type Runs } from './runs.ts';

/** What can be taken of an update of which not all can be. */
export interface Part {
  runs: Runs;
  deletions: Map<number, { clock: number; len: number }[]>;
  /** What the rest waits for: the first missing piece of each client id. What is not `mine` is nobody's to wait for. */
  needs: Clocks;
}

/**
 * Of an update with pieces that are not its sender's: those that are `mine`, as far as all they hang on is there or comes with them, and
 * the deletions of what is there then. Nothing of it is left pending in Yjs. Throws Refused.
 */
export function partOf(runs: Runs, ranges: Ranges, known: Clocks, mine: (client: number) => boolean): Part {
  const own: Runs = new Map([...runs].filter(([client]) => mine(client)));
  const { position, lacking } = advance(own, known);
  const needs: Clocks = new Map();
  for (const { client, clock } of lacking.values()) need(needs, client, clock);
  const taken: Runs = new Map();
  for (const [client, run] of own) {
    const part = run.slice(0, position.get(client));
    if (part.length > 0) taken.set(client, part);
  }
  const deletions = cut(ranges, (client) => endOf(taken, client) ?? known.get(client) ?? 0, needs);
  return { runs: taken, deletions, needs };
}

/** Of an update whose insertions are not taken: its deletions of what is known. */
export const deletionsOf = (ranges: Ranges, known: Clocks): Part => ({
  runs: new Map(),
  deletions: cut(ranges, (client) => known.get(client) ?? 0, new Map()),
  needs: new Map(),
});

export function endOf(runs: Runs, client: number): number | undefined {
  const last = runs.get(client)?.at(-1);
  return last && last.id.clock + last.length;
}

/** The ranges below `end`; what lies above is needed. */
function cut(ranges: Ranges, end: (client: number) => number, needs: Clocks): Part['deletions'] {
  const kept: Part['deletions'] = new Map();
  for (const [client, list] of ranges) {
    const limit = end(client);
    const below: { clock: number; len: number }[] = [];
    for (const { clock, len } of list) {
      if (len < 1 || !Number.isSafeInteger(clock + len)) throw new Refused('delete');
      const stop = Math.min(clock + len, limit);
      if (stop > clock) below.push({ clock, len: stop - clock });
      if (clock + len > limit) need(needs, client, Math.max(clock, limit));
    }
    if (below.length > 0) kept.set(client, below);
  }
  return kept;
}

function need(needs: Clocks, client: number, clock: number): void {
  needs.set(client, Math.min(clock, needs.get(client) ?? clock));
}
