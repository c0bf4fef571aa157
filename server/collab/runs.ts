import * as Y from 'yjs';
import type { Struct } from '../../shared/encode-update.ts';
import type { Clocks } from './held.ts';

export type { Struct };
/** What is new in an update: pieces without holes by client id, the highest id first. */
export type Runs = Map<number, Struct[]>;

export type Violation =
  | 'undecodable'
  | 'length'
  | 'skip'
  | 'gap'
  | 'subdocument'
  | 'owner'
  | 'dependency'
  | 'tangle'
  | 'nesting'
  | 'delete';

/** Thrown while an update is judged. */
export class Refused extends Error {
  readonly why: Violation;
  constructor(why: Violation) {
    super(why);
    this.why = why;
  }
}

const MAX_CLOCK = 2 ** 31;

/**
 * What is new, by client, and for whom the update repeats what is known (up to which clock); fills `after` with the clocks that
 * result. Throws Refused.
 */
export function collectRuns(
  structs: readonly Struct[],
  known: Clocks,
  after: Clocks,
): { runs: Runs; repeats: Clocks; ids: number } {
  const runs: Runs = new Map();
  const repeats: Clocks = new Map();
  let ids = 0;
  let previous: number | undefined;
  for (const struct of structs) {
    const { client, clock } = struct.id;
    // Yjs writes the highest id first and relies on it when it merges: in another order it loses whole runs.
    if (previous !== undefined && client > previous) throw new Refused('tangle');
    if (client !== previous) ids++;
    previous = client;
    const end = clock + struct.length;
    if (!Number.isSafeInteger(end) || struct.length < 1 || end > MAX_CLOCK) throw new Refused('length');
    if (struct instanceof Y.Skip) throw new Refused('skip');
    if (struct instanceof Y.Item && struct.content instanceof Y.ContentDoc) throw new Refused('subdocument');
    const reached = after.get(client) ?? known.get(client) ?? 0;
    if (clock > reached) throw new Refused('gap');
    if (clock < reached) repeats.set(client, known.get(client) ?? 0);
    if (end <= reached) continue;
    after.set(client, end);
    const run = runs.get(client);
    if (run) run.push(struct);
    else runs.set(client, [struct]);
  }
  return { runs, repeats, ids };
}
