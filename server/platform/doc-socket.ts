import type { Outgoing } from './outgoing.ts';

/** What a live document needs of a carrier (`ws`, long-polling). Errors of the carrier end in `onClose`. */
export interface DocSocket {
  /** Bytes handed over and not yet on their way. */
  readonly bufferedAmount: number;
  /** All of it in one write where the carrier can. Never throws; after the end it does nothing. */
  send(several: readonly Outgoing[]): void;
  /** The same for one. True if hardly anything waits; false when `bufferedAmount` is worth a look. */
  sendOne(one: Outgoing): boolean;
  /** Ends within seconds even if the other side is dead. 44xx says "do not come back". */
  close(code: number, reason: string): void;
  onMessage(take: (frame: Uint8Array) => void): void;
  onClose(left: () => void): void;
  /** Stops reading from the other side, which then has to wait; what was read already still comes. Not every carrier can. */
  pause?(): void;
  resume?(): void;
  /** Tells after each read how many ms it took, with everything that was done meanwhile (also what never becomes a message). */
  onRead?(took: (ms: number) => void): void;
}

export type Access = 'write' | 'read';
export type Refusal = 'gone' | 'forbidden' | 'unauthenticated';

/** One person at the door of one document. */
export interface Reader {
  readonly personId: string;
  readonly name: string;
  /** The device's token record, so that a logout finds its sockets; '' for nobody. */
  readonly tokenId?: string;
  /** Asked at the door and again at every change of rights. A throw closes with 4503: the client may try again. */
  access(): Promise<Access | Refusal>;
}
