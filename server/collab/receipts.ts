/**
 * Counts the sync frames (step 2 and update) of one socket and says how many of them, from the first on, are durable.
 * A refused frame holds the count back until a later step 2 is durable: it was made after the refused frame was, so it
 * repeats what that frame carried.
 */
export class Receipts {
  #told = 0;
  #durable = 0;
  #said = 0;
  #refusals = 0;
  #holding = false;

  /** A sync frame arrived; returns its number. */
  tell(): number {
    return ++this.#told;
  }

  committed(number: number, isAnswer: boolean): void {
    if (isAnswer) this.#holding = false;
    if (this.#holding) return;
    this.#refusals = 0;
    this.#durable = Math.max(this.#durable, number);
  }

  /** A frame was not taken: the count stands still until an answer repeats what it carried. */
  drop(): void {
    this.#holding = true;
  }

  /** The same for a frame of which a part was taken. That is progress, and the rest is nobody's fault. */
  left(): void {
    this.drop();
    this.#refusals = 0;
  }

  /** The same for a frame against the rules. Returns how many refusals there were without progress. */
  refused(): number {
    this.drop();
    return ++this.#refusals;
  }

  /** The count to say now, once. */
  due(): number | undefined {
    if (this.#durable === this.#said) return undefined;
    this.#said = this.#durable;
    return this.#said;
  }
}
