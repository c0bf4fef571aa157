import { connect, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';

export const TEXT = 1;
export const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
/** Frames above this are gathered in a buffer of their own size. */
const BIG = 16 * 1024;

/** All sockets read into one buffer: what is in it is read before the next one is served. */
const shared = Buffer.allocUnsafeSlow(256 * 1024);

export interface Listener {
  /** The server has accepted; comes before the first frame. */
  opened(socket: RawSocket): void;
  /** The bytes are only valid during the call. */
  frame(bytes: Buffer, start: number, end: number, opcode: number): void;
  closedBy(code: number): void;
}

/** A frame as a client sends it. The mask is zero, which the protocol allows and which costs nothing. */
export function clientFrame(payload: Uint8Array, opcode = BINARY): Buffer {
  const { length } = payload;
  const wide = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = Buffer.alloc(2 + wide + 4 + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (wide === 0 ? length : wide === 2 ? 126 : 127);
  if (wide === 2) frame.writeUInt16BE(length, 2);
  if (wide === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.set(payload, 2 + wide + 4);
  return frame;
}

/**
 * The least WebSocket client that will do: no extensions, no fragments, no copies of small frames. It exists because 1,000
 * full clients would cost more than the server that is measured.
 */
export class RawSocket {
  readonly #socket: Socket;
  readonly #listener: Listener;
  #waiting: { resolve(): void; reject(error: Error): void } | undefined;
  #head = '';
  #rest: Buffer | undefined;
  #big: { bytes: Buffer; have: number; opcode: number } | undefined;
  #ended = false;

  private constructor(port: number, listener: Listener) {
    this.#listener = listener;
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (length) => {
          this.#take(shared, length);
          return true;
        },
      },
    });
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => this.#end(1006));
  }

  /** Resolves when the server has accepted; rejects when it has not. */
  static open(port: number, path: string, headers: Record<string, string>, listener: Listener) {
    return new Promise<void>((resolve, reject) => {
      const socket = new RawSocket(port, listener);
      socket.#waiting = { resolve, reject };
      const lines = {
        Host: `127.0.0.1:${port}`,
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
        ...headers,
      };
      const text = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.#socket.write(`GET ${path} HTTP/1.1\r\n${text.join('')}\r\n`);
    });
  }

  /** Writes whole frames made by `clientFrame`. */
  write(frames: Buffer): void {
    this.#socket.write(frames);
  }

  /** Ends at once and tells nobody. */
  destroy(): void {
    this.#ended = true;
    this.#socket.destroy();
  }

  #end(code: number): void {
    this.#waiting?.reject(
      new Error(`the server closed the line with ${code} ${this.#head.split('\r\n')[0]}`),
    );
    const told = this.#waiting === undefined;
    this.#waiting = undefined;
    if (this.#ended) return;
    this.#ended = true;
    if (told) this.#listener.closedBy(code);
  }

  #take(bytes: Buffer, length: number): void {
    if (!this.#waiting) return this.#read(bytes, 0, length);
    this.#head += bytes.toString('latin1', 0, length);
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0) return;
    if (!this.#head.startsWith('HTTP/1.1 101')) {
      this.#end(1002);
      this.#socket.destroy();
      return;
    }
    const first = Buffer.from(this.#head.slice(end + 4), 'latin1');
    this.#head = '';
    this.#listener.opened(this);
    this.#waiting.resolve();
    this.#waiting = undefined;
    this.#read(first, 0, first.length);
  }

  #read(bytes: Buffer, from: number, to: number): void {
    let at = from;
    const big = this.#big;
    if (big) {
      const take = Math.min(big.bytes.length - big.have, to - at);
      bytes.copy(big.bytes, big.have, at, at + take);
      big.have += take;
      at += take;
      if (big.have < big.bytes.length) return;
      this.#big = undefined;
      this.#handle(big.opcode, big.bytes, 0, big.bytes.length);
    } else if (this.#rest) {
      bytes = Buffer.concat([this.#rest, bytes.subarray(at, to)]);
      this.#rest = undefined;
      at = 0;
      to = bytes.length;
    }
    while (at < to && !this.#ended) {
      const short = bytes[at + 1]! & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (to - at < head) break;
      const length =
        short < 126
          ? short
          : short === 126
            ? bytes.readUInt16BE(at + 2)
            : Number(bytes.readBigUInt64BE(at + 2));
      const opcode = bytes[at]! & 0x0f;
      const start = at + head;
      if (start + length > to) {
        if (length < BIG) break;
        this.#big = { bytes: Buffer.allocUnsafeSlow(length), have: to - start, opcode };
        bytes.copy(this.#big.bytes, 0, start, to);
        return;
      }
      this.#handle(opcode, bytes, start, start + length);
      at = start + length;
    }
    if (at < to) this.#rest = Buffer.from(bytes.subarray(at, to));
  }

  #handle(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === BINARY || opcode === TEXT) this.#listener.frame(bytes, start, end, opcode);
    else if (opcode === PING) this.write(clientFrame(bytes.subarray(start, end), PONG));
    else if (opcode === CLOSE) {
      this.#end(end - start >= 2 ? bytes.readUInt16BE(start) : 1005);
      this.#socket.destroy();
    } else if (opcode === 0) throw new Error('a frame in pieces, which no server here sends');
  }
}
