import { isDeepStrictEqual } from 'node:util';
import { io, type Socket } from 'socket.io-client';
import type { Opened } from '../../shared/contract/session.ts';
import type { Entry } from '../../shared/log.ts';

type Answer<T> = { ok: true; value: T } | { ok: false };

/**
 * Somebody who listens, as the pages do: opens the room on every new line, takes what is told, and reads on where something is
 * missing. Notes every break of order within one line, and two different entries in one place.
 */
export class Listener {
  /** Every entry by its place, however it came. */
  readonly log = new Map<number, Entry>();
  readonly faults: string[] = [];
  /** Raw text of everything that came over the line. */
  readonly wire: string[] = [];
  /** Entries told without asking, repeats included. */
  told = 0;
  lines = 0;
  readonly socket: Socket;
  readonly #sessionId: string;
  /** The seq up to which nothing is missing. */
  #whole = 0;
  #last: number | undefined;
  #reading = false;

  constructor(url: string, cookie: string, sessionId: string, transports = ['websocket']) {
    this.#sessionId = sessionId;
    this.socket = io(url, {
      ...{ extraHeaders: { cookie }, transports, forceNew: true },
      ...{ reconnectionDelay: 20, reconnectionDelayMax: 60 },
    });
    this.socket.on('connect', () => void this.#open());
    this.socket.on('entry:appended', ({ entries }: { entries: Entry[] }) => this.#hear(entries));
  }

  get whole(): number {
    return this.#whole;
  }

  get carrier(): string | undefined {
    return this.socket.io.engine?.transport.name;
  }

  /** Keeps what comes over the line as it came. */
  record(): void {
    this.socket.io.engine.on('packet', (packet: { data?: unknown }) => this.wire.push(String(packet.data)));
  }

  /** Cuts the line as a network does, without a word; the client makes a new one by itself. */
  cut(): void {
    if (!this.socket.connected) return;
    const { engine } = this.socket.io;
    const { ws } = engine.transport as { ws?: { terminate(): void } };
    if (ws) ws.terminate();
    else engine.close();
  }

  ask<T>(name: string, input: object): Promise<Answer<T> | undefined> {
    const asked = { sessionId: this.#sessionId, ...input };
    return (this.socket.timeout(3000).emitWithAck(name, asked) as Promise<Answer<T>>).catch(() => undefined);
  }

  close(): void {
    this.socket.disconnect();
  }

  async #open(): Promise<void> {
    this.lines++;
    this.#last = undefined;
    const answer = await this.ask<Opened>('session.open', {});
    if (answer?.ok) void this.#readUpTo(answer.value.state.seq);
    else if (this.socket.connected) this.cut();
  }

  #hear(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (this.#last !== undefined && entry.seq !== this.#last + 1)
        this.faults.push(`${entry.seq} was told after ${this.#last} on one line`);
      this.#last = entry.seq;
      this.told++;
    }
    this.#take(entries);
    const last = entries.at(-1);
    if (last && last.seq > this.#whole) void this.#readUpTo(last.seq);
  }

  #take(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const known = this.log.get(entry.seq);
      if (known && !isDeepStrictEqual(known, entry)) this.faults.push(`two entries at ${entry.seq}`);
      this.log.set(entry.seq, entry);
    }
    while (this.log.has(this.#whole + 1)) this.#whole++;
  }

  async #readUpTo(seq: number): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    let upTo = seq;
    while (this.#whole < upTo && this.socket.connected) {
      const page = await this.ask<Entry[]>('session.entries', { after: this.#whole, limit: 500 });
      if (!page?.ok) break;
      this.#take(page.value);
      upTo = Math.max(upTo, ...this.log.keys());
    }
    this.#reading = false;
  }
}
