/** WebSocket opcodes of whole messages (RFC 6455 §5.2). */
export const TEXT = 1;
export const BINARY = 2;

/** The length of an unmasked frame's header (RFC 6455 §5.2). */
function headerSize(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

function writeHeader(wire: Buffer, at: number, opcode: number, length: number): void {
  wire[at] = 0x80 | opcode;
  if (length < 126) wire[at + 1] = length;
  else if (length < 65_536) {
    wire[at + 1] = 126;
    wire.writeUInt16BE(length, at + 2);
  } else {
    wire[at + 1] = 127;
    wire.writeUInt32BE(0, at + 2);
    wire.writeUInt32BE(length, at + 6);
  }
}

/** One or more messages, encoded once for all the sockets that get them. Shared: nobody may change it. */
export class Outgoing {
  /** The messages as unmasked WebSocket frames, one after the other. */
  readonly wire: Buffer;
  readonly opcode: number;
  readonly #headerSize: number;
  readonly #joined: readonly Outgoing[] | undefined;

  private constructor(wire: Buffer, opcode: number, header: number, joined?: readonly Outgoing[]) {
    this.wire = wire;
    this.opcode = opcode;
    this.#headerSize = header;
    this.#joined = joined;
  }

  /** The same messages without frames, for other carriers: views into `wire`. */
  get messages(): readonly Uint8Array[] {
    if (this.#joined) return this.#joined.flatMap((each) => each.messages);
    const { buffer, byteOffset, byteLength } = this.wire;
    return [new Uint8Array(buffer, byteOffset + this.#headerSize, byteLength - this.#headerSize)];
  }

  /** One message, put together from its parts, which may be used again afterwards. */
  static of(opcode: number, ...parts: Uint8Array[]): Outgoing {
    let length = 0;
    for (const part of parts) length += part.byteLength;
    const header = headerSize(length);
    // Small ones from the shared pool; what is kept for long is large and has its own memory.
    const wire = Buffer.allocUnsafe(header + length);
    writeHeader(wire, 0, opcode, length);
    let at = header;
    for (const part of parts) {
      wire.set(part, at);
      at += part.byteLength;
    }
    return new Outgoing(wire, opcode, header);
  }

  /** Several of the same kind as one, in this order; at least one. */
  static join(several: readonly Outgoing[]): Outgoing {
    const [first] = several;
    if (!first) throw new Error('nothing to join');
    if (several.length === 1) return first;
    return new Outgoing(Buffer.concat(several.map((each) => each.wire)), first.opcode, 0, several);
  }
}
