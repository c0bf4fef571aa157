import { FULL, MAX_ANSWER_BYTES, MAX_UPDATE_BYTES, READ_ONLY, WAITS } from '../../shared/live-document.ts';
import type { Access, DocSocket, Reader, Refusal } from '../platform/doc-socket.ts';
import type { Outgoing } from '../platform/outgoing.ts';
import type { Allowance } from '../platform/allowance.ts';
import { Asking } from './asking.ts';
import type { Left, Violation } from './gatekeeper.ts';
import { Intake } from './intake.ts';
import type { Journal } from './journal.ts';
import type { LiveDoc } from './live-doc.ts';
import type { Member } from './members.ts';
import { deniedFrame, durableFrame, type Frame, readFrame, step1Frame } from './protocol.ts';
import type { Outbox } from './outbox.ts';
import { SendQueue } from './send-queue.ts';

const DOOR: Record<Refusal, number> = { unauthenticated: 4401, forbidden: 4403, gone: 4404 };
const MAX_EARLY_BYTES = 2.5 * 1024 * 1024;
const MAX_EARLY_FRAMES = 200;
const MAX_UNREADABLE = 10;

/** What is counted over all sockets of the process. */
export interface Counts {
  refused: number;
  /** Frames of which a part was left for its owner, or for when there is room. */
  parted: number;
  unreadable: number;
  readersWrote: number;
}

/** One socket in one document: asks at the door, waits for the load, then speaks the protocol. */
export class Connection implements Member {
  readonly who: Reader;
  readonly #socket: DocSocket;
  readonly #journal: Journal;
  readonly #counts: Counts;
  readonly #asking: Asking;
  readonly #queue: SendQueue;
  readonly #intake: Intake;
  #early: Uint8Array[] = [];
  #earlyBytes = 0;
  #live: LiveDoc | undefined;
  #access: Access = 'read';
  #asked = 0;
  #unreadable = 0;
  #joined = false;
  #closed = false;
  readonly #told: (who: Reader, why: Violation) => void;
  /** What hinders words that wait. */
  #hint = WAITS;

  constructor(
    socket: DocSocket,
    who: Reader,
    shared: {
      journal: Journal;
      outbox: Outbox;
      counts: Counts;
      allowance: Allowance;
      told: (who: Reader, why: Violation) => void;
    },
    onLeft: () => void,
  ) {
    this.who = who;
    this.#socket = socket;
    this.#journal = shared.journal;
    this.#counts = shared.counts;
    this.#told = shared.told;
    this.#queue = new SendQueue(socket, shared.outbox, {
      mark: () => this.#live?.stateVector(),
      catchUp: (mark) => this.#catchUp(mark),
      giveUp: () => this.close(4503, 'slow'),
    });
    this.#asking = new Asking({
      ask: () => this.#askForMissing(),
      isWaiting: () => this.#live?.waiting.has(this) ?? false,
      hint: () => this.send(deniedFrame(this.#hint)),
      giveUp: (why) => this.close(4503, `refused: ${why}`),
    });
    this.#intake = new Intake({
      socket,
      allowance: shared.allowance,
      take: (frame) => this.#receive(frame),
      overflow: () => this.close(4503, 'flood'),
    });
    socket.onMessage((frame) => this.#intake.push(frame));
    socket.onClose(() =>
      this.#intake.end(() => {
        this.#leave();
        onLeft();
      }),
    );
  }

  get closed(): boolean {
    return this.#closed;
  }

  get mayWrite(): boolean {
    return this.#access === 'write';
  }

  /** Asks for the rights, now or again; true if the socket may stay. The last question asked decides. */
  async authorize(): Promise<boolean> {
    const turn = ++this.#asked;
    const answer = await this.who.access().catch(() => undefined);
    if (turn !== this.#asked || this.#closed) return !this.#closed;
    if (answer === 'write' || answer === 'read') this.#grant(answer);
    else if (answer === undefined) this.close(4503, 'busy');
    else this.close(DOOR[answer], answer);
    return !this.#closed;
  }

  /** The document is loaded: what came early is read now, in order. */
  attach(live: LiveDoc): void {
    this.#live = live;
    const early = this.#early;
    this.#early = [];
    for (const frame of early) this.#intake.push(frame);
  }

  send(frame: Outgoing): void {
    if (!this.#closed) this.#queue.send(frame);
  }

  sendNow(frame: Outgoing): void {
    if (!this.#closed) this.#queue.sendNow(frame);
  }

  committed(frame: number, isAnswer: boolean): void {
    if (isAnswer) this.#live?.waiting.remove(this);
    this.#asking.receipts.committed(frame, isAnswer);
  }

  checked(bytes: number, ms: number): void {
    this.#intake.checked(bytes, ms);
  }

  refused(why: Violation): void {
    this.#counts.refused++;
    this.#told(this.who, why);
    this.#asking.refused(why);
  }

  left(what: Left): void {
    if (this.#closed) return;
    this.#counts.parted++;
    this.#hint = what.room > 0 ? FULL : WAITS;
    this.#live?.waiting.add(this, what);
    this.#asking.left(what);
  }

  askAgain(): void {
    this.#askForMissing();
  }

  notify(): void {
    if (this.#closed) return;
    if (this.#queue.behind) return this.#queue.leftOut();
    const n = this.#asking.receipts.due();
    if (n !== undefined) this.#queue.send(durableFrame(n));
  }

  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#queue.flush();
    this.#leave();
    this.#socket.close(code, reason);
  }

  #grant(access: Access): void {
    const before = this.#access;
    this.#access = access;
    if (!this.#joined || before === access) return;
    if (access === 'write') this.#askForMissing();
    else this.send(deniedFrame(READ_ONLY));
  }

  #leave(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#asking.stop();
    this.#queue.stop();
    this.#intake.stop();
    this.#early = [];
    this.#live?.leave(this);
  }

  #receive(bytes: Uint8Array): void {
    if (this.#closed) return;
    if (!this.#live) return this.#keep(bytes);
    const frame = readFrame(bytes);
    if (frame.kind === 'step2' || frame.kind === 'update') this.#hear(this.#live, frame);
    else if (frame.kind === 'step1') this.#answer(this.#live, frame.stateVector);
    else if (frame.kind === 'awareness') this.#live.present(this, frame.entries);
    else if (frame.kind === 'queryAwareness') this.send(this.#live.presences());
    else this.#stumble();
  }

  #keep(bytes: Uint8Array): void {
    this.#earlyBytes += bytes.byteLength;
    this.#early.push(bytes);
    if (this.#earlyBytes > MAX_EARLY_BYTES || this.#early.length > MAX_EARLY_FRAMES) this.close(4503, 'busy');
  }

  #hear(live: LiveDoc, { kind, update }: Extract<Frame, { update: Uint8Array }>): void {
    const number = this.#asking.receipts.tell();
    if (this.#access === 'read') {
      this.#counts.readersWrote++;
      return this.#asking.receipts.drop();
    }
    const isAnswer = kind === 'step2';
    if (update.byteLength > (isAnswer ? MAX_ANSWER_BYTES : MAX_UPDATE_BYTES))
      return this.close(4413, 'too large');
    if (this.#journal.full) return this.close(4503, 'not stored');
    live.take({ by: this, frame: number, isAnswer, update });
  }

  #answer(live: LiveDoc, stateVector: Uint8Array): void {
    let missing: Outgoing[];
    try {
      missing = live.missing(stateVector);
    } catch {
      return this.#stumble();
    }
    if (this.#queue.askedFrom(stateVector)) return;
    for (const frame of missing) this.send(frame);
    if (this.#joined) return;
    this.#joined = true;
    if (this.#access === 'write') this.#askForMissing();
    else this.send(deniedFrame(READ_ONLY));
    live.join(this);
  }

  #askForMissing(): void {
    if (this.#live && this.#access === 'write') this.send(step1Frame(this.#live.stateVector()));
  }

  #catchUp(mark: Uint8Array | undefined): void {
    if (!this.#live) return;
    for (const frame of this.#live.missing(mark ?? new Uint8Array([0]))) this.send(frame);
    this.send(this.#live.presences());
    this.#askForMissing();
    this.notify();
  }

  #stumble(): void {
    this.#counts.unreadable++;
    if (++this.#unreadable > MAX_UNREADABLE) this.close(4503, 'unreadable');
  }
}
