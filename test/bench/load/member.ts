import * as Y from 'yjs';
import type { Piece, Said } from './dialect.ts';
import { clientFrame, type Listener, RawSocket } from './raw-socket.ts';
import type { Room } from './room.ts';
import { clockIn, cursorAt, type Writer } from './writer.ts';

const JOIN_MS = 20_000;

/** One client of a room. It knows how far it has got of every writer; some hold a real document besides. */
export class Member implements Listener {
  readonly room: Room;
  /** Undefined for who only reads. */
  readonly writer: Writer | undefined;
  readonly doc: Y.Doc | undefined;
  readonly #own: number;
  readonly #clocks: Int32Array;
  readonly #cursors: Int32Array;
  #early: Piece[] = [];
  #socket: RawSocket | undefined;
  #joined: (() => void) | undefined;
  #answered = false;
  #inSync = false;
  #cursorClock = 0;
  /** When each sync frame was sent, for the notices. */
  readonly #told: number[] = [];
  #noticed = 0;
  closed = 0;

  constructor(room: Room, own: number, real: boolean) {
    this.room = room;
    this.#own = own;
    this.writer = room.writers[own];
    this.doc = real ? new Y.Doc() : undefined;
    this.#clocks = new Int32Array(room.writers.length);
    this.#cursors = new Int32Array(room.writers.length).fill(-1);
  }

  /** Resolves when the document is in sync; a writer has also been asked and has answered. */
  async join(cookie: string): Promise<void> {
    const { target, doc, speech } = this.room;
    const headers = cookie === '' ? {} : { Cookie: cookie };
    const joined = new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${doc} did not answer (${this.closed})`)), JOIN_MS);
      this.#joined = () => {
        clearTimeout(late);
        resolve();
      };
    });
    joined.catch(() => undefined);
    await RawSocket.open(target.port, `${target.path}${doc}`, headers, this);
    if (target.dialect === 'relay') return;
    const login = speech.login();
    const frames = [...(login ? [login] : []), speech.step1()];
    this.#socket!.write(Buffer.concat(frames.map((frame) => clientFrame(frame))));
    await joined;
  }

  leave(): void {
    this.#socket?.destroy();
    this.doc?.destroy();
  }

  /** Types one letter and, if asked to, moves the cursor behind it. */
  type(now: number, cursor: boolean): Buffer {
    const frame = this.writer!.next(now);
    this.#told.push(now);
    return cursor ? Buffer.concat([frame, this.#cursorFrame()]) : frame;
  }

  write(frames: Buffer): void {
    this.#socket!.write(frames);
  }

  /** A sign of life, for servers that send away who says nothing. */
  ping(): void {
    this.#socket!.write(clientFrame(this.room.speech.queryAwareness()));
  }

  get missing(): number {
    if (this.#early.length > 0) return Math.max(1, this.#behind);
    return this.#behind;
  }

  get #behind(): number {
    return this.room.writers.reduce(
      (sum, writer, at) => (at === this.#own ? sum : sum + writer.sent - this.#clocks[at]!),
      0,
    );
  }

  get staleCursors(): number {
    return this.room.writers.filter(
      (writer, at) => at !== this.#own && writer.sent > 0 && this.#cursors[at] !== writer.sent - 1,
    ).length;
  }

  /** Own frames of which nobody has said yet that they are on disk; 0 where that is never said. */
  get unnoticed(): number {
    return this.#noticed === 0 ? 0 : this.#told.length - this.#noticed;
  }

  #cursorFrame(): Buffer {
    const { client, sent } = this.writer!;
    const json = cursorAt(client, sent - 1);
    return clientFrame(this.room.speech.awareness(client, ++this.#cursorClock, json));
  }

  opened(socket: RawSocket): void {
    this.#socket = socket;
  }

  closedBy(code: number): void {
    this.closed = code;
    this.room.meter.fault(`${this.room.doc}: a client was sent away with ${code}`);
  }

  frame(bytes: Buffer, start: number, end: number): void {
    const said = this.room.read(bytes, start, end);
    const { meter } = this.room;
    if (meter.open) meter.frames++;
    if (said.kind === 'update' || said.kind === 'step2') this.#hear(said);
    else if (said.kind === 'awareness') this.#see(said);
    else if (said.kind === 'durable') this.#note(said.count);
    else if (said.kind === 'step1') this.#answer(said.body);
    if (said.kind === 'step2') this.#inSync = true;
    if (this.#inSync && (this.#answered || !this.writer)) this.#joined?.();
  }

  #hear(said: Said): void {
    if (this.doc) Y.applyUpdate(this.doc, said.body);
    const now = performance.now();
    for (const piece of said.pieces) this.#get(piece, now);
    for (let at = 0; this.#early.length > 0 && at < this.#early.length; at++) {
      const [piece] = this.#early.splice(at, 1);
      if (this.#get(piece!, now)) at = -1;
    }
  }

  /** True if it brought something. What comes too early is kept until the gap is filled, as Yjs does. */
  #get(piece: Piece, now: number): boolean {
    const at = this.room.indexOf(piece.client);
    // own letters come back only in company, so there are gaps between them
    if (at === this.#own) return false;
    const reached = this.#clocks[at]!;
    const end = piece.clock + piece.length;
    if (piece.clock > reached) {
      this.#early.push(piece);
      return false;
    }
    if (end <= reached) return false;
    this.#clocks[at] = end;
    this.#count(at, reached, end, now);
    return true;
  }

  #count(writer: number, from: number, to: number, now: number): void {
    const { meter, writers } = this.room;
    if (!meter.open) return;
    meter.delivered += to - from;
    const { sentAt } = writers[writer]!;
    for (let clock = from; clock < to; clock++) meter.delays.add(now - sentAt[clock]!);
  }

  #see(said: Said): void {
    for (const { client, json } of said.shown) {
      const at = this.room.indexOf(client);
      if (at >= 0) this.#cursors[at] = Math.max(this.#cursors[at]!, clockIn(json));
    }
  }

  #note(count: number): void {
    const now = performance.now();
    const { meter } = this.room;
    for (; this.#noticed < count; this.#noticed++)
      if (meter.open) meter.notices.add(now - this.#told[this.#noticed]!);
  }

  /** As every client does: what the other side lacks, be it nothing. */
  #answer(stateVector: Uint8Array): void {
    this.#answered = true;
    const known = Y.decodeStateVector(stateVector);
    const { writer } = this;
    const lacks = writer ? writer.since(known.get(writer.client) ?? 0) : new Uint8Array([0, 0]);
    this.#told.push(performance.now());
    this.#socket!.write(clientFrame(this.room.speech.step2(lacks)));
  }
}
