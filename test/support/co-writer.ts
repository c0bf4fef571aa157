import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { readFrame } from '../../server/collab/protocol.ts';
import { FRAME } from '../../shared/live-document.ts';
import { step1Frame, step2Frame, updateFrame } from './frames.ts';

const COMES_BACK_MS = 100;

export interface Deed {
  kind: 'put' | 'taken';
  word: string;
}

/**
 * Somebody who puts words into a shared list and takes others out, over the bare protocol. What a durable notice covers is in
 * `durable`; the document stays when the line breaks, so the next connection brings what was not noticed.
 */
export class CoWriter {
  readonly doc = new Y.Doc();
  readonly durable: Deed[] = [];
  readonly made: Deed[] = [];
  readonly #name: string;
  readonly #random: () => number;
  /** What each sync frame of each connection carried, by the port of our end: frame n is at n - 1. */
  readonly told = new Map<number, Deed[][]>();
  #pending: Deed[] = [];
  #frames: Deed[][] = [];
  #carried: Deed[][] = [];
  #ws: WebSocket | undefined;
  #busy: NodeJS.Timeout | undefined;
  #count = 0;
  #here = false;
  #closedWith = '';

  constructor(name: string, random: () => number) {
    this.#name = name;
    this.#random = random;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'line') this.#tell(updateFrame(update), this.#pending.slice(-1));
    });
  }

  get list(): Y.Array<string> {
    return this.doc.getArray<string>('words');
  }

  /** Everything asked for has been answered and is on disk. */
  get settled(): boolean {
    return this.#here && this.#pending.length === 0 && this.#frames.length === 0;
  }

  /** For the message of a test that waited in vain. */
  get standing(): string {
    const line = this.#closedWith || (this.#here ? 'open' : 'not asked yet');
    return `${this.#name}: ${line}, ${this.#frames.length} frames without a notice, ${this.#pending.length} edits pending`;
  }

  connect(url: string, cookie: string): void {
    const ws = new WebSocket(url, { headers: { cookie } });
    ws.binaryType = 'nodebuffer';
    ws.on('upgrade', ({ socket }) => this.told.set(socket.localPort!, this.#carried));
    ws.on('open', () => ws.send(step1Frame(Y.encodeStateVector(this.doc))));
    ws.on('message', (data: Buffer) => this.#take(new Uint8Array(data)));
    ws.on('error', () => undefined);
    ws.on('close', (code, reason) => {
      if (this.#ws !== ws) return;
      this.#closedWith = `closed with ${code} ${reason.toString()}`;
      // Not now, says the server, and every page of ours comes back then.
      if (code === 4503) setTimeout(() => this.#ws === ws && this.connect(url, cookie), COMES_BACK_MS);
    });
    this.#closedWith = '';
    this.#ws = ws;
    this.#frames = [];
    this.#carried = [];
    this.#here = false;
  }

  /** As after a crash of the server: nothing more goes out or comes in. */
  cut(): void {
    this.#ws?.removeAllListeners('message');
    this.#ws?.on('error', () => undefined);
    this.#ws?.terminate();
    this.#ws = undefined;
    this.#here = false;
  }

  write(every: number): void {
    this.rest();
    this.#busy = setInterval(() => {
      if (this.#here) this.#edit();
    }, every);
  }

  rest(): void {
    clearInterval(this.#busy);
  }

  #edit(): void {
    const { list } = this;
    const at = Math.floor(this.#random() * list.length);
    const deed: Deed =
      list.length > 20 && this.#random() < 0.4
        ? { kind: 'taken', word: list.get(at) }
        : { kind: 'put', word: `${this.#name}${++this.#count}.` };
    this.#pending.push(deed);
    this.made.push(deed);
    if (deed.kind === 'put') list.insert(at, [deed.word]);
    else list.delete(at, 1);
  }

  #tell(frame: Uint8Array, deeds: Deed[]): void {
    if (!this.#here) return;
    this.#frames.push(deeds);
    this.#carried.push(deeds);
    this.#ws?.send(frame);
  }

  #noticed = 0;
  #take(bytes: Uint8Array): void {
    if (bytes[0] === FRAME.durable) {
      const upTo = decoding.readVarUint(decoding.createDecoder(bytes.subarray(1)));
      for (; this.#noticed < upTo; this.#noticed++) {
        for (const deed of this.#frames.shift() ?? []) this.#keep(deed);
      }
      return;
    }
    const frame = readFrame(bytes);
    if (frame.kind === 'step1') {
      if (!this.#here) this.#noticed = 0;
      this.#here = true;
      this.#tell(step2Frame(Y.encodeStateAsUpdate(this.doc, frame.stateVector)), [...this.#pending]);
    } else if (frame.kind === 'step2' || frame.kind === 'update')
      Y.applyUpdate(this.doc, frame.update, 'line');
  }

  #keep(deed: Deed): void {
    const at = this.#pending.indexOf(deed);
    if (at < 0) return;
    this.#pending.splice(at, 1);
    this.durable.push(deed);
  }
}

/** Reads a document as somebody who has never seen it. */
export async function readWords(url: string, cookie: string): Promise<string[]> {
  const doc = new Y.Doc();
  const ws = new WebSocket(url, { headers: { cookie } });
  ws.binaryType = 'nodebuffer';
  try {
    await new Promise<void>((resolve, reject) => {
      ws.on('open', () => ws.send(step1Frame(Y.encodeStateVector(doc))));
      ws.on('error', reject);
      ws.on('close', (code) => reject(new Error(`closed with ${code}`)));
      ws.on('message', (data: Buffer) => {
        const frame = readFrame(new Uint8Array(data));
        if (frame.kind !== 'step2') return;
        Y.applyUpdate(doc, frame.update);
        resolve();
      });
    });
  } finally {
    ws.removeAllListeners('close').terminate();
  }
  return doc.getArray<string>('words').toArray();
}
