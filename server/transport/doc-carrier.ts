import type { Server, Socket } from 'socket.io';
import { CARRIER } from '../../shared/live-document.ts';
import type { DocSocket } from '../platform/doc-socket.ts';
import type { Outgoing } from '../platform/outgoing.ts';
import { connect, type DoorParts, decide, MAX_PAYLOAD } from './door.ts';
import type { Taken } from './packets.ts';

const MAX_CHANNELS = 16;
/** With more than this unread nothing new is opened on a line: whoever never reads cannot pile up answers. */
const MAX_UNREAD = 4 * 1024 * 1024;

/** Small events, but for frames, which have their bytes in one binary part. */
export const CARRIED: Taken = {
  events: new Map([CARRIER.open, CARRIER.frame, CARRIER.close, CARRIER.read].map((event) => [event, 20])),
  attachments: 1,
};

interface Channel {
  take(frame: Uint8Array): void;
  left(): void;
}

/**
 * Live documents over Socket.IO long-polling, for networks that let no WebSocket through: several documents on one line, each a
 * numbered channel. Identity and rights are asked for each, as for an upgrade, and end with the same codes.
 */
export function serveCarrier(io: Server, parts: DoorParts): void {
  io.of(CARRIER.namespace).on('connection', (socket) => {
    const line = new Line(socket, parts);
    socket.on('error', () => undefined);
    socket.on(CARRIER.open, (channel: unknown, doc: unknown, version: unknown) =>
      line.open(channel, doc, version),
    );
    socket.on(CARRIER.frame, (channel: unknown, frame: unknown) => line.take(channel, frame));
    socket.on(CARRIER.close, (channel: unknown) => line.end(channel));
    socket.on(CARRIER.read, (count: unknown) => line.read(count));
    socket.on('disconnect', () => line.lost());
  });
}

class Line {
  readonly #socket: Socket;
  readonly #parts: DoorParts;
  readonly #channels = new Map<unknown, Channel>();
  /** Sizes of the frames handed over and not yet said to be read, in order. */
  readonly #unread: number[] = [];
  #unreadBytes = 0;
  #read = 0;

  constructor(socket: Socket, parts: DoorParts) {
    this.#socket = socket;
    this.#parts = parts;
  }

  open(channel: unknown, doc: unknown, version: unknown): void {
    if (typeof channel !== 'number' || typeof doc !== 'string' || this.#channels.has(channel)) return;
    const there: Channel = { take: () => undefined, left: () => undefined };
    this.#channels.set(channel, there);
    if (this.#channels.size > MAX_CHANNELS || this.#unreadBytes > MAX_UNREAD)
      return this.#shut(channel, 4503, 'busy');
    const named = typeof version === 'string' ? version : null;
    void decide(this.#parts, this.#socket.request, named, doc).then((door) => {
      // The other side may have left, or the line may be cut, while the question was open.
      if (this.#channels.get(channel) !== there) return;
      this.#socket.emit(CARRIER.opened, channel);
      if (typeof door === 'number') this.#shut(channel, door, '');
      else connect(this.#parts, this.#carry(channel, there), doc, door);
    });
  }

  take(channel: unknown, frame: unknown): void {
    const there = this.#channels.get(channel);
    if (!there) return;
    const bytes = frame instanceof Uint8Array ? frame : new Uint8Array();
    if (bytes.byteLength > MAX_PAYLOAD) this.#shut(channel, 1009, 'too large');
    else there.take(bytes);
  }

  /** The client has read the first `count` frames of this line. */
  read(count: unknown): void {
    if (typeof count !== 'number' || !(count <= this.#read + this.#unread.length)) return;
    for (const bytes of this.#unread.splice(0, Math.max(0, count - this.#read))) {
      this.#unreadBytes -= bytes;
      this.#read++;
    }
  }

  end(channel: unknown): void {
    const there = this.#channels.get(channel);
    this.#channels.delete(channel);
    there?.left();
  }

  lost(): void {
    for (const channel of [...this.#channels.keys()]) this.end(channel);
  }

  #shut(channel: unknown, code: number, reason: string): void {
    if (!this.#channels.has(channel)) return;
    this.#socket.emit(CARRIER.close, channel, code, reason);
    this.end(channel);
  }

  #send(channel: unknown, frame: Uint8Array): void {
    this.#unread.push(frame.byteLength);
    this.#unreadBytes += frame.byteLength;
    this.#socket.emit(CARRIER.frame, channel, frame);
  }

  /** One channel as a DocSocket. All channels share the line, so what is unread on it keeps every one of them waiting. */
  #carry(channel: unknown, there: Channel): DocSocket {
    const open = (): boolean => this.#channels.get(channel) === there;
    const unread = (): number => this.#unreadBytes;
    const sendOne = ({ messages }: Outgoing): boolean => {
      for (const message of messages) if (open()) this.#send(channel, message);
      return false;
    };
    return {
      get bufferedAmount() {
        return unread();
      },
      send: (several) => {
        several.forEach(sendOne);
      },
      sendOne,
      close: (code, reason) => {
        if (open()) queueMicrotask(() => open() && this.#shut(channel, code, reason));
      },
      onMessage: (take) => {
        there.take = take;
      },
      onClose: (left) => {
        const others = there.left;
        there.left = () => {
          others();
          left();
        };
      },
    };
  }
}
