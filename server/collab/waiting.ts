import type { Clocks } from './held.ts';

/** So many missing pieces are watched for each. One is enough: whoever is asked says again all that he lacks. */
const MAX_NEEDS = 2_000;

/** Who told words that hang on pieces which are not here. Only what they hang on is kept, not the words: those are asked for again. */
export class Waiting<Who> {
  readonly #needs = new Map<Who, Clocks>();
  readonly #ask: (who: Who) => void;

  constructor(ask: (who: Who) => void) {
    this.#ask = ask;
  }

  has(who: Who): boolean {
    return this.#needs.has(who);
  }

  /** Takes the place of what was needed before. `durable`: what is here; it may have come since the words were judged. */
  add(who: Who, needs: Clocks, durable: Clocks): void {
    this.#needs.set(who, new Map([...needs].slice(0, MAX_NEEDS)));
    for (const [client, needed] of needs) if ((durable.get(client) ?? 0) > needed) return this.#wake(who);
  }

  remove(who: Who): void {
    this.#needs.delete(who);
  }

  /** These clocks have moved on. */
  moved(clocks: Iterable<[number, number]>): void {
    if (this.#needs.size === 0) return;
    const moved = [...clocks];
    for (const [who, needs] of [...this.#needs])
      if (moved.some(([client, clock]) => (needs.get(client) ?? clock) < clock)) this.#wake(who);
  }

  #wake(who: Who): void {
    this.#needs.delete(who);
    this.#ask(who);
  }
}
