import { MAX_DOCUMENT_BYTES } from '../../shared/live-document.ts';
import type { Left } from './gatekeeper.ts';
import type { Change, Clocks, Held } from './held.ts';

/** So many missing pieces are watched for each. One is enough: whoever is asked says again all that he lacks. */
const MAX_NEEDS = 2_000;

/**
 * Who told words that hang on pieces which are not here, or for which there is no room. Only what they wait for is kept, not the words:
 * those are asked for again.
 */
export class Waiting<Who> {
  /** The first missing piece of each client id. */
  readonly #needs = new Map<Who, Clocks>();
  /** Bytes that somebody needs in a full document. */
  readonly #room = new Map<Who, number>();
  readonly #held: Pick<Held, 'clocks' | 'bytes' | 'shrink'>;
  readonly #ask: (who: Who) => void;
  #later: NodeJS.Timeout | undefined;

  constructor(held: Pick<Held, 'clocks' | 'bytes' | 'shrink'>, ask: (who: Who) => void) {
    this.#held = held;
    this.#ask = ask;
  }

  has(who: Who): boolean {
    return this.#needs.has(who);
  }

  /** Takes the place of what was needed before. What is needed may have come since the words were judged. */
  add(who: Who, { needs, room }: Left): void {
    this.remove(who);
    this.#needs.set(who, new Map([...needs].slice(0, MAX_NEEDS)));
    if (room > 0) this.#room.set(who, room);
    for (const [client, needed] of needs)
      if ((this.#held.clocks.get(client) ?? 0) > needed) return this.#wake(who);
  }

  remove(who: Who): void {
    this.#needs.delete(who);
    this.#room.delete(who);
  }

  /** This is durable. */
  changed({ clocks, deletions }: Pick<Change, 'clocks' | 'deletions'>): void {
    if (this.#needs.size === 0) return;
    const moved = [...clocks];
    for (const [who, needs] of [...this.#needs])
      if (moved.some(([client, clock]) => (needs.get(client) ?? clock) < clock)) this.#wake(who);
    if (deletions.length > 0) this.offerRoom();
  }

  /** Whose words fit into the document now is asked. */
  offerRoom(): void {
    clearTimeout(this.#later);
    if (this.#room.size === 0) return;
    const wait = this.#held.shrink();
    if (wait > 0) this.#later = setTimeout(() => this.offerRoom(), wait);
    const left = MAX_DOCUMENT_BYTES - this.#held.bytes;
    for (const [who, wanted] of [...this.#room]) if (wanted <= left) this.#wake(who);
  }

  stop(): void {
    clearTimeout(this.#later);
  }

  #wake(who: Who): void {
    this.remove(who);
    this.#ask(who);
  }
}
