import { succeeds } from './succeeds.ts';

type Replay = () => void;

const MAX_BYTES = 2_000_000;

/** What others sent while an input method composes here. Bounded: beyond it everything is dropped and asked for again. */
export class HeldFrames {
  #replays: Replay[] = [];
  #bytes = 0;
  #overflown = false;

  push(bytes: number, replay: Replay): void {
    this.#bytes += bytes;
    if (this.#bytes > MAX_BYTES) this.#overflown = true;
    if (this.#overflown) this.#replays = [];
    else this.#replays.push(replay);
  }

  /** Replays everything in order; true if something was dropped and the server must be asked. */
  flush(): boolean {
    const replays = this.#replays;
    const overflown = this.#overflown;
    this.#replays = [];
    this.#bytes = 0;
    this.#overflown = false;
    // One frame that makes an observer throw must not take the others with it.
    const failed = replays.filter((replay) => !succeeds(replay)).length;
    return overflown || failed > 0;
  }
}
