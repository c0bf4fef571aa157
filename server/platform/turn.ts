/** So much is done for one person in one turn of the event loop before everything else has its turn. */
const MAX_TURN_MS = 20;

let number = 0;
let counting = false;

/** The number of this turn of the event loop, as far as anybody has asked. */
function thisTurn(): number {
  if (!counting) {
    counting = true;
    setImmediate(() => {
      counting = false;
      number++;
    });
  }
  return number;
}

/** What has been spent on one person in this turn of the event loop. */
export class Turn {
  #number = 0;
  #spent = 0;

  /** True when the rest should wait for the next turn. */
  get full(): boolean {
    return this.#spent > MAX_TURN_MS && this.#number === thisTurn();
  }

  spend(ms: number): void {
    const current = thisTurn();
    this.#spent = this.#number === current ? this.#spent + ms : ms;
    this.#number = current;
  }
}
