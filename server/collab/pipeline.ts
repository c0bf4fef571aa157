import type { Tick } from '../platform/tick.ts';
import type { Batch } from './batch.ts';
import type { Change } from './held.ts';
import type { Entry, Journal } from './journal.ts';
import type { LiveDoc } from './live-doc.ts';
import type { Outbox } from './outbox.ts';

/** A commit that takes longer holds up its own documents only: the others go on with a commit of their own. */
const SLOW_MS = 1_000;

/** One document's part in a tick. */
export interface Round {
  live: LiveDoc;
  batch: Batch;
  /** Nothing to store when undefined. */
  entry: Entry | undefined;
  change: Change | undefined;
}

/**
 * Collect, check, merge, commit, send, for all documents of the process: at each tick what has gathered in any of them is stored in
 * one commit, and then every socket that has something to hear gets it in one write. While a commit is under way the next gathers, but
 * not longer than a second: a database that hangs on one commit may do the next.
 */
export class Pipeline {
  readonly #tick: Tick;
  readonly #journal: Journal;
  readonly #outbox: Outbox;
  readonly #stored: (doc: string) => void;
  readonly #due = new Set<LiveDoc>();
  /** The commit that the next one waits for. */
  #storing: symbol | undefined;

  /** `stored` hears of each document that a commit has changed. */
  constructor(tick: Tick, journal: Journal, outbox: Outbox, stored: (doc: string) => void = () => undefined) {
    this.#tick = tick;
    this.#journal = journal;
    this.#outbox = outbox;
    this.#stored = stored;
  }

  /** The document has something to store or to show. */
  wake(live: LiveDoc): void {
    this.#due.add(live);
    if (!this.#storing) this.#tick.wake(this.#run);
  }

  /** Does not wait for the beat. */
  hurry(): void {
    if (!this.#storing) this.#run();
  }

  readonly #run = (): void => {
    const rounds: Round[] = [];
    for (const live of this.#due) {
      try {
        const round = live.collect();
        if (round) rounds.push(round);
      } catch (error) {
        live.fail(undefined, error);
      }
    }
    this.#due.clear();
    this.#finish(rounds.filter((round) => !round.entry));
    const toStore = rounds.filter((round) => round.entry);
    if (toStore.length > 0) void this.#store(toStore);
  };

  async #store(rounds: readonly Round[]): Promise<void> {
    const commit = Symbol();
    this.#storing = commit;
    const began = performance.now();
    const storing = this.#journal.appendAll(rounds.map((round) => round.entry!));
    // An engine that writes at once has held up everybody: who wrote much pays for much.
    const bytes = rounds.reduce((sum, { batch }) => sum + batch.bytes, 1);
    const ms = performance.now() - began;
    for (const { batch } of rounds) batch.charge((ms * batch.bytes) / bytes);
    const overdue = setTimeout(() => this.#goOn(commit), SLOW_MS);
    const stored = await storing;
    clearTimeout(overdue);
    if (stored) this.#finish(rounds);
    else for (const round of rounds) void this.#insist(round);
    this.#goOn(commit);
  }

  /** The next commit may begin, unless it has begun already because this one was slow. */
  #goOn(commit: symbol): void {
    if (this.#storing !== commit) return;
    this.#storing = undefined;
    if (this.#due.size > 0) this.#tick.wake(this.#run);
  }

  /** The common commit failed: each on its own from now on, so that one that cannot be stored holds up no other document. */
  async #insist(round: Round): Promise<void> {
    try {
      await this.#journal.append(round.entry!);
    } catch (error) {
      round.live.fail(round.batch, error);
      return;
    }
    this.#finish([round]);
  }

  #finish(rounds: readonly Round[]): void {
    for (const { live, batch, entry, change } of rounds) {
      const began = performance.now();
      try {
        live.finish(batch, change);
        if (entry) this.#stored(live.name);
      } catch (error) {
        live.fail(batch, error);
      }
      this.#tick.charge(performance.now() - began);
    }
    this.#outbox.flush();
  }
}
