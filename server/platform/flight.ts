/** Bytes that one payer may have in unfinished messages and bodies, and all together. */
export interface FlightLimits {
  each: number;
  all: number;
}

/** What one unfinished message or body holds of the memory. */
export interface Holding {
  /** So many bytes more are kept. False when that is more than may be: end the line, and `drop`. */
  grow(bytes: number): boolean;
  /** It is finished or gone: nothing of it is kept any more. May be called again. */
  drop(): void;
}

/**
 * Counts what was received and is not yet whole: frames, binary parts, bodies. A message that never ends is held until its line is
 * cut, so the sum of all has a bound, and one payer cannot take what all have.
 */
export class Flight {
  readonly #limits: FlightLimits;
  readonly #of = new Map<string, number>();
  #all = 0;

  constructor(limits: FlightLimits) {
    this.#limits = limits;
  }

  /** Bytes held now. */
  get bytes(): number {
    return this.#all;
  }

  /** `each`: the payer's own bound, where it differs from the ordinary one. */
  hold(payer: string, each = this.#limits.each): Holding {
    let held = 0;
    return {
      grow: (bytes) => {
        held += bytes;
        const total = this.#add(payer, bytes);
        return total <= each && this.#all <= this.#limits.all;
      },
      drop: () => {
        if (held > 0) this.#add(payer, -held);
        held = 0;
      },
    };
  }

  #add(payer: string, bytes: number): number {
    const total = (this.#of.get(payer) ?? 0) + bytes;
    this.#all += bytes;
    if (total > 0) this.#of.set(payer, total);
    else this.#of.delete(payer);
    return total;
  }
}
