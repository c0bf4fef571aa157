import { Histogram } from './histogram.ts';
import { type Piece, type Said, Speech } from './dialect.ts';
import { FrameCache } from './frame-cache.ts';
import type { Member } from './member.ts';
import { Writer } from './writer.ts';
import type { Target } from './job.ts';

/** What is counted while the window is open, over all rooms. */
export class Meter {
  open = false;
  delivered = 0;
  frames = 0;
  delays = new Histogram();
  /** From sending to the notice that it is on disk. */
  notices = new Histogram();
  faults: string[] = [];

  start(): void {
    Object.assign(this, { open: true, delivered: 0, frames: 0 });
    this.delays = new Histogram();
    this.notices = new Histogram();
  }

  fault(text: string): void {
    if (this.faults.length < 10 && !this.faults.includes(text)) this.faults.push(text);
  }
}

/** One document, its writers and those who receive: who has got what, checked letter by letter. */
export class Room {
  readonly target: Target;
  readonly doc: string;
  readonly speech: Speech;
  readonly meter: Meter;
  readonly writers: Writer[];
  readonly members: Member[] = [];
  readonly #cache: FrameCache<Said>;
  readonly #indexOf: Map<number, number>;

  constructor(target: Target, doc: string, meter: Meter, clientIds: number[]) {
    this.target = target;
    this.doc = doc;
    this.meter = meter;
    const speech = new Speech(target.dialect, doc);
    this.speech = speech;
    this.writers = clientIds.map((id) => new Writer(id, speech));
    this.#indexOf = new Map(clientIds.map((id, at) => [id, at]));
    this.#cache = new FrameCache((bytes) => this.#checked(speech.read(bytes)));
  }

  /** What a frame says; the letters in it have been compared with what their writers wrote. */
  read(bytes: Buffer, start: number, end: number): Said {
    return this.#cache.get(bytes, start, end);
  }

  indexOf(client: number): number {
    return this.#indexOf.get(client) ?? -1;
  }

  #checked(said: Said): Said {
    if (said.pieces.length === 0) return said;
    const known = said.pieces.filter((piece) => this.#indexOf.has(piece.client));
    for (const piece of known)
      if (!this.#matches(piece)) this.meter.fault(`${this.doc}: other words arrived`);
    return { ...said, pieces: known };
  }

  #matches({ client, clock, length, text }: Piece): boolean {
    const writer = this.writers[this.indexOf(client)]!;
    return writer.text.startsWith(text, clock) && text.length === length;
  }

  /** Letters that some receiver has not got. */
  get missing(): number {
    return this.members.reduce((sum, member) => sum + member.missing, 0);
  }

  /** Cursors that some receiver has not seen where they stand last. */
  get staleCursors(): number {
    return this.members.reduce((sum, member) => sum + member.staleCursors, 0);
  }
}
