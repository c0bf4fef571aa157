import { FRAME, SYNC } from '../../../shared/live-document.ts';
import { ticks } from '../clock.ts';

/** What one socket sent and what of it the server has on disk. */
export class Tally {
  sent = 0;
  confirmed = 0;
  #times: number[] = [];

  count(frame: unknown): void {
    if (!(frame instanceof Uint8Array) || frame[0] !== FRAME.sync || frame[1] === SYNC.step1) return;
    this.sent++;
    this.#times.push(ticks());
  }

  /** The server's notice: the first `n` frames are durable. */
  confirm(n: number): void {
    const known = Math.min(n, this.sent);
    if (known <= this.confirmed) return;
    this.#times.splice(0, known - this.confirmed);
    this.confirmed = known;
  }

  /** When the oldest frame that is not confirmed was sent. */
  get oldest(): number | undefined {
    return this.#times[0];
  }
}

export interface CountedSocket extends WebSocket {
  readonly tally: Tally;
}

/** A WebSocket class that counts the sync frames (step 2 and update) sent on each of its sockets. */
export function countingSocket(Base: typeof WebSocket): typeof WebSocket {
  return class extends Base implements CountedSocket {
    readonly tally = new Tally();
    override send(data: Parameters<WebSocket['send']>[0]): void {
      this.tally.count(data);
      super.send(data);
    }
  };
}
