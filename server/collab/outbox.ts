/** Something that holds frames back until it is flushed. */
export interface Flushable {
  flush(): void;
}

/** All sockets of the process that have something to be sent: each is written to once, at the end of a tick or of this turn. */
export class Outbox {
  #due = new Set<Flushable>();
  #soon = false;

  add(queue: Flushable): void {
    this.#due.add(queue);
    if (this.#soon) return;
    this.#soon = true;
    queueMicrotask(() => this.flush());
  }

  flush(): void {
    this.#soon = false;
    const due = this.#due;
    // A new one first: what is added while this one is flushed must be flushed as well.
    this.#due = new Set();
    for (const queue of due) queue.flush();
  }
}
