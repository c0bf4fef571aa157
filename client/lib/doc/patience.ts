/** Before own words would be shown as late: so long the browser's store may hold up what waits for it. */
const PATIENCE_MS = 1_500;

/** Waits for the browser's store, but not for ever; once it was waited for in vain, not at all until it answers again. */
export class Patience {
  readonly #changed: () => void;
  #stuck = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get stuck(): boolean {
    return this.#stuck;
  }

  /** The answer, which must not reject; undefined when it does not come in time. */
  async wait<T>(answer: Promise<T>): Promise<T | undefined> {
    const late = new Promise<undefined>((resolve) => {
      const giveUp = (): void => {
        this.#now(true);
        resolve(undefined);
      };
      const patience = setTimeout(giveUp, this.#stuck ? 0 : PATIENCE_MS);
      void answer.then(() => {
        clearTimeout(patience);
        this.#now(false);
      });
    });
    return Promise.race([answer, late]);
  }

  #now(stuck: boolean): void {
    if (this.#stuck === stuck) return;
    this.#stuck = stuck;
    this.#changed();
  }
}
