import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { FRAME, MAX_ANSWER_BYTES, MAX_UPDATE_BYTES, SYNC } from '../../../shared/live-document.ts';
import type { CountedSocket } from './counting-socket.ts';
import { withoutDeletedText } from './deleted-text.ts';
import { readyOf, type Letter, take } from './letters.ts';
import type { Left, Outbox } from './outbox.ts';

/** How long the browser's store is waited for: words go out, and count as saved, before they would be shown as late. */
const PATIENCE_MS = 1_500;

interface Surroundings {
  doc: Y.Doc;
  outbox: Promise<Outbox>;
  socket(): CountedSocket | undefined;
  /** The server's state is here, and this tab may write and stays: what dead tabs left can be replayed. */
  free(): boolean;
  changed(): void;
  tooLarge(): void;
}

/**
 * Own updates: first into the outbox, then to the server, out of the outbox again when the server has them on disk. An outbox
 * that hangs holds them up for 1.5 s at most.
 */
export class Delivery {
  readonly #at: Surroundings;
  #letters: Letter[] = [];
  #holding = false;
  #words = 0;
  /** Dead tabs' work was not replayed because of the hold. */
  #postponed = false;
  #stuck = false;
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
  /** The browser's store does not answer: what is made now is sent at once, and not kept on this device. */
  get stuck(): boolean {
    return this.#stuck;
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
      ready: this.#stuck,
      held: this.#holding,
      word: this.#holding ? this.#words : 0,
      since: Date.now(),
      frame: undefined,
    };
    this.#letters.push(letter);
    if (update.byteLength > MAX_UPDATE_BYTES) this.#at.tooLarge();
    void this.#keep(letter);
    if (letter.ready) this.#step();
    else this.#at.changed();
  }

  /** The server's step 1: tells it everything that it lacks, once all of that is in the outbox or that hangs. */
  async answer(stateVector: Uint8Array): Promise<void> {
    const socket = this.#at.socket();
    while (this.#holding || this.#letters.some((letter) => !letter.ready)) await this.#nextStep();
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
    const lefts = await this.#inTime(this.#at.outbox.then((outbox) => outbox.left()));
    // Reading took its time: meanwhile a composition may have begun, or the line or the right to write may be gone.
    if (!lefts || !this.#mayAdopt()) return;
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
          ready: true,
          held: false,
          word: 0,
          since: Date.now(),
          frame: undefined,
        });
    }
    this.#step();
    await (await this.#at.outbox).remove(known);
  }

  /** Everything of this person that is not known to be on the server's disk: this tab's and what dead tabs left. */
  async unsaved(): Promise<Uint8Array[]> {
    const lefts = await this.#inTime(this.#at.outbox.then((outbox) => outbox.left()));
    const entries = (lefts ?? []).flatMap((left) => left.entries);
    const others = entries.filter(({ key }) => !this.#holds(key)).map(({ update }) => update);
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
    const key = this.#at.outbox.then((outbox) => outbox.add(letter.update));
    void this.#inTime(key);
    letter.keys = [await key];
    letter.ready = true;
    this.#step();
    // Kept so late that the server had it before.
    if (!this.#letters.includes(letter)) await (await this.#at.outbox).remove(letter.keys);
  }

  /** The store's answer; undefined when it does not come in time, and from then on nothing waits for the store until it answers. */
  async #inTime<T>(answer: Promise<T>): Promise<T | undefined> {
    const late = new Promise<undefined>((resolve) => {
      const giveUp = (): void => {
        this.#stuck = true;
        for (const letter of this.#letters) letter.ready = true;
        this.#step();
        resolve(undefined);
      };
      const patience = setTimeout(giveUp, this.#stuck ? 0 : PATIENCE_MS);
      void answer.then(() => {
        clearTimeout(patience);
        this.#stuck = false;
        this.#at.changed();
      });
    });
    return Promise.race([answer, late]);
  }

  #step(): void {
    for (const wake of this.#waiting.splice(0)) wake();
    this.#pump();
    this.#at.changed();
  }
  #nextStep(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Sends what is ready and not sent yet, as one frame. */
  #pump(): void {
    const socket = this.#at.socket();
    if (this.#holding || !this.#answered || socket?.readyState !== 1) return;
    const unsent = this.#letters.filter((letter) => letter.frame === undefined);
    const ready = take(readyOf(unsent));
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
