import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** Whom one frame comes from, as the gatekeeper asks. */
export interface Sender {
  /** False if the Yjs client id is bound to somebody else. */
  owns(clientId: number): boolean;
  /** New structs under these ids were accepted. */
  used(clientIds: Iterable<number>): void;
}

/** The owner of the ids under which the server itself edits: no person's id has this form. */
export const SERVER = '*server';

/** Where the ledger of a document is kept in the update log. Nobody can open it: it is no board's name. */
export const ledgerOf = (doc: string): string => `ledger.${doc}`;

/**
 * Which Yjs client id of one document belongs to which person (not to which socket: the same person replays an outbox from
 * another tab or device). What is bound stays bound. Without it, whoever knows the id of somebody who is offline could write
 * under it, and what the owner wrote meanwhile would count as known already and be lost (PROMISES finding 3).
 */
export class Ledger {
  readonly #owners = new Map<number, string>();
  #unstored: [number, string][] = [];

  /** Rows as stored; of two that disagree the earlier holds. Throws on what is no ledger. */
  constructor(rows: readonly Uint8Array[] = []) {
    for (const row of rows)
      for (const [clientId, person] of readRow(row))
        if (!this.#owners.has(clientId)) this.#owners.set(clientId, person);
  }

  get hasNews(): boolean {
    return this.#unstored.length > 0;
  }

  sender(person: string): Sender {
    return {
      owns: (clientId) => (this.#owners.get(clientId) ?? person) === person,
      used: (clientIds) => {
        const free = [...clientIds].filter((clientId) => !this.#owners.has(clientId));
        // Several at once may be what others wrote, told by somebody who has seen more than a restored backup holds.
        if (free.length === 1) this.bind(free[0]!, person);
      },
    };
  }

  /** Binds an id that is free; does nothing for one that is not. */
  bind(clientId: number, person: string): void {
    if (this.#owners.has(clientId)) return;
    this.#owners.set(clientId, person);
    this.#unstored.push([clientId, person]);
  }

  /** The bindings made since the last call, as a row to store together with what was written under them. */
  takeNews(): Uint8Array | undefined {
    const news = this.#unstored;
    this.#unstored = [];
    return news.length > 0 ? writeRow(news) : undefined;
  }

  /** All bindings as one row. */
  whole(): Uint8Array {
    return writeRow([...this.#owners]);
  }
}

function writeRow(bindings: readonly [number, string][]): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, bindings.length);
    for (const [clientId, person] of bindings) {
      encoding.writeVarUint(encoder, clientId);
      encoding.writeVarString(encoder, person);
    }
  });
}

function readRow(row: Uint8Array): [number, string][] {
  const decoder = decoding.createDecoder(row);
  return Array.from({ length: decoding.readVarUint(decoder) }, () => [
    decoding.readVarUint(decoder),
    decoding.readVarString(decoder),
  ]);
}
