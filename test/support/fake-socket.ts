import { readFrame } from '../../server/collab/protocol.ts';
import type { DocSocket } from '../../server/platform/doc-socket.ts';
import type { Outgoing } from '../../server/platform/outgoing.ts';

/** A carrier in the hand of the test: nothing is on the network, the queue is as full as the test says. */
export class FakeSocket implements DocSocket {
  bufferedAmount = 0;
  readonly sent: Uint8Array[] = [];
  writes = 0;
  closedWith: number | undefined;
  #take: (frame: Uint8Array) => void = () => undefined;
  #left: () => void = () => undefined;

  send(several: readonly Outgoing[]): void {
    this.writes++;
    for (const { messages } of several) this.sent.push(...messages);
  }
  sendOne(one: Outgoing): boolean {
    this.send([one]);
    return false;
  }
  close(code: number): void {
    this.closedWith = code;
    queueMicrotask(() => this.#left());
  }
  onMessage(take: (frame: Uint8Array) => void): void {
    this.#take = take;
  }
  onClose(left: () => void): void {
    this.#left = left;
  }

  /** The client says something. */
  say(frame: Uint8Array): void {
    this.#take(frame);
  }
  /** The client hangs up. */
  hangUp(): void {
    this.#left();
  }
  kinds(): string[] {
    return this.sent.map((frame) =>
      frame[0] === 4 ? 'durable' : frame[0] === 2 ? 'auth' : readFrame(frame).kind,
    );
  }
}
