import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { encodeUpdate } from '../../shared/encode-update.ts';
import type { Ranges } from './deletions.ts';
import type { Clocks } from './held.ts';
import type { Sender } from './ledger.ts';
import { NotStoredYet, nestsTooDeep } from './nesting.ts';
import { advance, needsOrder } from './order.ts';
import { deletionsOf, endOf, type Part, partOf } from './part.ts';
import { collectRuns, Refused, type Runs, type Struct, type Violation } from './runs.ts';

/**
 * The place where an update is checked before it touches a document. The rule: after it nothing may be *pending*,
 * because one pending piece costs every later reader and can be made to cost seconds (PROMISES findings 2 and 3).
 * `later`: it can be judged only when what was accepted before it is stored.
 */
export type Verdict =
  | ({ pass: true; news: boolean; left?: Left | undefined } & Taken)
  | { pass: 'later' }
  | { pass: false; why: Violation };
/** What an update brought: the client ids under which there is something new, and all that it deletes. */
export interface Taken {
  /** Without what was known before: of that nobody has looked at the content, and it must not come into the log a second time. */
  update: Uint8Array;
  clients: number[];
  deletions: Ranges;
}
/** Something of the sender's was not taken; it may be told again when what it waits for is there. */
export interface Left {
  /** The first missing piece of each client id that it hangs on. */
  needs: Clocks;
  /** Bytes of room in a full document; 0 when it is not full. */
  room: number;
}
export type { Violation };

/** What is known of a frame beside its update. */
export interface Circumstances {
  /**
   * A page's answer to our step 1: it tells all that we lack, also what others wrote (after a restore). Of it only what
   * stands under the sender's own and free ids is taken, and an id is bound to nobody by it.
   */
  isAnswer?: boolean;
  /** So many bytes may be inserted; deletions always may. */
  room?: number;
}

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

/**
 * Judges one V1 update against what is known. A pass moves `known` on, so that the next frame of the same batch is judged
 * on top of it; a refusal leaves it untouched. `news` is false when there is nothing in it to store. The same holds for what
 * `sender` knows of Yjs client ids; without one, anybody may write under any.
 */
export function judge(
  update: Uint8Array,
  known: Clocks,
  stored: Stored,
  sender?: Sender,
  { isAnswer = false, room = Infinity }: Circumstances = {},
): Verdict {
  if (update.byteLength === 2 && update[0] === 0 && update[1] === 0) return NOTHING;
  try {
    const { structs, ds } = Y.decodeUpdate(update);
    const after: Clocks = new Map();
    const { runs, repeats, ids } = collectRuns(structs as Struct[], known, after);
    // Yjs reads only the last of two runs under one id.
    if (decoding.readVarUint(decoding.createDecoder(update)) !== ids) throw new Refused('tangle');
    const clockAfter = (client: number): number => after.get(client) ?? known.get(client) ?? 0;
    const foreign = sender !== undefined && hasForeign(after, sender);
    if (foreign && !isAnswer) throw new Refused('owner');
    const ordered = !needsOrder(runs, known, clockAfter);
    const deletes = checkDeletes(ds.clients, clockAfter, stored);
    if (foreign) {
      const part = partOf(runs, ds.clients, known, sender.owns);
      const taken = takePart(part, repeats, known, stored, room);
      return taken ?? takeDeletions(ds.clients, runs, update.byteLength, known, stored);
    }
    if (!ordered && advance(runs, known).lacking.size > 0) throw new Refused('tangle');
    if (nestsTooDeep(runs, stored)) throw new Refused('nesting');
    const news = runs.size > 0 || deletes;
    const fresh = news && repeats.size > 0 ? Y.diffUpdate(update, Y.encodeStateVector(repeats)) : update;
    if (fresh.byteLength > room && inserts(runs))
      return takeDeletions(ds.clients, runs, fresh.byteLength, known, stored);
    for (const [client, clock] of after) known.set(client, clock);
    if (!isAnswer) sender?.used(after.keys());
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

function hasForeign(after: Clocks, sender: Sender): boolean {
  for (const client of after.keys()) if (!sender.owns(client)) return true;
  return false;
}

/** True if an update has content; who deletes again what was never taken brings none. */
function inserts(runs: Runs): boolean {
  for (const run of runs.values())
    for (const struct of run)
      if (struct instanceof Y.Item && !(struct.content instanceof Y.ContentDeleted)) return true;
  return false;
}

/** Undefined when there is no room for it. */
function takePart(
  part: Part,
  repeats: Clocks,
  known: Clocks,
  stored: Stored,
  room: number,
): Verdict | undefined {
  if (nestsTooDeep(part.runs, stored)) throw new Refused('nesting');
  const whole = encodeUpdate(part.runs, part.deletions);
  const update = repeats.size > 0 ? Y.diffUpdate(whole, Y.encodeStateVector(repeats)) : whole;
  if (update.byteLength > room && inserts(part.runs)) return undefined;
  const clients = [...part.runs.keys()];
  for (const client of clients) known.set(client, endOf(part.runs, client)!);
  const { deletions } = part;
  const news = clients.length > 0 || hasNews(deletions, stored);
  const left = part.needs.size > 0 ? { needs: part.needs, room: 0 } : undefined;
  return { pass: true, news, update, clients, deletions, left };
}

/** In a full document. */
function takeDeletions(ranges: Ranges, runs: Runs, bytes: number, known: Clocks, stored: Stored): Verdict {
  const { deletions } = deletionsOf(ranges, known);
  const news = hasNews(deletions, stored);
  const update = encodeUpdate(new Map(), deletions);
  const left = runs.size > 0 ? { needs: new Map<number, number>(), room: bytes } : undefined;
  return { pass: true, news, update, clients: [], deletions, left };
}

function hasNews(ranges: Ranges, stored: Stored): boolean {
  for (const [client, list] of ranges)
    for (const { clock, len } of list) if (!stored.isDeleted(client, clock, clock + len)) return true;
  return false;
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
