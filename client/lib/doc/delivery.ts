import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { FRAME, MAX_ANSWER_BYTES, MAX_UPDATE_BYTES, SYNC } from '../../../shared/live-document.ts';
import type { CountedSocket } from './counting-socket.ts';
import { withoutDeletedText } from './deleted-text.ts';
import { keptOf, type Letter, take } from './letters.ts';
import type { Left, Outbox } from './outbox.ts';

interface Surroundings {
  doc: Y.Doc;
  outbox: Promise<Outbox>;
  socket(): CountedSocket | undefined;
  /** The server's state is here, and this tab may write and stays: what dead tabs left can be replayed. */
  free(): boolean;
  changed(): void;
  tooLarge(): void;
}

/** Own updates: first into the outbox, then to the server, out of the outbox again when the server has them on disk. */
export class Delivery {
  readonly #at: Surroundings;
  #letters: Letter[] = [];
  #holding = false;
  #words = 0;
  /** Dead tabs' work was not replayed because of the hold. */
  #postponed = false;
  /** The server's question on this socket was answered: from then on updates are sent one by one. */
  #answered = false;
  readonly #waiting: (() => void)[] = [];

  constructor(at: Surroundings) {
    this.#at = at;
  }

  /** How many own updates are not known to be on the server's disk. */
  get open(): number {
    return this.#letters.length;
  }
  get answered(): boolean {
    return this.#answered;
  }
  /** Since when the oldest of them waits, compositions aside. */
  get oldest(): number | undefined {
    const letter = this.#letters.find((each) => !each.held)?.since;
    const frame = this.#at.socket()?.tally.oldest;
    return letter === undefined || frame === undefined ? (letter ?? frame) : Math.min(letter, frame);
  }

  /** Takes an update that was just made here. */
  take(update: Uint8Array): void {
    const letter = {
      update,
      keys: [],
      kept: false,
      held: this.#holding,
      word: this.#holding ? this.#words : 0,
      since: Date.now(),
      frame: undefined,
    };
    this.#letters.push(letter);
    if (update.byteLength > MAX_UPDATE_BYTES) this.#at.tooLarge();
    void this.#keep(letter);
    this.#at.changed();
  }

  /** The server's step 1: tells it everything that it lacks, once all of that is in the outbox. */
  async answer(stateVector: Uint8Array): Promise<void> {
    const socket = this.#at.socket();
    while (this.#holding || this.#letters.some((letter) => !letter.kept)) await this.#nextStep();
    if (!socket || this.#at.socket() !== socket || socket.readyState !== 1) return;
    const missing = withoutDeletedText(Y.encodeStateAsUpdate(this.#at.doc, stateVector));
    if (missing.byteLength > MAX_ANSWER_BYTES) return this.#at.tooLarge();
    const frame = this.#send(socket, SYNC.step2, missing);
    for (const letter of this.#letters) letter.frame = frame;
    this.#answered = true;
    this.#at.changed();
  }

  /** The server's notice: the first `n` frames of the present socket are on disk. */
  async confirm(n: number): Promise<void> {
    const done = this.#letters.filter((letter) => letter.frame !== undefined && letter.frame <= n);
    this.#letters = this.#letters.filter((letter) => !done.includes(letter));
    this.#at.changed();
    const keys = done.flatMap((letter) => letter.keys);
    if (keys.length > 0) await (await this.#at.outbox).remove(keys);
  }

  /** The socket is gone, or takes no more: everything unconfirmed is told again at the server's next question. */
  interrupt(): void {
    this.#answered = false;
    for (const letter of this.#letters) letter.frame = undefined;
    this.#at.changed();
  }

  /** While held nothing made here is sent; letting go sends it all as one update. */
  hold(on: boolean): void {
    this.#holding = on;
    if (on) {
      this.#words++;
      return;
    }
    for (const letter of this.#letters.filter((each) => each.held)) {
      letter.held = false;
      letter.since = Date.now();
    }
    this.#step();
    if (this.#postponed) void this.adopt();
  }

  /**
   * Replays what dead tabs left; while a word is being composed, once that is let go. What no longer fits on the document is
   * neither replayed nor deleted.
   */
  async adopt(): Promise<void> {
    if (!this.#mayAdopt()) return;
    const outbox = await this.#at.outbox;
    const lefts = await outbox.left();
    // Reading took its time: meanwhile a composition may have begun, or the line or the right to write may be gone.
    if (!this.#mayAdopt()) return;
    const known: number[] = [];
    for (const left of lefts) {
      const keys = left.entries.map((entry) => entry.key);
      if (keys.some((key) => this.#holds(key))) continue;
      const news = this.#replay(left);
      if (news === 'known') known.push(...keys);
      else if (news !== 'stranded')
        this.#letters.push({
          update: news,
          keys,
          kept: true,
          held: false,
          word: 0,
          since: Date.now(),
          frame: undefined,
        });
    }
    this.#step();
    await outbox.remove(known);
  }

  /** Everything of this person that is not known to be on the server's disk: this tab's and what dead tabs left. */
  async unsaved(): Promise<Uint8Array[]> {
    const left = (await (await this.#at.outbox).left()).flatMap(({ entries }) => entries);
    const others = left.filter(({ key }) => !this.#holds(key)).map(({ update }) => update);
    return [...others, ...this.#letters.map(({ update }) => update)];
  }

  #mayAdopt(): boolean {
    this.#postponed = this.#holding;
    return this.#answered && !this.#holding && this.#at.free();
  }

  #holds(key: number): boolean {
    return this.#letters.some((letter) => letter.keys.includes(key));
  }

  #replay({ entries }: Left): Uint8Array | 'known' | 'stranded' {
    const update = withoutDeletedText(Y.mergeUpdates(entries.map((entry) => entry.update)));
    if (update.byteLength > MAX_UPDATE_BYTES || !fitsOn(this.#at.doc, update)) return 'stranded';
    let news = false;
    const notice = (): void => {
      news = true;
    };
    this.#at.doc.on('update', notice);
    Y.applyUpdate(this.#at.doc, update, this);
    this.#at.doc.off('update', notice);
    return news ? update : 'known';
  }

  async #keep(letter: Letter): Promise<void> {
    const outbox = await this.#at.outbox;
    letter.keys = [await outbox.add(letter.update)];
    letter.kept = true;
    this.#step();
  }

  #step(): void {
    for (const wake of this.#waiting.splice(0)) wake();
    this.#pump();
    this.#at.changed();
  }
  #nextStep(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Sends what is kept and not sent yet, as one frame. */
  #pump(): void {
    const socket = this.#at.socket();
    if (this.#holding || !this.#answered || socket?.readyState !== 1) return;
    const unsent = this.#letters.filter((letter) => letter.frame === undefined);
    const ready = take(keptOf(unsent));
    if (ready.length === 0) return;
    const [only] = ready;
    const update =
      ready.length === 1 && only
        ? only.update
        : withoutDeletedText(Y.mergeUpdates(ready.map((letter) => letter.update)));
    const frame = this.#send(socket, SYNC.update, update);
    for (const letter of ready) letter.frame = frame;
    this.#pump();
  }

  #send(socket: CountedSocket, step: number, body: Uint8Array): number {
    const frame = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, FRAME.sync);
      encoding.writeVarUint(encoder, step);
      encoding.writeVarUint8Array(encoder, body);
    });
    socket.send(frame as Uint8Array<ArrayBuffer>);
    return socket.tally.sent;
  }
}

/** True if everything that the update hangs on is in the document. */
function fitsOn(doc: Y.Doc, update: Uint8Array): boolean {
  const trial = new Y.Doc();
  Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(trial, update);
  const fits = !trial.store.pendingStructs && !trial.store.pendingDs;
  trial.destroy();
  return fits;
}
