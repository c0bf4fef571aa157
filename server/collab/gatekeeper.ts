import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import type { Ranges } from './deletions.ts';
import type { Clocks } from './held.ts';
import type { Sender } from './ledger.ts';
import { NotStoredYet, nestsTooDeep } from './nesting.ts';

/**
 * The place where an update is checked before it touches a document. The rule: after it nothing may be *pending*,
 * because one pending piece costs every later reader and can be made to cost seconds (PROMISES findings 2 and 3).
 * `later`: it can be judged only when what was accepted before it is stored.
 */
export type Verdict =
  | ({ pass: true; news: boolean } & Taken)
  | { pass: 'later' }
  | { pass: false; why: Violation };
/** What an update brought: the client ids under which there is something new, and all that it deletes. */
export interface Taken {
  /** Without what was known before: of that nobody has looked at the content, and it must not come into the log a second time. */
  update: Uint8Array;
  clients: number[];
  deletions: Ranges;
}
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

/** What is durable of the document, as far as an update may need it to be judged. */
export interface Stored {
  /** True if all of it is deleted already. */
  isDeleted(client: number, from: number, end: number): boolean;
  /** Only for updates that make types: expensive where nobody else reads the document. */
  look(): Y.Doc;
}

const NOTHING: Verdict = {
  pass: true,
  news: false,
  update: new Uint8Array([0, 0]),
  clients: [],
  deletions: new Map(),
};
const LATER: Verdict = { pass: 'later' };
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
export function judge(update: Uint8Array, known: Clocks, stored: Stored, sender?: Sender): Verdict {
  if (update.byteLength === 2 && update[0] === 0 && update[1] === 0) return NOTHING;
  try {
    const { structs, ds } = Y.decodeUpdate(update);
    const after: Clocks = new Map();
    const { runs, repeats, ids } = collectRuns(structs as Struct[], known, after);
    // Yjs reads only the last of two runs under one id.
    if (decoding.readVarUint(decoding.createDecoder(update)) !== ids) throw new Refused('tangle');
    for (const client of after.keys()) if (sender?.owns(client) === false) throw new Refused('owner');
    const clockAfter = (client: number): number => after.get(client) ?? known.get(client) ?? 0;
    if (needsOrder(runs, known, clockAfter)) checkOrder(runs, known);
    if (nestsTooDeep(runs, stored)) throw new Refused('nesting');
    const deletes = checkDeletes(ds.clients, clockAfter, stored);
    const news = runs.size > 0 || deletes;
    const fresh = news && repeats.size > 0 ? Y.diffUpdate(update, Y.encodeStateVector(repeats)) : update;
    for (const [client, clock] of after) known.set(client, clock);
    sender?.used(after.keys());
    return { pass: true, news, update: fresh, clients: [...after.keys()], deletions: ds.clients };
  } catch (error) {
    if (error instanceof NotStoredYet) return LATER;
    return { pass: false, why: error instanceof Refused ? error.why : 'undecodable' };
  }
}

/** Takes an update of our own making as it is; moves `known` on. */
export function admit(update: Uint8Array, known: Clocks): Taken {
  const { structs, ds } = Y.decodeUpdate(update);
  const after: Clocks = new Map();
  collectRuns(structs as Struct[], known, after);
  for (const [client, clock] of after) known.set(client, clock);
  return { update, clients: [...after.keys()], deletions: ds.clients };
}

/** What is new, by client, and up to where the update repeats what is known; fills `after` with the clocks that result. */
function collectRuns(
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

/** True if an item hangs on something that this same update brings under another client id. */
function needsOrder(runs: Runs, known: Clocks, clockAfter: (client: number) => number): boolean {
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

/** Goes through the runs the way Yjs will: each as far as it gets, waiting for the run that it hangs on. */
function checkOrder(runs: Runs, known: Clocks): void {
  const reached = new Map(known);
  const position = new Map<number, number>();
  const waiting = new Map<number, number[]>();
  const ready = [...runs.keys()];
  let open = runs.size;
  let budget = 1_000 + 10 * [...runs.values()].reduce((sum, run) => sum + run.length, 0);
  const blockedBy = (struct: Struct): number | undefined => {
    for (const which of ANCHORS) {
      const at = anchor(struct, which);
      if (at && at.client !== struct.id.client && at.clock >= (reached.get(at.client) ?? 0)) return at.client;
    }
    return undefined;
  };
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

/** Refuses to delete what does not exist yet; true if anything would be deleted that is not deleted already. */
function checkDeletes(ranges: Ranges, clockAfter: (client: number) => number, stored: Stored): boolean {
  let news = false;
  for (const [client, list] of ranges)
    for (const { clock, len } of list) {
      const end = clock + len;
      if (!Number.isSafeInteger(end) || len < 1 || end > clockAfter(client)) throw new Refused('delete');
      news ||= !stored.isDeleted(client, clock, end);
    }
  return news;
}
