import * as Y from 'yjs';
import { MAX_ANSWER_BYTES, MAX_UPDATE_BYTES, SYNC } from '../../../shared/live-document.ts';
import { ticks } from '../clock.ts';
import type { CountedSocket } from './counting-socket.ts';
import { withoutDeletedText } from './deleted-text.ts';
import { readyOf, type Letter, letterOf, take } from './letters.ts';
import { lostWords } from './lost-words.ts';
import type { Left, Look, Outbox } from './outbox.ts';
import { Patience } from './patience.ts';
import { replay } from './replay.ts';
import { syncFrame } from './sync-frame.ts';

/** So soon another tab that may be gone is looked at again. */
const DOUBT_MS = 1_000;

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
  readonly #patience = new Patience(() => {
    if (this.stuck) for (const letter of this.#letters) letter.ready = true;
    else if (!this.#looked) void this.adopt();
    this.#step();
  });
  /** It is known, since the server's question, what other tabs have in the outbox. */
  #looked = false;
  /** Since when the outbox holds words of a tab that may be gone. */
  #doubt: number | undefined;
  #stranded: readonly Left[] = [];
  #again: ReturnType<typeof setTimeout> | undefined;
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
  /** The server's question was answered, and other tabs' words were looked for (or the store hangs). */
  get settled(): boolean {
    return this.#answered && (this.#looked || this.stuck);
  }
  /** The outbox holds words of a tab that may be gone: nobody may be sending them. */
  get doubtful(): boolean {
    return this.#doubt !== undefined;
  }
  /** How many updates of tabs that are gone hang on what is not there: they wait for it, or for their words to be copied. */
  get stranded(): number {
    return this.#stranded.reduce((sum, { entries }) => sum + entries.length, 0);
  }
  /** The browser's store does not answer: what is made now is sent at once, and not kept on this device. */
  get stuck(): boolean {
    return this.#patience.stuck;
  }
  /** Since when the oldest of them waits, compositions aside, or another tab's words. */
  get oldest(): number | undefined {
    const letter = this.#letters.find((each) => !each.held)?.since;
    const times = [letter, this.#at.socket()?.tally.oldest, this.#doubt].filter((time) => time !== undefined);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** Takes an update that was just made here. */
  take(update: Uint8Array): void {
    const word = this.#holding ? this.#words : 0;
    const letter = letterOf(update, { ready: this.stuck, held: this.#holding, word });
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
    const lost = lostWords(this.#at.doc, stateVector, missing, this.#letters);
    if (lost) {
      const letter = letterOf(lost, { ready: true });
      this.#letters.push(letter);
      void this.#keep(letter);
    }
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
    this.#looked = false;
    this.#doubt = undefined;
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
      letter.since = ticks();
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
    const look = await this.#look();
    // Reading took its time: meanwhile a composition may have begun, or the line or the right to write may be gone.
    if (!look || !this.#mayAdopt()) return;
    const known: number[] = [];
    const stranded: Left[] = [];
    for (const left of look.left) {
      const entries = left.entries.filter(({ key }) => !this.#holds(key));
      if (entries.length === 0) continue;
      const keys = entries.map(({ key }) => key);
      const updates = entries.map(({ update }) => update);
      const update = replay(this.#at.doc, updates, this);
      if (update === 'known') known.push(...keys);
      else if (update === 'stranded') stranded.push({ ...left, entries });
      else {
        this.#letters.push(letterOf(update, { ready: true, keys }));
      }
    }
    this.#looked = true;
    this.#stranded = stranded;
    this.#doubt = look.doubtful.length > 0 ? (this.#doubt ?? ticks()) : undefined;
    clearTimeout(this.#again);
    if (this.doubtful) this.#again = setTimeout(() => void this.adopt(), DOUBT_MS);
    this.#step();
    await (await this.#at.outbox).remove(known);
  }

  /** Everything of this person that is not known to be on the server's disk: this tab's, and what tabs left that are or may be gone. */
  async unsaved(): Promise<Uint8Array[]> {
    const look = await this.#look();
    const entries = look ? [...look.left, ...look.doubtful].flatMap((left) => left.entries) : [];
    const others = entries.filter(({ key }) => !this.#holds(key)).map(({ update }) => update);
    return [...others, ...this.#letters.map(({ update }) => update)];
  }

  /** The person has their words and wants to hear no more of them. */
  async forgetStranded(): Promise<void> {
    const keys = this.#stranded.flatMap(({ entries }) => entries.map(({ key }) => key));
    this.#stranded = [];
    this.#at.changed();
    await (await this.#at.outbox).remove(keys);
  }

  #look(): Promise<Look | undefined> {
    return this.#patience.wait(this.#at.outbox.then((outbox) => outbox.look()));
  }

  #mayAdopt(): boolean {
    this.#postponed = this.#holding;
    return this.#answered && !this.#holding && this.#at.free();
  }

  #holds(key: number): boolean {
    return this.#letters.some((letter) => letter.keys.includes(key));
  }

  async #keep(letter: Letter): Promise<void> {
    const key = this.#at.outbox.then((outbox) => outbox.add(letter.update));
    void this.#patience.wait(key);
    letter.keys = [await key];
    letter.ready = true;
    this.#step();
    // Kept so late that the server had it before.
    if (!this.#letters.includes(letter)) await (await this.#at.outbox).remove(letter.keys);
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
    socket.send(syncFrame(step, body));
    return socket.tally.sent;
  }
}
