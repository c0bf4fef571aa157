import { type Conn, cutOff, send, type Told, waitingFor } from '../platform/engine-line.ts';

/** Above this nothing more is told to a socket until it has read on. */
export const MAX_WAITING_BYTES = 512 * 1024;
export const MAX_BEHIND_MS = 30_000;
const LOOK_AGAIN_MS = 200;

/**
 * What one socket is told without having asked. A slow reader is not sent a backlog: of each kind the newest is kept, and told when
 * it has read on; from that it sees what it has missed. Who has not done so after half a minute is cut off and comes again.
 */
export class Line {
  readonly #conn: Conn;
  readonly #maxBehindMs: number;
  #kept: Map<string, Told> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(conn: Conn, maxBehindMs: number) {
    this.#conn = conn;
    this.#maxBehindMs = maxBehindMs;
  }

  /** `kind` names what replaces what: of two things of one kind the newer says enough. */
  tell(kind: string, told: Told): void {
    if (this.#kept) {
      this.#kept.set(kind, told);
      return;
    }
    send(this.#conn, told);
    if (waitingFor(this.#conn) > MAX_WAITING_BYTES) this.#fallBehind();
  }

  /** Nothing of these kinds is to be told any more. */
  forget(which: (kind: string) => boolean): void {
    for (const kind of this.#kept?.keys() ?? []) if (which(kind)) this.#kept?.delete(kind);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#kept = undefined;
  }

  #fallBehind(): void {
    this.#kept = new Map();
    const since = Date.now();
    this.#timer = setInterval(() => {
      if (waitingFor(this.#conn) <= MAX_WAITING_BYTES / 4) this.#goOn();
      else if (Date.now() - since > this.#maxBehindMs) cutOff(this.#conn);
    }, LOOK_AGAIN_MS);
  }

  #goOn(): void {
    const kept = this.#kept ?? new Map<string, Told>();
    this.stop();
    for (const [kind, told] of kept) this.tell(kind, told);
  }
}
