import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import type { Documents } from '../../server/collab/documents.ts';
import { readFrame } from '../../server/collab/protocol.ts';
import type { DocSocket } from '../../server/platform/doc-socket.ts';
import type { Outgoing } from '../../server/platform/outgoing.ts';
import { FRAME } from '../../shared/live-document.ts';
import { awarenessFrame, step1Frame, step2Frame, updateFrame } from '../support/frames.ts';

/** A line in the hands of the simulation: what is on its way in either direction arrives in order, when the simulation says so. */
export class Line implements DocSocket {
  readonly up: Uint8Array[] = [];
  readonly down: Uint8Array[] = [];
  /** The server has closed it with this code; told to the client after what is still on its way. */
  closedWith: number | undefined;
  /** Silently loses what the server sends. Only for a planted fault. */
  leak: (() => boolean) | undefined;
  #buffered = 0;
  #take: (frame: Uint8Array) => void = () => undefined;
  #left: () => void = () => undefined;
  #over = false;

  get bufferedAmount(): number {
    return this.#buffered;
  }
  send(several: readonly Outgoing[]): void {
    for (const { messages } of several)
      for (const frame of messages) {
        if (this.#over || this.closedWith !== undefined || this.leak?.()) continue;
        this.down.push(frame);
        this.#buffered += frame.byteLength;
      }
  }
  sendOne(one: Outgoing): boolean {
    this.send([one]);
    return this.#buffered < 64 * 1024;
  }
  close(code: number): void {
    this.closedWith ??= code;
    queueMicrotask(() => this.hangUp());
  }
  onMessage(take: (frame: Uint8Array) => void): void {
    this.#take = take;
  }
  onClose(left: () => void): void {
    this.#left = left;
  }

  deliverUp(): void {
    const frame = this.up.shift();
    if (frame && !this.#over) this.#take(frame);
  }
  takeDown(): Uint8Array | undefined {
    const frame = this.down.shift();
    this.#buffered -= frame?.byteLength ?? 0;
    return frame;
  }
  /** The server hears of the end. */
  hangUp(): void {
    if (this.#over) return;
    this.#over = true;
    this.#left();
  }
}

/** An honest client as y-websocket is one: sends what is written at once, asks with step 1, answers the server's; its document outlives its lines. */
export class SimClient {
  readonly doc = new Y.Doc();
  readonly person: string;
  line: Line | undefined;
  /** Sync frames told on this line, and how many of them were noticed as durable. */
  told = 0;
  durable = 0;
  closes: number[] = [];
  readonly made: Uint8Array[] = [];
  /** Answers no question. Only for a planted fault. */
  silent = false;
  #clock = 0;

  constructor(person: string, clientId: number) {
    this.person = person;
    this.doc.clientID = clientId;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'line') return;
      this.made.push(update);
      this.#tell(updateFrame(update));
    });
  }

  connect(documents: Documents, name: string): Line {
    const line = new Line();
    this.line = line;
    this.told = this.durable = 0;
    documents.connect(line, name, { personId: this.person, name: this.person, access: async () => 'write' });
    line.up.push(step1Frame(Y.encodeStateVector(this.doc)));
    return line;
  }

  /** Something sent already is sent again. */
  repeat(random: () => number): void {
    const some = this.made[Math.floor(random() * this.made.length)];
    if (some) this.#tell(updateFrame(some));
  }
  ask(): void {
    this.line?.up.push(step1Frame(Y.encodeStateVector(this.doc)));
  }
  show(): void {
    const { clientID: clientId } = this.doc;
    this.line?.up.push(awarenessFrame([{ clientId, clock: ++this.#clock, json: '{"cell":"a1"}' }]));
  }

  /** Takes one frame, or the end of the line once all frames before it are taken. */
  hear(): void {
    const { line } = this;
    if (!line) return;
    const bytes = line.takeDown();
    if (!bytes) {
      if (line.closedWith !== undefined) this.#closed(line.closedWith);
      return;
    }
    if (bytes[0] === FRAME.durable) {
      this.durable = decoding.readVarUint(decoding.createDecoder(bytes.subarray(1)));
      return;
    }
    const frame = readFrame(bytes);
    if (frame.kind === 'step1' && this.silent) return;
    if (frame.kind === 'step1') this.#tell(step2Frame(Y.encodeStateAsUpdate(this.doc, frame.stateVector)));
    else if (frame.kind === 'step2' || frame.kind === 'update') Y.applyUpdate(this.doc, frame.update, 'line');
  }

  #closed(code: number): void {
    this.closes.push(code);
    this.line = undefined;
  }
  #tell(frame: Uint8Array): void {
    if (!this.line) return;
    this.told++;
    this.line.up.push(frame);
  }
}
