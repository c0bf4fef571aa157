import * as Y from 'yjs';
import { MAX_DOCUMENT_BYTES } from '../../shared/live-document.ts';
import type { Ranges } from './deletions.ts';
import { admit, judge, type Left, type Taken, type Violation } from './gatekeeper.ts';
import type { Change, Clocks, Held } from './held.ts';
import { type Ledger, SERVER } from './ledger.ts';

/** Who told something and wants to know what became of it. */
export interface Author {
  readonly who: { readonly personId: string; readonly name: string };
  committed(frame: number, isAnswer: boolean): void;
  refused(why: Violation): void;
  /** Of a frame only a part was taken: the author is asked again when the rest can be. */
  left(what: Left): void;
  /** This many bytes of what it told were checked, stored or applied, which took so long. */
  checked(bytes: number, ms: number): void;
  /** After a batch: say how much is durable. */
  notify(): void;
  close(code: number, reason: string): void;
}

/** One sync frame of one socket. */
export interface Told {
  by: Author;
  frame: number;
  isAnswer: boolean;
  update: Uint8Array;
}

/** A change of the server's own. */
export interface Edit {
  run(scratch: Y.Doc): void;
  done(): void;
  failed(error: unknown): void;
}

/** What goes into one commit: checked frames and edits, and what to tell their authors afterwards. */
export class Batch {
  readonly authors = new Set<Author>();
  readonly #costs = new Map<Author, { bytes: number; ms: number }>();
  /** Bytes of all frames in it, refused ones too. */
  bytes = 0;
  readonly #held: Held;
  readonly #known: Clocks;
  readonly #ledger: Ledger;
  readonly #updates: Uint8Array[] = [];
  readonly #deletions: Ranges[] = [];
  readonly #touched = new Set<number>();
  readonly #edits: Edit[] = [];
  readonly #verdicts: (() => void)[] = [];
  #accepted = 0;
  #ours = false;
  #charged = false;

  /** `known` are the clocks of everything accepted so far, `ledger` whose ids they are; passing frames move both on. */
  constructor(held: Held, known: Clocks, ledger: Ledger) {
    this.#held = held;
    this.#known = known;
    this.#ledger = ledger;
  }

  /** What to store and to show; undefined when there is nothing new. Ask once. */
  change(): Change | undefined {
    const [only] = this.#updates;
    if (!only) return undefined;
    const clocks = [...this.#touched].map((client): [number, number] => [client, this.#known.get(client)!]);
    const update = this.#updates.length > 1 ? Y.mergeUpdates(this.#updates) : only;
    return { update, deletions: this.#deletions, clocks };
  }

  /** How many frames and edits it brings. */
  get size(): number {
    return this.#updates.length;
  }

  /** The one author who has all of it already. */
  get onlyAuthor(): Author | undefined {
    const [only] = this.authors;
    return this.authors.size === 1 && !this.#ours ? only : undefined;
  }

  /** False if the frame has to wait for the next batch. */
  check({ by, frame, isAnswer, update }: Told): boolean {
    const started = performance.now();
    const sender = this.#ledger.sender(by.who.personId);
    const room = this.#room(update.byteLength);
    const verdict = judge(update, this.#known, this.#held, sender, { isAnswer, room });
    if (verdict.pass === 'later' && this.#updates.length > 0) return false;
    this.bytes += update.byteLength;
    this.authors.add(by);
    const cost = this.#costs.get(by) ?? { bytes: 0, ms: 0 };
    cost.bytes += update.byteLength;
    cost.ms += performance.now() - started;
    this.#costs.set(by, cost);
    if (verdict.pass !== true) {
      const why = verdict.pass === false ? verdict.why : 'dependency';
      this.#verdicts.push(() => by.refused(why));
      return true;
    }
    if (verdict.news) this.#accept(verdict);
    const { left } = verdict;
    this.#verdicts.push(() => (left ? by.left(left) : by.committed(frame, isAnswer)));
    return true;
  }

  /** To each author what checking took; what was spent on all together, in ms, by the size of each part. */
  charge(together: number): void {
    for (const [author, { bytes, ms }] of this.#costs) {
      const shared = together * (bytes / (this.bytes || 1));
      if (this.#charged) author.checked(0, shared);
      else author.checked(bytes, ms + shared);
    }
    this.#charged = true;
  }

  /** Runs an edit on a copy of the document with everything in this batch so far. */
  try(edit: Edit): void {
    const scratch = this.#held.copy();
    const made: Uint8Array[] = [];
    try {
      for (const update of this.#updates) Y.applyUpdate(scratch, update);
      scratch.on('update', (update: Uint8Array) => made.push(update));
      edit.run(scratch);
    } catch (error) {
      edit.failed(error);
      return;
    } finally {
      scratch.destroy();
    }
    for (const update of made) {
      const taken = admit(update, this.#known);
      this.#ledger.sender(SERVER).used(taken.clients);
      this.#accept(taken);
    }
    this.#ours ||= made.length > 0;
    this.#edits.push(edit);
  }

  stored(): void {
    for (const tell of this.#verdicts) tell();
    for (const edit of this.#edits) edit.done();
    for (const author of this.authors) author.notify();
  }

  lost(error: unknown): void {
    for (const author of this.authors) author.close(4503, 'not stored');
    for (const edit of this.#edits) edit.failed(error);
  }

  /** What may be inserted; where it seems too little, counted anew without what was deleted. */
  #room(wanted: number): number {
    const left = (): number => MAX_DOCUMENT_BYTES - this.#held.bytes - this.#accepted;
    if (wanted > left()) this.#held.shrink();
    return left();
  }

  #accept({ update, clients, deletions }: Taken): void {
    this.#updates.push(update);
    this.#accepted += update.byteLength;
    if (deletions.size > 0) this.#deletions.push(deletions);
    for (const client of clients) this.#touched.add(client);
  }
}
