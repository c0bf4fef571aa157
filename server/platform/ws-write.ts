import type { Socket } from 'node:net';
import { BINARY, type Outgoing } from './outgoing.ts';

/** What is used here of a server's `ws` socket (8.x); the underscored parts are checked before each use. */
interface WebSocketLike {
  readonly readyState: number;
  readonly bufferedAmount: number;
  readonly _socket?: Socket | null;
  readonly _extensions?: object;
  readonly _sender?: { readonly _state?: number; readonly _queue?: readonly unknown[] } | null;
  send(data: Uint8Array | string, options: { binary: boolean; compress?: boolean }): void;
}

const OPEN = 1;

/**
 * Writes finished frames to the TCP socket under a `ws` socket, all of one call in one write: `ws.send` makes two buffers and a
 * callback for each message and receiver. Order with the control frames of `ws` is kept because these go to the same TCP socket
 * and, without compression, are never held back; whenever that is not certain, or the inside of `ws` looks different from what is
 * expected, it goes through `ws.send`. Backpressure is the caller's affair: see `bufferedAmount`, which counts what is written here
 * as well. Does nothing on a socket that is not open.
 */
export function writeFrames(ws: WebSocketLike, several: readonly Outgoing[]): void {
  if (ws.readyState !== OPEN) return;
  const stream = direct(ws);
  if (!stream) {
    for (const each of several) slowly(ws, each);
    return;
  }
  stream.cork();
  for (const each of several) stream.write(each.wire);
  stream.uncork();
}

/** The same for one: the way of nearly everything in a large room. True if hardly anything waits for the other side. */
export function writeFrame(ws: WebSocketLike, one: Outgoing): boolean {
  if (ws.readyState !== OPEN) return true;
  const stream = direct(ws);
  if (stream) return stream.write(one.wire);
  slowly(ws, one);
  return false;
}

/** The TCP socket, if frames written to it now stand after everything that `ws` was given before. */
function direct({ _socket, _sender, _extensions }: WebSocketLike): Socket | undefined {
  if (!_socket?.writable || _socket.writableCorked > 0) return undefined;
  if (_sender?._state !== 0 || _sender._queue?.length !== 0) return undefined;
  return _extensions && isEmpty(_extensions) ? _socket : undefined;
}

function isEmpty(names: object): boolean {
  for (const _ in names) return false;
  return true;
}

function slowly(ws: WebSocketLike, { messages, opcode }: Outgoing): void {
  for (const message of messages)
    if (ws.readyState === OPEN) ws.send(message, { binary: opcode === BINARY, compress: false });
}
