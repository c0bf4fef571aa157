import { isDeepStrictEqual } from 'node:util';
import { io, type Socket } from 'socket.io-client';
import type { Failure } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import type { Entry, EntryOf } from '../../shared/log.ts';

type Answer = { ok: true; value: EntryOf<'said'> } | { ok: false; error: Failure };
const MENDS_ITSELF = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL']);

/** A participant who keeps talking, whatever becomes of the server: a message is sent again under its id until it is answered. */
export class Talker {
  /** What the server has acknowledged, by id. */
  readonly acked = new Map<string, EntryOf<'said'>>();
  /** Every entry that was ever heard, by its place; two different ones at one place are a fault. */
  readonly heard = new Map<number, Entry>();
  readonly faults: string[] = [];
  retries = 0;
  readonly #socket: Socket;
  readonly #sessionId: string;
  #talking: Promise<void> | undefined;
  #quiet = false;

  constructor(url: string, cookie: string, sessionId: string) {
    this.#sessionId = sessionId;
    this.#socket = io(url, {
      ...{ extraHeaders: { cookie }, transports: ['websocket'], forceNew: true },
      ...{ reconnectionDelay: 40, reconnectionDelayMax: 120 },
    });
    this.#socket.on('connect', () => this.#socket.emit('session.open', { sessionId }, () => undefined));
    this.#socket.on('entry:appended', ({ entries }: { entries: Entry[] }) => this.#hear(entries));
  }

  #hear(entries: Entry[]): void {
    for (const entry of entries) {
      const known = this.heard.get(entry.seq);
      if (known && !isDeepStrictEqual(known, entry))
        this.faults.push(`there are two entries at ${entry.seq}`);
      this.heard.set(entry.seq, entry);
    }
  }

  talk(name: string): void {
    const run = async () => {
      for (let n = 1; !this.#quiet; n++) {
        await this.#say(`${name}的第${n}句`);
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    };
    this.#talking = run();
  }

  async #say(body: string): Promise<void> {
    const input = { sessionId: this.#sessionId, id: newId(), kind: 'speech', body };
    while (!this.#quiet) {
      const answer = await this.#ask(input);
      if (answer?.ok) {
        const known = this.acked.get(input.id);
        if (known && known.seq !== answer.value.seq) this.faults.push(`${body} has two places`);
        this.acked.set(input.id, answer.value);
        return;
      }
      if (answer && !MENDS_ITSELF.has(answer.error.code)) {
        this.faults.push(`${body}: ${answer.error.code} ${answer.error.reason}`);
        return;
      }
      this.retries++;
    }
  }

  async #ask(input: object): Promise<Answer | undefined> {
    try {
      return (await this.#socket.timeout(400).emitWithAck('session.say', input)) as Answer;
    } catch {
      return undefined;
    }
  }

  async stop(): Promise<void> {
    this.#quiet = true;
    await this.#talking;
    this.#socket.disconnect();
  }
}
