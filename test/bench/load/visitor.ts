import * as Y from 'yjs';
import { Speech } from './dialect.ts';
import { digestOf, digestOfUpdate, type MadeDocument } from './document.ts';
import { FrameCache } from './frame-cache.ts';
import type { Target } from './job.ts';
import { clientFrame, type Listener, RawSocket } from './raw-socket.ts';

const MOST_MS = 60_000;

/** Digests of documents by the bytes that bring them, so that equal answers are read once. */
const digests = new FrameCache((bytes) => digestOfUpdate(bytes));

/**
 * One client that opens a document and looks whether it is the expected one. Mostly the first answer is; a server that
 * answers before it has loaded sends the rest later, so what came is put together then.
 */
export class Visitor implements Listener {
  readonly #target: Target;
  readonly #doc: string;
  readonly #speech: Speech;
  readonly #expected: MadeDocument | undefined;
  #socket: RawSocket | undefined;
  #met: (() => void) | undefined;
  #parts: Uint8Array[] = [];
  /** The code that the server has sent it away with; 0 while it is there. */
  closed = 0;
  /** Answered, and (if something was expected) the document is whole. */
  ready = false;

  /** Without `expected` any answer will do. */
  constructor(target: Target, doc: string, expected?: MadeDocument) {
    this.#target = target;
    this.#doc = doc;
    this.#speech = new Speech(target.dialect, doc);
    this.#expected = expected;
  }

  /** Resolves when the server has answered with the whole document; rejects when it has not within a minute. */
  async come(cookie: string): Promise<void> {
    const met = new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${this.#doc} did not come (${this.closed})`)), MOST_MS);
      this.#met = () => {
        clearTimeout(late);
        resolve();
      };
    });
    met.catch(() => undefined);
    const headers = cookie === '' ? {} : { Cookie: cookie };
    await RawSocket.open(this.#target.port, `${this.#target.path}${this.#doc}`, headers, this);
    if (this.#target.dialect !== 'relay') await met;
  }

  /** Brings the document. */
  upload(made: MadeDocument): void {
    this.#socket!.write(clientFrame(this.#speech.update(made.update)));
  }

  ping(): void {
    if (this.closed === 0) this.#socket!.write(clientFrame(this.#speech.queryAwareness()));
  }

  leave(): void {
    this.#socket?.destroy();
  }

  opened(socket: RawSocket): void {
    this.#socket = socket;
    if (this.#target.dialect === 'relay') return;
    const login = this.#speech.login();
    const frames = [...(login ? [login] : []), this.#speech.step1()];
    socket.write(Buffer.concat(frames.map((frame) => clientFrame(frame))));
  }

  closedBy(code: number): void {
    this.closed = code;
  }

  frame(bytes: Buffer, start: number, end: number): void {
    const part = this.#speech.syncBody(bytes.subarray(start, end));
    if (part?.step === 0) this.#socket!.write(clientFrame(this.#speech.step2(new Uint8Array([0, 0]))));
    else if (part && !this.ready) this.#take(part.body, part.step === 1);
  }

  #take(body: Uint8Array, isAnswer: boolean): void {
    if (this.#expected) {
      this.ready = this.#parts.length === 0 && this.#isWhole(body);
      if (!this.ready) this.ready = this.#isWholeWith(body.slice());
    } else this.ready = isAnswer;
    if (this.ready) this.#met?.();
  }

  #isWhole(body: Uint8Array): boolean {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    return digests.get(bytes, 0, bytes.length) === this.#expected!.digest;
  }

  #isWholeWith(body: Uint8Array): boolean {
    this.#parts.push(body);
    const doc = new Y.Doc();
    for (const part of this.#parts) Y.applyUpdate(doc, part);
    const same = digestOf(doc) === this.#expected!.digest;
    doc.destroy();
    if (same) this.#parts = [];
    return same;
  }
}

/** Brings a document to the server and waits until a newcomer gets it whole. The uploader stays. */
export async function bring(
  target: Target,
  doc: string,
  made: MadeDocument,
  cookie: string,
): Promise<Visitor> {
  const author = new Visitor(target, doc);
  await author.come(cookie);
  author.upload(made);
  const reader = new Visitor(target, doc, made);
  await reader.come(cookie);
  reader.leave();
  return author;
}
