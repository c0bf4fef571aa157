import { type DocStatus, type Facts, nextChange, sameStatus, statusOf } from './doc-status.ts';

/** The status over time: computed again whenever something happened, and when it becomes late by itself. */
export class StatusWatch {
  readonly #facts: () => Facts;
  readonly #listeners = new Set<() => void>();
  #status: DocStatus = { kind: 'connecting', reason: undefined, waiting: 0, kept: true };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(facts: () => Facts) {
    this.#facts = facts;
  }

  /** The same object until something changes. */
  readonly get = (): DocStatus => this.#status;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  refresh(): void {
    const facts = this.#facts();
    const status = statusOf(facts);
    clearTimeout(this.#timer);
    const next = nextChange(facts);
    if (next !== undefined) this.#timer = setTimeout(() => this.refresh(), next + 1);
    if (sameStatus(status, this.#status)) return;
    this.#status = status;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Nobody is told any more. */
  stop(): void {
    this.#listeners.clear();
    clearTimeout(this.#timer);
  }
}
