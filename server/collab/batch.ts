import * as Y from 'yjs';
import { type Clocks, judge, type Violation } from './gatekeeper.ts';
import { type Ledger, SERVER } from './ledger.ts';

/** Who told something and wants to know what became of it. */
export interface Author {
  readonly who: { readonly personId: string; readonly name: string };
  committed(frame: number, isAnswer: boolean): void;
  refused(why: Violation): void;
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
  /** Bytes of all frames in it, refused ones too. */
  bytes = 0;
  readonly #doc: Y.Doc;
  readonly #known: Clocks;
  readonly #ledger: Ledger;
  readonly #updates: Uint8Array[] = [];
  readonly #edits: Edit[] = [];
  readonly #verdicts: (() => void)[] = [];
  #ours = false;

  /** `known` are the clocks of everything accepted so far, `ledger` whose ids they are; passing frames move both on. */
  constructor(doc: Y.Doc, known: Clocks, ledger: Ledger) {
    this.#doc = doc;
    this.#known = known;
    this.#ledger = ledger;
  }

  /** The one update to store; undefined when there is nothing new. */
  get merged(): Uint8Array | undefined {
    return this.#updates.length > 1 ? Y.mergeUpdates(this.#updates) : this.#updates[0];
  }

  /** The one author who has all of it already. */
  get onlyAuthor(): Author | undefined {
    const [only] = this.authors;
    return this.authors.size === 1 && !this.#ours ? only : undefined;
  }

  check({ by, frame, isAnswer, update }: Told): void {
    this.bytes += update.byteLength;
    this.authors.add(by);
    const verdict = judge(update, this.#known, this.#doc, this.#ledger.sender(by.who.personId));
    if (verdict.pass && verdict.news) this.#updates.push(update);
    this.#verdicts.push(() => (verdict.pass ? by.committed(frame, isAnswer) : by.refused(verdict.why)));
  }

  /** Runs an edit on a copy of the document with everything in this batch so far. */
  try(edit: Edit): void {
    const scratch = new Y.Doc();
    const made: Uint8Array[] = [];
    try {
      Y.applyUpdate(scratch, Y.encodeStateAsUpdate(this.#doc));
      for (const update of this.#updates) Y.applyUpdate(scratch, update);
      scratch.on('update', (update: Uint8Array) => made.push(update));
      edit.run(scratch);
    } catch (error) {
      edit.failed(error);
      return;
    } finally {
      scratch.destroy();
    }
    for (const update of made) judge(update, this.#known, this.#doc, this.#ledger.sender(SERVER));
    this.#updates.push(...made);
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
}
