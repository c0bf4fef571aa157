import * as Y from 'yjs';
import type { Outgoing } from '../platform/outgoing.ts';
import { Deletions, type Ranges } from './deletions.ts';
import { bodyOf, step2Frame, updateFrame } from './protocol.ts';

/** The next clock of every Yjs client id that is known. */
export type Clocks = Map<number, number>;

/** What a batch changes: its update, the deletions in it, and the clocks that it moved on. */
export interface Change {
  update: Uint8Array;
  deletions: readonly Ranges[];
  clocks: Iterable<[number, number]>;
}

const PIECES = 200;
const MAX_PARTS = 100;
const MAX_ANSWERS = 16;
/** Whoever replaces much must not make everybody load what is gone: above this, and twice the size, it is forgotten at once. */
const MUCH_BYTES = 256 * 1024;
/** Up to this size merging takes about a millisecond or two. */
const CHEAP_BYTES = 128 * 1024;
const WARM_MS = 10_000;
/**
 * Who opens a document is sent nothing that was deleted and durable before, except for what was deleted since it was last collected: that is
 * done again after twenty times what it took, at the latest after this.
 */
const COLLECT_SHARE = 20;
const MAX_PAUSE_MS = 5_000;

/**
 * What is durable of one document, as bytes that are ready to be sent: a `Y.Doc` takes several times the room and is made
 * only where something must be read, kept while it is in use and let go again. Nobody waits for it in plain typing.
 */
export class Held {
  /** Of what is durable. */
  readonly clocks: Clocks = new Map();
  readonly #deleted = new Deletions();
  /** Together the document: a step 2 with nearly all of it, then updates. */
  #parts: Outgoing[];
  /** Newer than the parts. */
  #fresh: Uint8Array[] = [];
  /** All that is newer than the first part, as one frame. */
  #newer: Outgoing | undefined;
  /** Merged of several updates: what was deleted may still be in it. */
  #untidy: boolean;
  #bytes = 0;
  /** Bytes since the last time that deleted things were forgotten, and whether something deleted is still in the parts. */
  #grown = 0;
  #deletes = false;
  #collectedAt = 0;
  #pause = 0;
  #doc: Y.Doc | undefined;
  #usedAt = 0;
  #changedAt = 0;
  /** Answers to a step 1, by its state vector, as long as nothing changes: after a cut many ask the same. */
  readonly #answers = new Map<string, Outgoing>();

  /** `stored`: V1 updates in any order. Throws on what is none. */
  constructor(stored: readonly Uint8Array[]) {
    const base = mergeAll(stored);
    const { structs, ds } = Y.decodeUpdate(base);
    this.#deleted.add(ds.clients);
    const ended = new Set<number>();
    for (const struct of structs) {
      this.#deletes ||= this.#isDeletedContent(struct);
      if (struct instanceof Y.Skip) ended.add(struct.id.client);
      else if (!ended.has(struct.id.client))
        this.clocks.set(struct.id.client, struct.id.clock + struct.length);
    }
    this.#parts = [step2Frame(base)];
    this.#bytes = stored.length > 0 ? base.byteLength : 0;
    this.#untidy = stored.length > 1;
  }

  /** What counts for `MAX_DOCUMENT_BYTES`. */
  get bytes(): number {
    return this.#bytes;
  }

  /** True if what was stored may still hold something that is deleted. */
  get holdsDeleted(): boolean {
    return this.#deletes;
  }

  /** True if all of it is deleted already. */
  isDeleted(client: number, from: number, end: number): boolean {
    return this.#deleted.cover(client, from, end);
  }

  /** Takes over what has become durable. False if it left something pending, which the gatekeeper should have refused. */
  add({ update, deletions, clocks }: Change): boolean {
    for (const [client, clock] of clocks) this.clocks.set(client, clock);
    for (const ranges of deletions) this.#deleted.add(ranges);
    // A copy: a view would keep the whole network buffer that it came in.
    this.#fresh.push(new Uint8Array(update));
    this.#bytes += update.byteLength;
    this.#newer = undefined;
    this.#answers.clear();
    this.#changedAt = Date.now();
    this.#untidy = true;
    this.#grown += update.byteLength;
    this.#deletes ||= deletions.length > 0;
    // Before anything is put together anew: that is made from the document where there is one.
    if (this.#doc) Y.applyUpdate(this.#doc, update);
    if (this.#deletes && this.#grown > Math.max(MUCH_BYTES, this.#parts[0]!.wire.byteLength)) this.#rebase();
    else if (this.#fresh.length >= PIECES) this.#seal();
    return !this.#doc || (this.#doc.store.pendingStructs ?? this.#doc.store.pendingDs) === null;
  }

  /** To be read, not changed and not kept. */
  look(): Y.Doc {
    this.#usedAt = Date.now();
    this.#doc ??= this.copy();
    return this.#doc;
  }

  /** A copy of its own, to be destroyed by the caller. */
  copy(): Y.Doc {
    const doc = quietDoc();
    for (const update of this.#updates()) Y.applyUpdate(doc, update);
    return doc;
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.clocks);
  }

  /** What the asker lacks, as frames, the last of which is a step 2. Throws on what is no state vector. */
  since(stateVector: Uint8Array): Outgoing[] {
    if (stateVector.byteLength === 1 && stateVector[0] === 0) return this.#whole();
    const key = Buffer.from(stateVector).toString('latin1');
    const known = this.#answers.get(key);
    if (known) return [known];
    const answer = step2Frame(Y.encodeStateAsUpdate(this.look(), stateVector));
    if (this.#answers.size < MAX_ANSWERS) this.#answers.set(key, answer);
    return [answer];
  }

  /** From time to time: lets go of what has not been used lately and puts what has come since into the one part. */
  tidy(now = Date.now()): void {
    if (now - this.#changedAt < WARM_MS) return;
    if (this.#untidy) this.#rebase();
    if (now - this.#usedAt < WARM_MS) return;
    this.#answers.clear();
    this.#doc?.destroy();
    this.#doc = undefined;
  }

  drop(): void {
    this.#doc?.destroy();
  }

  #updates(): Uint8Array[] {
    return [...this.#parts.map(bodyOf), ...this.#fresh];
  }

  /**
   * All of it but what was deleted. The step 2 comes last, because with it a client calls itself synced: what is newer than it goes before, and waits
   * in the client until then. Where merging is cheap there is nothing newer.
   */
  #whole(): Outgoing[] {
    if (this.#deletes) this.#collect();
    const [base, ...newer] = this.#parts;
    if (!base) throw new Error('a document without its first part');
    if (newer.length + this.#fresh.length === 0) return this.#parts;
    if (this.#size() <= CHEAP_BYTES) {
      this.#put(mergeAll(this.#updates()));
      return this.#parts;
    }
    this.#newer ??= updateFrame(mergeAll([...newer.map(bodyOf), ...this.#fresh]));
    return [this.#newer, base];
  }

  /** Makes room where that can be done: `bytes` says what there is afterwards. In how many ms it is worth trying again, 0 if not. */
  shrink(): number {
    return this.#untidy ? this.#collect() : 0;
  }

  /** Forgets what was deleted, unless that was done a moment ago: then the ms until it can be done again. */
  #collect(): number {
    const wait = this.#collectedAt + this.#pause - Date.now();
    if (wait > 0) return wait;
    const began = performance.now();
    this.#rebase();
    this.#collectedAt = Date.now();
    this.#pause = Math.min((performance.now() - began) * COLLECT_SHARE, MAX_PAUSE_MS);
    return 0;
  }

  #isDeletedContent(struct: Y.Item | Y.GC | Y.Skip): boolean {
    if (!(struct instanceof Y.Item) || struct.content instanceof Y.ContentDeleted) return false;
    const { client, clock } = struct.id;
    return this.#deleted.touch(client, clock, clock + struct.length);
  }

  #size(): number {
    return this.#parts.reduce((sum, part) => sum + part.wire.byteLength, 0);
  }

  #seal(): void {
    this.#parts.push(updateFrame(mergeAll(this.#fresh)));
    this.#fresh = [];
    if (this.#parts.length > MAX_PARTS) this.#rebase();
  }

  /** Through a `Y.Doc`, not by merging bytes: only that forgets what was deleted. */
  #rebase(): void {
    const doc = this.#doc ?? this.copy();
    this.#put(Y.encodeStateAsUpdate(doc));
    this.#untidy = false;
    this.#grown = 0;
    this.#deletes = false;
    if (doc !== this.#doc) doc.destroy();
  }

  #put(whole: Uint8Array): void {
    this.#parts = [step2Frame(whole)];
    this.#bytes = whole.byteLength;
    this.#fresh = [];
    this.#newer = undefined;
  }
}

/**
 * A document that takes updates as they are. Yjs deletes marks that formatted text has no more use for whenever others have written:
 * fine for who shows the text, but here it would be a deletion that nobody has told and that is on no disk.
 */
export function quietDoc(): Y.Doc {
  const doc = new Y.Doc();
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    transaction._needFormattingCleanup = false;
  });
  return doc;
}

const NOTHING = new Uint8Array([0, 0]);

function mergeAll(updates: readonly Uint8Array[]): Uint8Array {
  if (updates.length > 1) return Y.mergeUpdates([...updates]);
  return updates[0] ?? NOTHING;
}
