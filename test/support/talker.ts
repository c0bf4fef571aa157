import { isDeepStrictEqual } from 'node:util';
import { io, type Socket } from 'socket.io-client';
import type { Failure } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import type { Entry, EntryOf } from '../../shared/log.ts';

type Answer = { ok: true; value: EntryOf<'said'> } | { ok: false; error: Failure };
const MENDS_ITSELF = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL']);

export interface Manner {
  /** Milliseconds between an answer and the next message. */
  every: number;
  /** True for a message that is sent twice at once, and once more when it is answered. */
  insists(): boolean;
  /** Only for a planted fault: each try has an id of its own, so that the server cannot know that it is one. */
  forgetful: boolean;
}
const PATIENT: Manner = { every: 40, insists: () => false, forgetful: false };

/** A participant who keeps talking, whatever becomes of the server: a message is sent again under its id until it is answered. */
export class Talker {
  /** What the server has acknowledged, by id. */
  readonly acked = new Map<string, EntryOf<'said'>>();
  /** Every entry that was ever heard, by its place; two different ones at one place are a fault. */
  readonly heard = new Map<number, Entry>();
  readonly faults: string[] = [];
  retries = 0;
  /** Every sending, repeats included. */
  sends = 0;
  readonly #socket: Socket;
  readonly #sessionId: string;
  #talking: Promise<void> | undefined;
  readonly #manner: Manner;
  #quiet = false;

  constructor(url: string, cookie: string, sessionId: string, manner = PATIENT) {
    this.#manner = manner;
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
        await new Promise((resolve) => setTimeout(resolve, this.#manner.every));
      }
    };
    this.#talking = run();
  }

  async #say(body: string): Promise<void> {
    const input = { sessionId: this.#sessionId, id: newId(), kind: 'speech', body };
    while (!this.#quiet) {
      if (this.#manner.forgetful) input.id = newId();
      const insists = this.#manner.insists();
      if (insists) void this.#ask(input).then((answer) => this.#note(input.id, answer));
      const answer = await this.#ask(input);
      if (insists && answer) void this.#ask(input).then((again) => this.#note(input.id, again));
      this.#note(input.id, answer);
      if (answer?.ok) return;
      if (answer && !MENDS_ITSELF.has(answer.error.code)) {
        this.faults.push(`${body}: ${answer.error.code} ${answer.error.reason}`);
        return;
      }
      if (answer?.error.code === 'RATE_LIMITED') await new Promise((resolve) => setTimeout(resolve, 500));
      this.retries++;
    }
  }

  #note(id: string, answer: Answer | undefined): void {
    if (!answer?.ok) return;
    const known = this.acked.get(id);
    if (known && known.seq !== answer.value.seq) this.faults.push(`${answer.value.body} has two places`);
    this.acked.set(id, answer.value);
  }

  async #ask(input: object): Promise<Answer | undefined> {
    this.sends++;
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
