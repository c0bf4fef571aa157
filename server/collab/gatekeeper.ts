import * as Y from 'yjs';
import type { Sender } from './ledger.ts';
import { nestsTooDeep } from './nesting.ts';

/**
 * The place where an update is checked before it touches a document. The rule: after it nothing may be *pending*,
 * because one pending piece costs every later reader and can be made to cost seconds (PROMISES findings 2 and 3).
 */
export type Verdict = { pass: true; news: boolean } | { pass: false; why: Violation };
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

/** The next clock of every Yjs client id that is known. */
export type Clocks = Map<number, number>;

const MAX_CLOCK = 2 ** 31;
type Struct = Y.Item | Y.GC | Y.Skip;
type Runs = Map<number, Struct[]>;

class Refused extends Error {
  readonly why: Violation;
  constructor(why: Violation) {
    super(why);
    this.why = why;
  }
}

/**
 * Judges one V1 update against what is known. A pass moves `known` on, so that the next frame of the same batch is judged
 * on top of it; a refusal leaves it untouched. `news` is false when there is nothing in it to store. The same holds for what
 * `sender` knows of Yjs client ids; without one, anybody may write under any.
 */
export function judge(update: Uint8Array, known: Clocks, doc: Y.Doc, sender?: Sender): Verdict {
  try {
    const { structs, ds } = Y.decodeUpdate(update);
    const after: Clocks = new Map();
    const runs = collectRuns(structs as Struct[], known, after);
    for (const client of after.keys()) if (sender?.owns(client) === false) throw new Refused('owner');
    const clockAfter = (client: number): number => after.get(client) ?? known.get(client) ?? 0;
    if (needsOrder(runs, known, clockAfter)) checkOrder(runs, known);
    if (nestsTooDeep(runs, doc)) throw new Refused('nesting');
    const deletes = checkDeletes(ds.clients, clockAfter, doc);
    for (const [client, clock] of after) known.set(client, clock);
    sender?.used(after.keys());
    return { pass: true, news: runs.size > 0 || deletes };
  } catch (error) {
    return { pass: false, why: error instanceof Refused ? error.why : 'undecodable' };
  }
}

/** What is new, by client; fills `after` with the clocks that result. */
function collectRuns(structs: readonly Struct[], known: Clocks, after: Clocks): Runs {
  const runs: Runs = new Map();
  for (const struct of structs) {
    const { client, clock } = struct.id;
    const end = clock + struct.length;
    if (!Number.isSafeInteger(end) || struct.length < 1 || end > MAX_CLOCK) throw new Refused('length');
    if (struct instanceof Y.Skip) throw new Refused('skip');
    if (struct instanceof Y.Item && struct.content instanceof Y.ContentDoc) throw new Refused('subdocument');
    const reached = after.get(client) ?? known.get(client) ?? 0;
    if (clock > reached) throw new Refused('gap');
    if (end <= reached) continue;
    after.set(client, end);
    const run = runs.get(client);
    if (run) run.push(struct);
    else runs.set(client, [struct]);
  }
  return runs;
}

/** Where an item hangs: all three must be there before it. `parent` is an ID, a root's name, or nothing. */
function anchors(struct: Struct): Y.ID[] {
  if (!(struct instanceof Y.Item)) return [];
  const parent: unknown = struct.parent;
  return [struct.origin, struct.rightOrigin, parent].filter((at): at is Y.ID => at instanceof Y.ID);
}

/** True if an item hangs on something that this same update brings under another client id. */
function needsOrder(runs: Runs, known: Clocks, clockAfter: (client: number) => number): boolean {
  let needed = false;
  for (const run of runs.values())
    for (const struct of run)
      for (const at of anchors(struct)) {
        if (at.clock >= clockAfter(at.client)) throw new Refused('dependency');
        if (at.client === struct.id.client && at.clock >= struct.id.clock) throw new Refused('tangle');
        if (at.client !== struct.id.client && at.clock >= (known.get(at.client) ?? 0)) needed = true;
      }
  return needed;
}

/** Goes through the runs the way Yjs will: each as far as it gets, waiting for the run that it hangs on. */
function checkOrder(runs: Runs, known: Clocks): void {
  const reached = new Map(known);
  const position = new Map<number, number>();
  const waiting = new Map<number, number[]>();
  const ready = [...runs.keys()];
  let open = runs.size;
  let budget = 1_000 + 10 * [...runs.values()].reduce((sum, run) => sum + run.length, 0);
  const blockedBy = (struct: Struct): number | undefined =>
    anchors(struct).find((at) => at.client !== struct.id.client && at.clock >= (reached.get(at.client) ?? 0))
      ?.client;
  for (let client = ready.pop(); client !== undefined; client = ready.pop()) {
    const run = runs.get(client)!;
    let at = position.get(client) ?? 0;
    let blocker: number | undefined;
    for (; at < run.length; at++) {
      if (budget-- === 0) throw new Refused('tangle');
      blocker = blockedBy(run[at]!);
      if (blocker !== undefined) break;
      reached.set(client, run[at]!.id.clock + run[at]!.length);
    }
    position.set(client, at);
    if (blocker === undefined) open--;
    else if (waiting.has(blocker)) waiting.get(blocker)!.push(client);
    else waiting.set(blocker, [client]);
    ready.push(...(waiting.get(client) ?? []));
    waiting.delete(client);
  }
  if (open > 0) throw new Refused('tangle');
}

type Ranges = Map<number, { clock: number; len: number }[]>;

/** Refuses to delete what does not exist yet; true if anything would be deleted that is not deleted already. */
function checkDeletes(ranges: Ranges, clockAfter: (client: number) => number, doc: Y.Doc): boolean {
  let news = false;
  for (const [client, list] of ranges)
    for (const { clock, len } of list) {
      const end = clock + len;
      if (!Number.isSafeInteger(end) || len < 1 || end > clockAfter(client)) throw new Refused('delete');
      news ||= isAlive(doc, client, clock, end);
    }
  return news;
}

function isAlive(doc: Y.Doc, client: number, from: number, end: number): boolean {
  const structs = doc.store.clients.get(client);
  const last = structs?.at(-1);
  if (!structs || !last || end > last.id.clock + last.length) return true;
  for (let at = Y.findIndexSS(structs, from); at < structs.length && structs[at]!.id.clock < end; at++)
    if (!structs[at]!.deleted) return true;
  return false;
}

/** The clocks of everything in a document. */
export function clocksOf(doc: Y.Doc): Clocks {
  return Y.decodeStateVector(Y.encodeStateVector(doc));
}
