import type { Socket } from 'socket.io';
import { Outgoing, TEXT } from '../platform/outgoing.ts';
import { writeFrames } from '../platform/ws-write.ts';

/** Above this nothing more is told to a socket until it has read on. */
export const MAX_WAITING_BYTES = 512 * 1024;
const LOOK_AGAIN_MS = 200;
export const MAX_BEHIND_MS = 30_000;

/** What is used here of an Engine.IO socket (6.x); two parts are not in its types and are checked before each use. */
interface Conn {
  readonly readyState: string;
  readonly transport: { readonly name: string; readonly socket?: WebSocketLike };
  /** Packets that the transport has not been given yet. */
  readonly writeBuffer?: readonly { readonly data?: unknown }[];
  write(packet: string): unknown;
  close(discard?: boolean): unknown;
}
type WebSocketLike = Parameters<typeof writeFrames>[0] & { terminate(): void };

/** An event encoded once for all who are told. */
export interface Told {
  /** The Socket.IO packet. */
  packet: string;
  /** The same as a WebSocket frame. */
  frame: Outgoing;
}

/** Without binary content: an event of the main namespace (Socket.IO packet 2) in a message of Engine.IO (packet 4). */
export function encode(event: string, payload: unknown): Told {
  const packet = `2${JSON.stringify([event, payload])}`;
  return { packet, frame: Outgoing.of(TEXT, Buffer.from(`4${packet}`)) };
}

const connOf = (socket: Socket): Conn => socket.conn as unknown as Conn;

const sizeOf = ({ data }: { readonly data?: unknown }): number =>
  typeof data === 'string' ? data.length : data instanceof Uint8Array ? data.byteLength : 0;

/** How many bytes wait for this socket in this process, answers included (text by its length). */
export function waitingFor(socket: Socket): number {
  const { transport, writeBuffer = [] } = connOf(socket);
  const given = transport.socket?.bufferedAmount ?? 0;
  return writeBuffer.length === 0 ? given : writeBuffer.reduce((sum, packet) => sum + sizeOf(packet), given);
}

/** Ends the connection at once, whatever still waits to be sent. */
export function cutOff(socket: Socket): void {
  const conn = connOf(socket);
  if (conn.transport.socket) conn.transport.socket.terminate();
  else conn.close(true);
}

/** The WebSocket, when a frame written to it now stands behind everything that this connection was given before. */
function direct({ transport, writeBuffer }: Conn): WebSocketLike | undefined {
  return transport.name === 'websocket' && writeBuffer?.length === 0 ? transport.socket : undefined;
}

/**
 * What one socket is told without having asked. A slow reader is not sent a backlog: of each kind the newest is kept, and told when
 * it has read on; from that it sees what it has missed. Who has not done so after half a minute is cut off and comes again.
 */
export class Line {
  readonly #socket: Socket;
  readonly #maxBehindMs: number;
  #kept: Map<string, Told> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, maxBehindMs: number) {
    this.#socket = socket;
    this.#maxBehindMs = maxBehindMs;
  }

  /** `kind` names what replaces what: of two things of one kind the newer says enough. */
  tell(kind: string, told: Told): void {
    if (this.#kept) {
      this.#kept.set(kind, told);
      return;
    }
    this.#give(told);
    if (waitingFor(this.#socket) > MAX_WAITING_BYTES) this.#fallBehind();
  }

  /** Nothing of these kinds is to be told any more. */
  forget(which: (kind: string) => boolean): void {
    for (const kind of this.#kept?.keys() ?? []) if (which(kind)) this.#kept?.delete(kind);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#kept = undefined;
  }

  #give({ packet, frame }: Told): void {
    const conn = connOf(this.#socket);
    if (conn.readyState !== 'open') return;
    const ws = direct(conn);
    if (ws) writeFrames(ws, [frame]);
    else conn.write(packet);
  }

  #fallBehind(): void {
    this.#kept = new Map();
    const since = Date.now();
    this.#timer = setInterval(() => {
      if (waitingFor(this.#socket) <= MAX_WAITING_BYTES / 4) this.#goOn();
      else if (Date.now() - since > this.#maxBehindMs) cutOff(this.#socket);
    }, LOOK_AGAIN_MS);
  }

  #goOn(): void {
    const kept = this.#kept ?? new Map<string, Told>();
    this.stop();
    for (const [kind, told] of kept) this.tell(kind, told);
  }
}
