import * as Y from 'yjs';
import type { Clocks } from './held.ts';
import { Refused, type Runs, type Struct } from './runs.ts';

/**
 * Where an item hangs: its origin (0), right origin (1) and parent (2) must be there before it. The parent is an ID, a root's name, or
 * nothing. (No arrays: an update may have tens of thousands of pieces.)
 */
function anchor(struct: Struct, which: 0 | 1 | 2): Y.ID | undefined {
  if (!(struct instanceof Y.Item)) return undefined;
  if (which < 2) return (which === 0 ? struct.origin : struct.rightOrigin) ?? undefined;
  const parent: unknown = struct.parent;
  return parent instanceof Y.ID ? parent : undefined;
}
const ANCHORS = [0, 1, 2] as const;

/** True if an item hangs on something that this same update brings under another client id. Throws Refused. */
export function needsOrder(runs: Runs, known: Clocks, clockAfter: (client: number) => number): boolean {
  let needed = false;
  for (const run of runs.values())
    for (const struct of run)
      for (const which of ANCHORS) {
        const at = anchor(struct, which);
        if (!at) continue;
        if (at.client === struct.id.client) {
          if (at.clock >= clockAfter(at.client)) throw new Refused('dependency');
          if (at.clock >= struct.id.clock) throw new Refused('tangle');
        } else if (at.clock >= (known.get(at.client) ?? 0)) {
          if (at.clock >= clockAfter(at.client)) throw new Refused('dependency');
          needed = true;
        }
      }
  return needed;
}

/**
 * Goes through the runs the way Yjs will: each as far as it gets, waiting for the run that it hangs on. Says how many pieces of
 * each run get there, and for those that do not get to their end the first piece that they lack.
 */
export function advance(
  runs: Runs,
  known: Clocks,
): { position: Map<number, number>; lacking: Map<number, Y.ID> } {
  const reached = new Map(known);
  const position = new Map<number, number>();
  const waiting = new Map<number, number[]>();
  const lacking = new Map<number, Y.ID>();
  const ready = [...runs.keys()];
  let budget = 1_000 + 10 * [...runs.values()].reduce((sum, run) => sum + run.length, 0);
  const missing = (struct: Struct): Y.ID | undefined => {
    for (const which of ANCHORS) {
      const at = anchor(struct, which);
      if (at && at.client !== struct.id.client && at.clock >= (reached.get(at.client) ?? 0)) return at;
    }
    return undefined;
  };
  for (let client = ready.pop(); client !== undefined; client = ready.pop()) {
    const run = runs.get(client)!;
    let at = position.get(client) ?? 0;
    let lacks: Y.ID | undefined;
    for (; at < run.length; at++) {
      if (budget-- === 0) throw new Refused('tangle');
      lacks = missing(run[at]!);
      if (lacks) break;
      reached.set(client, run[at]!.id.clock + run[at]!.length);
    }
    position.set(client, at);
    if (!lacks) lacking.delete(client);
    else {
      lacking.set(client, lacks);
      if (waiting.has(lacks.client)) waiting.get(lacks.client)!.push(client);
      else waiting.set(lacks.client, [client]);
    }
    ready.push(...(waiting.get(client) ?? []));
    waiting.delete(client);
  }
  return { position, lacking };
}
