import * as decoding from 'lib0/decoding';
import { FRAME } from '../../shared/live-document.ts';
import { type Call, TraceReader } from './trace.ts';

const LOG_HEADER = 32;
const FRAME_HEADER = 24;
/** The words that the load writes, each only once in the world. */
const MARK = /[甲乙丙丁]\d+\.|[一-龥]{2,3}的第\d+句/g;

type State = 'written' | 'committed' | 'durable';

/** Follows a trace: what the write-ahead log holds of each word, and whether it was on disk when somebody was told of it. */
export class SyncOrder {
  /** Tellings that were looked at: a notice's word, or a word itself in what is sent. */
  notices = 0;
  words = 0;
  syncs = 0;
  readonly early: string[] = [];
  readonly #reader = new TraceReader();
  readonly #marks = new Map<string, State>();
  readonly #streams = new Map<number, Stream>();
  /** Words of the transaction that is being written. */
  #current = new Set<string>();
  #commits = false;
  /** The words of each sync frame of a connection, by its port. */
  readonly #told: (port: number) => readonly string[][] | undefined;

  constructor(told: (port: number) => readonly string[][] | undefined) {
    this.#told = told;
  }

  line(text: string): void {
    const call = this.#reader.read(text);
    if (call?.kind === 'log-write') this.#wrote(call);
    else if (call?.kind === 'log-sync') this.#synced();
    else if (call?.kind === 'send') this.#sent(call.port, call.bytes);
  }

  /** A frame of the log is its header and a page; the header of a transaction's last one says how large the file is then. */
  #wrote({ bytes, offset }: Extract<Call, { kind: 'log-write' }>): void {
    if (offset === 0) return;
    const header = bytes.byteLength === FRAME_HEADER;
    if (header) this.#commits = bytes.readUInt32BE(4) !== 0;
    const page = header
      ? bytes.subarray(0, 0)
      : bytes.subarray((offset - LOG_HEADER) % 4_120 === 0 ? FRAME_HEADER : 0);
    if (!header && page.byteLength < bytes.byteLength) this.#commits = bytes.readUInt32BE(4) !== 0;
    for (const [mark] of page.toString('utf8').matchAll(MARK))
      if (!this.#marks.has(mark)) {
        this.#marks.set(mark, 'written');
        this.#current.add(mark);
      }
    if (header || !this.#commits) return;
    for (const mark of this.#current) this.#marks.set(mark, 'committed');
    this.#current = new Set();
    this.#commits = false;
  }

  #synced(): void {
    this.syncs++;
    for (const [mark, state] of this.#marks) if (state === 'committed') this.#marks.set(mark, 'durable');
  }

  #sent(port: number, bytes: Buffer): void {
    for (const [mark] of bytes.toString('utf8').matchAll(MARK)) {
      this.words++;
      this.#mustBeDurable(mark, `sent to ${port}`);
    }
    const stream = this.#streams.get(port) ?? new Stream();
    this.#streams.set(port, stream);
    for (const frame of stream.add(bytes)) if (frame[0] === FRAME.durable) this.#noticed(port, stream, frame);
  }

  #noticed(port: number, stream: Stream, frame: Uint8Array): void {
    const upTo = decoding.readVarUint(decoding.createDecoder(frame.subarray(1)));
    const told = this.#told(port);
    if (!told) return;
    for (; stream.noticed < upTo; stream.noticed++)
      for (const word of told[stream.noticed] ?? []) {
        this.notices++;
        this.#mustBeDurable(word, `noticed to ${port} as frame ${stream.noticed + 1}`);
      }
  }

  #mustBeDurable(mark: string, how: string): void {
    const state = this.#marks.get(mark);
    if (state !== 'durable') this.early.push(`${mark} was ${how} while ${state ?? 'not written'}`);
  }
}

/** The WebSocket frames that a server sends on one connection: unmasked, behind the answer to the upgrade. */
class Stream {
  noticed = 0;
  #rest: Buffer = Buffer.alloc(0);
  #upgraded = false;

  *add(bytes: Buffer): Generator<Uint8Array> {
    this.#rest = this.#rest.byteLength > 0 ? Buffer.concat([this.#rest, bytes]) : bytes;
    if (!this.#upgraded) {
      const end = this.#rest.indexOf('\r\n\r\n');
      this.#upgraded = this.#rest.subarray(0, 12).toString() === 'HTTP/1.1 101';
      if (!this.#upgraded || end < 0) {
        this.#rest = Buffer.alloc(0);
        return;
      }
      this.#rest = this.#rest.subarray(end + 4);
    }
    for (let frame = this.#next(); frame; frame = this.#next()) yield frame;
  }

  #next(): Uint8Array | undefined {
    const rest = this.#rest;
    if (rest.byteLength < 2) return undefined;
    const short = rest[1]! & 0x7f;
    const at = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (rest.byteLength < at) return undefined;
    const length =
      short === 127 ? Number(rest.readBigUInt64BE(2)) : short === 126 ? rest.readUInt16BE(2) : short;
    if (rest.byteLength < at + length) return undefined;
    this.#rest = rest.subarray(at + length);
    return rest.subarray(at, at + length);
  }
}
