import * as Y from 'yjs';
import { type Author, Batch, type Edit, type Told } from './batch.ts';
import { type Clocks, clocksOf } from './gatekeeper.ts';
import type { DocLog, Entry, Journal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import { PresenceBoard } from './presence.ts';
import { awarenessFrame, updateFrame } from './protocol.ts';

/** A socket as its document sees it. */
export interface Member extends Author {
  readonly mayWrite: boolean;
  /** Called right after the document changed, so that what was sent and what the document holds are the same. */
  send(frame: Uint8Array): void;
}

const MAX_BATCH_BYTES = 4 * 1024 * 1024;
const ECHO_MS = 10_000;
const COMPACT_ROWS = 500;
const BIND_MS = 2_000;

/** One document: collect, check, merge, commit, send. `doc` holds only what is durable. */
export class LiveDoc {
  readonly name: string;
  readonly doc: Y.Doc;
  readonly #presence = new PresenceBoard();
  readonly #members = new Set<Member>();
  readonly #journal: Journal;
  readonly #log: DocLog;
  readonly #known: Clocks;
  readonly #ledger: Ledger;
  readonly #inbox: Told[] = [];
  readonly #edits: Edit[] = [];
  readonly #echo: NodeJS.Timeout;
  #rows: number;
  #compactAt = COMPACT_ROWS;
  #working: Promise<void> | undefined;
  #compacting: Promise<void> | undefined;
  #binding: NodeJS.Timeout | undefined;
  #bindingsDue = false;
  #broken = false;

  constructor(
    name: string,
    loaded: { doc: Y.Doc; rows: number; ledger: Ledger },
    journal: Journal,
    log: DocLog,
  ) {
    this.name = name;
    this.doc = loaded.doc;
    this.#rows = loaded.rows;
    this.#ledger = loaded.ledger;
    this.#journal = journal;
    this.#log = log;
    this.#known = clocksOf(loaded.doc);
    this.#echo = setInterval(() => this.#sendEchoes(), ECHO_MS);
    this.#compactIfDue();
  }

  get broken(): boolean {
    return this.#broken;
  }
  get idle(): boolean {
    return !this.#working && (this.#broken || !this.#ledger.hasNews);
  }
  /** Resolves when everything collected by now is durable (or the journal was closed). */
  async flushed(): Promise<void> {
    if (!this.#journal.closed) this.#storeBindings();
    while (this.#working) await this.#working;
    await this.#compacting;
  }

  /** From now on this socket hears every batch. Only after its own step 1 was answered: otherwise it keeps holes. */
  join(member: Member): void {
    this.#members.add(member);
    member.send(awarenessFrame(this.#presence.all()));
  }
  leave(member: Member): void {
    this.#members.delete(member);
    const removal = this.#presence.leave(member);
    if (removal) this.#broadcast(awarenessFrame([removal]));
  }

  /** What the asker lacks. Throws on a state vector that is none. */
  missing(stateVector: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc, stateVector);
  }
  /** Whoever may write and shows himself under an id owns it from then on: others learn it here, before he has written. */
  present(member: Member, entries: Parameters<PresenceBoard['take']>[1]): void {
    const { owns } = this.#ledger.sender(member.who.personId);
    const shown = this.#presence.take(
      member,
      entries.filter((entry) => owns(entry.clientId)),
    );
    if (!shown) return;
    if (member.mayWrite) this.#bind(shown.clientId, member.who.personId);
    this.#broadcast(awarenessFrame([shown]), member);
  }
  presences(): Uint8Array {
    return awarenessFrame(this.#presence.all());
  }

  take(told: Told): void {
    this.#journal.hold(told.update.byteLength);
    this.#inbox.push(told);
    this.#wake();
  }

  /** An edit of our own, on a copy under a fresh client id; resolves when durable. Rejects with what `edit` throws. */
  change<T>(edit: (doc: Y.Doc) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let value: T;
      const run = (scratch: Y.Doc): void => {
        value = scratch.transact(() => edit(scratch));
      };
      this.#edits.push({ run, done: () => resolve(value), failed: reject });
      this.#wake();
    });
  }

  /** Frees the memory. Only when idle. */
  drop(): void {
    clearInterval(this.#echo);
    clearTimeout(this.#binding);
    this.doc.destroy();
  }

  /** Stored with the next batch, or by itself soon: three hundred arrivals are a few commits. */
  #bind(clientId: number, person: string): void {
    this.#ledger.bind(clientId, person);
    if (!this.#ledger.hasNews) return;
    this.#binding ??= setTimeout(() => {
      this.#binding = undefined;
      this.#storeBindings();
    }, BIND_MS);
  }
  #storeBindings(): void {
    this.#bindingsDue = this.#ledger.hasNews && !this.#broken;
    if (this.#bindingsDue) this.#wake();
  }

  #wake(): void {
    if (this.#broken) this.#abandon(new Error('the document was closed'));
    else this.#working ??= this.#work();
  }

  async #work(): Promise<void> {
    try {
      // One microtask, so that all frames of one network read make one batch.
      await Promise.resolve();
      while (this.#inbox.length > 0 || this.#edits.length > 0 || this.#bindingsDue)
        await this.#commit(this.#collect());
    } catch (error) {
      this.#break(error);
    } finally {
      this.#working = undefined;
    }
    this.#compactIfDue();
  }

  #collect(): Batch {
    const batch = new Batch(this.doc, this.#known, this.#ledger);
    let count = 0;
    for (const told of this.#inbox) {
      if (count > 0 && batch.bytes + told.update.byteLength > MAX_BATCH_BYTES) break;
      count++;
      batch.check(told);
    }
    this.#inbox.splice(0, count);
    for (const edit of this.#edits.splice(0)) batch.try(edit);
    return batch;
  }

  async #commit(batch: Batch): Promise<void> {
    try {
      const update = batch.merged;
      const bindings = update || this.#bindingsDue ? this.#ledger.takeNews() : undefined;
      this.#bindingsDue = false;
      if (update || bindings) await this.#store({ update, bindings }, batch.onlyAuthor);
    } catch (error) {
      batch.lost(error);
      throw error;
    } finally {
      this.#journal.letGo(batch.bytes);
    }
    batch.stored();
  }

  async #store({ update, bindings }: Entry, author: Author | undefined): Promise<void> {
    await this.#journal.append(this.name, { update, bindings });
    if (!update) return;
    this.#rows++;
    Y.applyUpdate(this.doc, update);
    if (this.doc.store.pendingStructs ?? this.doc.store.pendingDs)
      this.#log.error({ doc: this.name }, 'a document was left with something pending');
    this.#broadcast(updateFrame(update), author);
  }

  #broadcast(frame: Uint8Array, except?: Author): void {
    for (const member of this.#members) if (member !== except) member.send(frame);
  }

  #sendEchoes(): void {
    for (const member of this.#members) member.send(awarenessFrame(this.#presence.echo(member)));
  }

  #compactIfDue(): void {
    if (this.#rows < this.#compactAt || this.#compacting || this.#broken) return;
    const rows = this.#rows;
    this.#compacting = this.#journal.compact(this.name).then((done) => {
      this.#rows -= done ? rows - 1 : 0;
      this.#compactAt = this.#rows + COMPACT_ROWS;
      this.#compacting = undefined;
    });
  }

  /** Nothing more can be promised for this copy: everybody is sent away and comes back to a fresh load. */
  #break(error: unknown): void {
    this.#broken = true;
    clearTimeout(this.#binding);
    const level = this.#journal.closed ? 'warn' : 'error';
    this.#log[level]({ doc: this.name, err: error }, 'a live document was closed');
    this.#abandon(error);
    for (const member of [...this.#members]) member.close(4503, 'closed');
  }

  #abandon(error: unknown): void {
    for (const told of this.#inbox.splice(0)) {
      this.#journal.letGo(told.update.byteLength);
      told.by.close(4503, 'closed');
    }
    for (const edit of this.#edits.splice(0)) edit.failed(error);
  }
}
