import * as Y from 'yjs';
import type { Speech } from './dialect.ts';
import { clientFrame } from './raw-socket.ts';

/** The root type that everybody writes in. */
export const TEXT_NAME = 't';
const LETTERS =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经';

/**
 * Somebody who types: real updates of a real document under a client id of its own, one letter each, made before they are
 * needed. `sentAt` says when each letter left (ms).
 */
export class Writer {
  readonly client: number;
  readonly updates: Uint8Array[] = [];
  readonly sentAt: number[] = [];
  readonly #frames: Buffer[] = [];
  readonly #doc = new Y.Doc();
  readonly #speech: Speech;
  #text = '';
  /** Letters sent so far, which is the writer's clock. */
  sent = 0;

  constructor(client: number, speech: Speech) {
    this.client = client;
    this.#speech = speech;
    this.#doc.clientID = client;
    this.#doc.on('update', (update: Uint8Array) => this.updates.push(update));
  }

  /** What the writer has made, sent or not. */
  get text(): string {
    return this.#text;
  }

  /** Makes letters until there are `count`. */
  prepare(count: number): void {
    const text = this.#doc.getText(TEXT_NAME);
    while (this.updates.length < count) {
      const letter = LETTERS[(this.updates.length * 7 + this.client) % LETTERS.length]!;
      text.insert(text.length, letter);
      this.#text += letter;
      this.#frames.push(clientFrame(this.#speech.update(this.updates.at(-1)!)));
    }
  }

  /** The next letter's frame, counted as sent now. */
  next(now: number): Buffer {
    if (this.sent === this.updates.length) this.prepare(this.sent + 100);
    this.sentAt.push(now);
    return this.#frames[this.sent++]!;
  }

  /** Everything sent since a clock, as an answer to a step 1. */
  since(clock: number): Uint8Array {
    const updates = this.updates.slice(clock, this.sent);
    return updates.length > 0 ? Y.mergeUpdates(updates) : new Uint8Array([0, 0]);
  }

  destroy(): void {
    this.#doc.destroy();
  }
}

/** Where a cursor stands, in the form in which editors tell it. */
export function cursorAt(client: number, clock: number): string {
  const at = { type: null, tname: TEXT_NAME, item: { client, clock }, assoc: 0 };
  return JSON.stringify({
    user: { name: '周敏', color: '#1f6f8b' },
    cursor: { anchor: at, head: at },
  });
}

/** The clock in `cursorAt`; -1 where there is none. */
export function clockIn(json: string): number {
  return Number(/"clock":(\d+)/.exec(json)?.[1] ?? -1);
}
