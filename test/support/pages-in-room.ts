import { io, type Socket } from 'socket.io-client';
import { createLive } from '../../client/lib/live.ts';
import { SessionStore } from '../../client/lib/session.ts';
import type { TestClient } from './client.ts';
import { FakeShelf } from './room-fake.ts';

/** The page of a room as a phone holds it, the real store over a real line; counts what comes over the line. */
export class RoomPage {
  readonly store: SessionStore;
  readonly socket: Socket;
  /** Bytes of every packet since the last look, and what was asked. */
  bytes = 0;
  readonly asked: string[] = [];
  #answered = 0;

  constructor(who: TestClient, sessionId: string, personId: string) {
    this.socket = io(who.url, {
      extraHeaders: { cookie: who.cookie },
      transports: ['websocket'],
      forceNew: true,
    });
    this.socket.on('connect', () =>
      this.socket.io.engine.on('packet', (packet: { data?: unknown }) => {
        const text = String(packet.data ?? '');
        this.bytes += Buffer.byteLength(text);
        // An answer is packet 3 of Socket.IO.
        if (text.startsWith('3')) this.#answered++;
      }),
    );
    this.socket.onAnyOutgoing((name: string) => this.asked.push(name));
    const http = ((...call: Parameters<TestClient['call']>) => who.call(...call)) as never;
    this.store = new SessionStore({
      sessionId,
      personId,
      live: createLive(this.socket, http),
      shelf: new FakeShelf(),
    });
  }

  /** Everything that was asked has its answer. */
  get quiet(): boolean {
    return this.asked.length === this.#answered && this.store.snapshot().status === 'ready';
  }

  /** Nothing has come and nothing was asked yet. */
  forget(): void {
    this.bytes = 0;
    this.#answered = 0;
    this.asked.length = 0;
  }

  close(): void {
    this.store.close();
    this.socket.disconnect();
  }
}
