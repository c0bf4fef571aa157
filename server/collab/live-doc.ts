import type * as Y from 'yjs';
import type { Outgoing } from '../platform/outgoing.ts';
import { Batch, type Edit, type Told } from './batch.ts';
import { Compaction } from './compaction.ts';
import type { Change, Clocks, Held } from './held.ts';
import type { DocLog, Journal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import { type Member, Members } from './members.ts';
import { Waiting } from './waiting.ts';
import type { Pipeline, Round } from './pipeline.ts';
import type { Presence } from './protocol.ts';

/** What all documents of a process share. */
export interface Shared {
  journal: Journal;
  pipeline: Pipeline;
  log: DocLog;
}

const MAX_BATCH_BYTES = 4 * 1024 * 1024;
const MAX_CHECK_MS = 25; // Then others have their turn.
const PULSE_MS = 10_000;
const BIND_MS = 2_000;

/** One document: what is told gathers here until the next tick; what is held is durable, and only that is shown to anybody. */
export class LiveDoc {
  readonly name: string;
  readonly #shared: Shared;
  readonly #held: Held;
  readonly #ledger: Ledger;
  readonly #members = new Members();
  /** Members that told what could not be taken yet. */
  readonly waiting: Waiting<Member>;
  /** The clocks of everything accepted, durable or under way. */
  readonly #known: Clocks;
  #inbox: Told[] = [];
  #edits: Edit[] = [];
  readonly #pulse: NodeJS.Timeout;
  readonly #compaction: Compaction;
  #underWay = false;
  /** Of the commit under way. */
  #committing = 0;
  #binding: NodeJS.Timeout | undefined;
  #bindingsDue = false;
  #broken = false;
  #flushes: (() => void)[] = [];

  constructor(name: string, loaded: { held: Held; rows: number; ledger: Ledger }, shared: Shared) {
    this.name = name;
    this.#held = loaded.held;
    this.waiting = new Waiting(loaded.held, (member) => member.askAgain());
    this.#ledger = loaded.ledger;
    this.#shared = shared;
    this.#known = new Map(loaded.held.clocks);
    this.#pulse = setInterval(() => {
      this.#members.echo();
      this.#held.tidy();
    }, PULSE_MS);
    const [{ rows }, dirty] = [loaded, loaded.held.holdsDeleted];
    this.#compaction = new Compaction(name, shared.journal, { rows, dirty });
  }

  /** Updates that were taken from their authors and are not durable. */
  get unstored(): number {
    return this.#inbox.length + this.#edits.length + (this.#underWay ? this.#committing : 0);
  }
  get broken(): boolean {
    return this.#broken;
  }
  get bytes(): number {
    return this.#held.bytes;
  }
  get idle(): boolean {
    return !this.#busy && (this.#broken || !this.#ledger.hasNews);
  }
  /** Resolves when everything collected by now is durable (or the journal was closed). */
  async flushed(): Promise<void> {
    if (!this.#shared.journal.closed) this.#storeBindings();
    while (this.#busy) await new Promise<void>((resolve) => this.#flushes.push(resolve));
    await this.#compaction.settled();
  }
  /** What was deleted has left the stored rows, as far as the store can do it. */
  async cleaned(): Promise<void> {
    if (!this.#broken) await this.#compaction.clean();
  }

  /** From now on this socket hears every batch. Only after its own step 1 was answered: otherwise it keeps holes. */
  join(member: Member): void {
    this.#members.join(member);
  }
  leave(member: Member): void {
    this.waiting.remove(member);
    this.#members.leave(member);
    if (this.#members.hasNews) this.#wake();
  }

  /** What is durable, to be read, not changed and not kept. */
  look(): Y.Doc {
    return this.#held.look();
  }
  stateVector(): Uint8Array {
    return this.#held.stateVector();
  }
  /** What the asker lacks. Throws on a state vector that is none. */
  missing(stateVector: Uint8Array): Outgoing[] {
    return this.#held.since(stateVector);
  }
  /** Whoever may write and shows himself under an id owns it from then on: others learn it here, before he has written. */
  present(member: Member, entries: readonly Presence[]): void {
    const { owns } = this.#ledger.sender(member.who.personId);
    const shown = this.#members.present(
      member,
      entries.filter((entry) => owns(entry.clientId)),
    );
    if (!shown) return;
    if (member.mayWrite) this.#bind(shown.clientId, member.who.personId);
    this.#wake();
  }
  presences(): Outgoing {
    return this.#members.presences();
  }

  take(told: Told): void {
    this.#shared.journal.hold(told.update.byteLength);
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

  /** What has gathered, for the next commit; undefined while the last one is under way or when there is nothing. */
  collect(): Round | undefined {
    if (this.#underWay || this.#broken || !this.#due) return undefined;
    this.#underWay = true;
    const batch = new Batch(this.#held, this.#known, this.#ledger);
    const checking = this.#fill(batch);
    const change = batch.change();
    const bindings = change || this.#bindingsDue ? this.#ledger.takeNews() : undefined;
    this.#bindingsDue = false;
    const entry = change || bindings ? { doc: this.name, update: change?.update, bindings } : undefined;
    this.#committing = batch.size;
    batch.charge(performance.now() - checking);
    return { live: this, batch, change, entry };
  }

  /** The batch is durable: it is held, and everybody hears it at the next flush. */
  finish(batch: Batch, change: Change | undefined): void {
    const began = performance.now();
    this.#underWay = false;
    this.#shared.journal.letGo(batch.bytes);
    if (change) {
      if (!this.#held.add(change))
        this.#shared.log.error({ doc: this.name }, 'a document was left with something pending');
      this.#compaction.stored(change.deletions.length > 0);
    }
    this.#members.tell(change?.update, batch.onlyAuthor, batch.authors);
    batch.charge(performance.now() - began);
    batch.stored();
    if (change) this.waiting.changed(change);
    this.#settle();
  }

  /** The batch will never be stored. Nothing more can be promised for this copy: everybody comes back to a fresh load. */
  fail(batch: Batch | undefined, error: unknown): void {
    this.#underWay = false;
    this.#broken = true;
    if (batch) this.#shared.journal.letGo(batch.bytes);
    batch?.lost(error);
    clearTimeout(this.#binding);
    const level = this.#shared.journal.closed ? 'warn' : 'error';
    this.#shared.log[level]({ doc: this.name, err: error }, 'a live document was closed');
    this.#abandon(error);
    this.#members.sendAway(4503, 'closed');
    this.#settle();
  }

  /** Frees the memory. Only when idle. */
  drop(): void {
    clearInterval(this.#pulse);
    clearTimeout(this.#binding);
    this.#compaction.stop();
    this.waiting.stop();
    this.#held.drop();
  }

  get #due(): boolean {
    return this.#inbox.length + this.#edits.length > 0 || this.#bindingsDue || this.#members.hasNews;
  }
  get #busy(): boolean {
    return this.#underWay || (!this.#broken && this.#due);
  }

  #wake(): void {
    if (this.#broken) this.#abandon(new Error('the document was closed'));
    else if (!this.#underWay) this.#shared.pipeline.wake(this);
  }

  #settle(): void {
    if (this.#busy) return this.#wake();
    for (const resolve of this.#flushes.splice(0)) resolve();
  }

  /** Returns when the checking of the clients' frames was done. */
  #fill(batch: Batch): number {
    const inbox = this.#inbox;
    const started = performance.now();
    let count = 0;
    for (const told of inbox) {
      if (count > 0 && batch.bytes + told.update.byteLength > MAX_BATCH_BYTES) break;
      if (count > 0 && performance.now() - started > MAX_CHECK_MS) break;
      if (!batch.check(told)) break;
      count++;
    }
    this.#inbox = inbox.slice(count);
    const checked = performance.now();
    if (this.#inbox.length === 0) for (const edit of this.#edits.splice(0)) batch.try(edit);
    return checked;
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

  #abandon(error: unknown): void {
    for (const told of this.#inbox.splice(0)) {
      this.#shared.journal.letGo(told.update.byteLength);
      told.by.close(4503, 'closed');
    }
    for (const edit of this.#edits.splice(0)) edit.failed(error);
  }
}
