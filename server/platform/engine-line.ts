import { Outgoing, TEXT } from './outgoing.ts';
import { writeFrames } from './ws-write.ts';

/** What is used here of an Engine.IO socket (6.x); two parts are not in its types and are checked before each use. */
export interface Conn {
  readonly readyState: string;
  readonly transport: { readonly name: string; readonly socket?: WebSocketLike };
  /** Packets that the transport has not been given yet. */
  readonly writeBuffer?: readonly { readonly data?: unknown }[];
  write(packet: string): unknown;
  close(discard?: boolean): unknown;
}
type WebSocketLike = Parameters<typeof writeFrames>[0] & { terminate(): void };

/** An event of the main namespace, without binary content, encoded once for all who are told. */
export interface Told {
  /** The Socket.IO packet. */
  packet: string;
  /** The same as a WebSocket frame. */
  frame: Outgoing;
}

/** An event is packet 2 of Socket.IO, in a message, which is packet 4 of Engine.IO. */
export function encode(event: string, payload: unknown): Told {
  const packet = `2${JSON.stringify([event, payload])}`;
  return { packet, frame: Outgoing.of(TEXT, Buffer.from(`4${packet}`)) };
}

/** The connection under a Socket.IO socket of the server: the same one as long as that lives. */
export const connOf = (socket: { readonly conn: unknown }): Conn => socket.conn as Conn;

/** The WebSocket, when a frame written to it now stands behind everything that this connection was given before. */
function direct({ transport, writeBuffer }: Conn): WebSocketLike | undefined {
  return transport.name === 'websocket' && writeBuffer?.length === 0 ? transport.socket : undefined;
}

/** Sends to one socket; the order of everything that goes to it stays as it was sent. */
export function send(conn: Conn, { packet, frame }: Told): void {
  if (conn.readyState !== 'open') return;
  const ws = direct(conn);
  if (ws) writeFrames(ws, [frame]);
  else conn.write(packet);
}

const sizeOf = ({ data }: { readonly data?: unknown }): number =>
  typeof data === 'string' ? data.length : data instanceof Uint8Array ? data.byteLength : 0;

/** How many bytes wait for this socket in this process, answers included (text by its length). */
export function waitingFor({ transport, writeBuffer = [] }: Conn): number {
  const given = transport.socket?.bufferedAmount ?? 0;
  return writeBuffer.length === 0 ? given : writeBuffer.reduce((sum, packet) => sum + sizeOf(packet), given);
}

/** Ends the connection at once, whatever still waits to be sent. */
export function cutOff(conn: Conn): void {
  if (conn.transport.socket) conn.transport.socket.terminate();
  else conn.close(true);
}
