import type { Role } from '../../shared/actor.ts';
import type { InputOf } from '../../shared/contract/index.ts';
import type { Opened, Presence, RoomSession } from '../../shared/contract/session.ts';
import type { Failure } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import type { Entry, Message, MessageKind, SessionState } from '../../shared/log.ts';
import { learnServerTime, ticks } from './clock.ts';
import { failureOf } from './errors.ts';
import type { Link, Live, LiveName } from './live.ts';
import { createFold, type LogFold } from './log-fold.ts';
import { openOutbox, type Outbox, type Pending, type Shelf } from './outbox.ts';
import { UNSEEN } from './sight.ts';
import { createSender, type Sender } from './sender.ts';

export type { Pending } from './outbox.ts';

/** What a view may read. A new object for each change; `state` is owned by the fold and changed in place. */
export interface SessionSnapshot {
  readonly status: 'loading' | 'ready' | 'failed' | 'lost';
  /** Why the room cannot be shown; with `lost` its reason is a word of `labels.ts`. */
  readonly failure: Failure | undefined;
  readonly link: Link;
  readonly session: RoomSession | undefined;
  readonly state: SessionState;
  readonly roles: readonly Role[];
  readonly presence: Presence;
  /** There are older messages than those from seq `from` on. */
  readonly older: boolean;
  readonly from: number;
  readonly outbox: readonly Pending[];
  readonly version: number;
}

export interface SessionParts {
  sessionId: string;
  personId: string;
  live: Pick<Live, 'link' | 'call' | 'on' | 'onLink'>;
  shelf: Shelf;
}

/** The commands that carry an id of their own and are answered by their entry. */
export type Act = {
  [N in LiveName]: InputOf<N> extends { sessionId: string; id: string } ? N : never;
}[LiveName];

const PAGE = 100;
const READ = 500;
const FIRST_LINE_MS = 1_500;
const LOOK_AGAIN_MS = 30_000;
const POLL_MS = 4_000;
const DUE_MS: Partial<Record<Link, number>> = { connected: LOOK_AGAIN_MS, resting: UNSEEN.askMs };
const SHUT = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'];

const newer = (told: RoomSession, known: RoomSession | undefined): RoomSession =>
  known && known.revision > told.revision ? known : told;

/** Holds one room: opens it, folds its log, keeps it whole through gaps and lost lines, and sends what is said. */
export class SessionStore {
  readonly #parts: SessionParts;
  readonly #log: LogFold;
  readonly #outbox: Outbox;
  readonly #sender: Sender;
  readonly #listeners = new Set<() => void>();
  readonly #offs: (() => void)[] = [];
  #view: SessionSnapshot;
  #closed = false;
  #reading = false;
  #opening: Promise<void> | undefined;
  #looked = ticks();

  constructor(parts: SessionParts) {
    const { sessionId, personId, live, shelf } = parts;
    this.#parts = parts;
    this.#log = createFold(sessionId);
    this.#outbox = openOutbox(shelf, personId, sessionId);
    this.#sender = createSender({
      outbox: this.#outbox,
      say: ({ id, kind, body }) => live.call('session.say', { sessionId, id, kind, body }),
      said: (entry) => this.#receive([entry]),
      changed: () => this.#tell(),
    });
    this.#view = {
      status: 'loading',
      failure: undefined,
      link: live.link(),
      session: undefined,
      state: this.#log.state(),
      roles: [],
      presence: { people: [] },
      older: false,
      from: 0,
      outbox: this.#outbox.list(),
      version: 0,
    };
    this.#listen();
    this.#begin();
  }

  snapshot = (): SessionSnapshot => this.#view;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Puts a message into the outbox and sends it; it is never lost and never doubled. */
  say(kind: MessageKind, body: string): void {
    this.#outbox.add(kind, body);
    this.#tell();
    this.#send();
  }

  resend(id: string): void {
    this.#outbox.mark(id, 'waiting');
    this.#tell();
    this.#send();
  }

  discard(id: string): void {
    this.#outbox.remove(id);
    this.#tell();
  }

  /** Does something in this room; resolves when it stands in the log. Throws AppError. */
  async act<N extends Act>(name: N, input: Omit<InputOf<N>, 'sessionId' | 'id'>): Promise<void> {
    const { live, sessionId } = this.#parts;
    const entry = await live.call(name, { ...input, sessionId, id: newId() } as unknown as InputOf<N>);
    this.#receive([entry as Entry]);
  }

  /** The message becomes a row of the problem list; resolves to the row's id. */
  async takeUp(messageId: string): Promise<string> {
    const { live, sessionId } = this.#parts;
    const entry = await live.call('session.takeUp', { sessionId, messageId });
    this.#receive([entry]);
    return entry.kind === 'problem-accepted' ? entry.rowId : '';
  }

  async loadOlder(): Promise<void> {
    const { live, sessionId } = this.#parts;
    const before = this.#log.from() || this.#log.state().seq + 1;
    const page = await live.call('session.messages', { sessionId, before, limit: PAGE });
    this.#log.merge(page, page.length === PAGE);
    this.#tell({ older: page.length === PAGE });
  }

  /** The page is back in front: read what was missed. */
  refresh = (): void => {
    if (this.#view.status === 'ready') void this.#catchUp();
    else if (this.#view.status === 'failed') void this.#open();
  };

  /** In the background of the device: others see 暂离. Not worth a word when it fails. */
  away(away: boolean): void {
    const { live, sessionId } = this.#parts;
    if (live.link() === 'connected') live.call('session.away', { sessionId, away }).catch(() => undefined);
  }

  retry(): void {
    this.#tell({ status: 'loading', failure: undefined });
    void this.#open();
  }

  close(): void {
    const { live, sessionId } = this.#parts;
    if (live.link() === 'connected') live.call('session.close', { sessionId }).catch(() => undefined);
    this.#closed = true;
    this.#sender.stop();
    for (const off of this.#offs) off();
  }

  #tell(change: Partial<SessionSnapshot> = {}): void {
    if (this.#closed) return;
    this.#view = {
      ...this.#view,
      ...change,
      state: this.#log.state(),
      from: this.#log.from(),
      outbox: this.#outbox.list(),
      version: this.#view.version + 1,
    };
    for (const listener of this.#listeners) listener();
  }

  #listen(): void {
    const { live, sessionId } = this.#parts;
    const here = <T extends { sessionId: string }>(then: (told: T) => void) => {
      return (told: T) => {
        if (told.sessionId === sessionId) then(told);
      };
    };
    this.#offs.push(
      live.on(
        'entry:appended',
        here(({ entries, messages }) => this.#receive(entries, messages)),
      ),
      live.on(
        'presence:changed',
        here(({ presence }) => this.#tell({ presence })),
      ),
      live.on(
        'session:changed',
        here(({ session }) => this.#heed(session)),
      ),
      live.on('rights:given', () => void this.#open()),
      live.onLink((link) => this.#linked(link)),
    );
    // Nothing is trusted to have told us the last entry: look from time to time, and often while there is no line.
    const looking = setInterval(() => this.#lookAgain(), POLL_MS);
    this.#offs.push(() => clearInterval(looking));
  }

  /** Waits a moment for the socket, because only an opening over the socket subscribes. */
  #begin(): void {
    const { live } = this.#parts;
    if (live.link() !== 'connecting') return void this.#open();
    const timer = setTimeout(() => void this.#open(), FIRST_LINE_MS);
    const off = live.onLink((link) => {
      clearTimeout(timer);
      off();
      if (link === 'down') void this.#open();
    });
    this.#offs.push(() => clearTimeout(timer), off);
  }

  #linked(link: Link): void {
    this.#tell({ link });
    if (link !== 'connected' || this.#view.status === 'lost') return;
    this.#sender.hurry();
    // What is under way began without a line and goes over HTTP: it subscribes to nothing.
    if (this.#opening) void this.#opening.then(() => this.#open());
    else void this.#open();
  }

  #lookAgain(): void {
    const due = DUE_MS[this.#parts.live.link()] ?? POLL_MS;
    if (ticks() - this.#looked < due) return;
    this.#looked = ticks();
    this.refresh();
  }

  #open(): Promise<void> {
    this.#opening ??= this.#openOnce().finally(() => {
      this.#opening = undefined;
      this.#send();
    });
    return this.#opening;
  }

  async #openOnce(): Promise<void> {
    const asked = ticks();
    try {
      const opened = await this.#parts.live.call('session.open', { sessionId: this.#parts.sessionId });
      learnServerTime(opened.serverTime, ticks() - asked);
      this.#take(opened);
    } catch (error) {
      const failure = failureOf(error);
      if (SHUT.includes(failure.code)) this.#tell({ status: 'lost', failure });
      else if (this.#view.status !== 'ready') this.#tell({ status: 'failed', failure });
    }
  }

  /** After a short absence the log is read on, so that older pages stay; after a long one, or with other rights, it is begun anew. */
  #take(opened: Opened): void {
    const missed = opened.state.seq - this.#log.state().seq;
    const sameEyes = this.#view.roles.join() === opened.roles.join();
    const keep =
      this.#view.status === 'ready' && sameEyes && missed >= 0 && missed <= READ && !this.#log.unknown();
    if (!keep) this.#log.replace(opened.state, opened.older);
    this.#settle();
    const { roles, presence } = opened;
    const session = newer(opened.session, this.#view.session);
    const older = keep ? this.#view.older : opened.older;
    this.#tell({ status: 'ready', failure: undefined, session, roles, presence, older });
    if (this.#log.gap() || (keep && missed > 0)) void this.#catchUp();
  }

  /** Told while the room was being opened it may be newer than what the opening answers. */
  #heed(session: RoomSession): void {
    this.#tell({ session: newer(session, this.#view.session) });
  }

  #receive(entries: readonly Entry[], messages: readonly Message[] = []): void {
    if (this.#log.receive(entries, messages)) {
      this.#settle();
      this.#tell();
    }
    if (this.#view.status !== 'ready') return;
    if (this.#log.gap()) void this.#catchUp();
    if (this.#log.unknown()) void this.#open();
  }

  /** Reads what follows until the server has no more. One reader at a time. */
  async #catchUp(): Promise<void> {
    if (this.#reading || this.#closed) return;
    this.#reading = true;
    try {
      while (await this.#readOn());
    } catch {
      // The next event, reconnect or look asks again.
    } finally {
      this.#reading = false;
    }
  }

  async #readOn(): Promise<boolean> {
    const { live, sessionId } = this.#parts;
    const after = this.#log.state().seq;
    const entries = await live.call('session.entries', { sessionId, after, limit: READ });
    this.#receive(entries);
    const moved = this.#log.state().seq > after;
    return !this.#closed && moved && (entries.length === READ || this.#log.gap());
  }

  /** What the log already holds needs no sending: its ack was lost, or another tab was faster. */
  #settle(): void {
    for (const { id } of this.#outbox.list()) if (this.#log.state().messages[id]) this.#outbox.remove(id);
  }

  #send(): void {
    if (this.#view.status === 'ready') void this.#sender.send();
  }
}
