import type { Link, Live } from '../../client/lib/live.ts';
import type { Shelf } from '../../client/lib/outbox.ts';
import type { Opened } from '../../shared/contract/session.ts';
import { AppError } from '../../shared/errors.ts';
import type { DraftEntry, Entry, Message } from '../../shared/log.ts';
import { fold } from '../../shared/reduce.ts';

export const SESSION = '00000000-0000-7000-8000-000000000001';
export const AUTHOR = '00000000-0000-7000-8000-000000000002';

type Call = Parameters<Live['call']>;

/** A room's log that is kept as the server keeps it: an id is one entry, however often it is sent. */
export class FakeRoom {
  readonly entries: Entry[] = [];
  readonly #byId = new Map<string, Entry>();

  append(draft: DraftEntry, id?: string): Entry {
    const known = id === undefined ? undefined : this.#byId.get(id);
    if (known) return known;
    const seq = this.entries.length + 1;
    const at = new Date(Date.UTC(2026, 2, 18, 6) + seq * 1000).toISOString();
    const entry = { ...draft, sessionId: SESSION, seq, at } as Entry;
    this.entries.push(entry);
    if (id !== undefined) this.#byId.set(id, entry);
    return entry;
  }

  say(id: string, body: string, by = AUTHOR): Entry {
    return this.append({ kind: 'said', id, by, messageKind: 'speech', body } as DraftEntry, id);
  }
}

/** A line to a FakeRoom that can be cut, and that may lose answers after the deed. Events are told by hand. */
export class FakeLive {
  readonly room: FakeRoom;
  readonly asked: string[] = [];
  /** How many of the next answers are lost although the server did what was asked. */
  loseAnswers = 0;
  newest = Number.POSITIVE_INFINITY;
  /** Set: whoever opens the room is refused with this. */
  refuse: AppError | undefined;
  #link: Link;
  readonly #events = new Map<string, Set<(payload: never) => void>>();
  readonly #watchers = new Set<(link: Link) => void>();

  constructor(room: FakeRoom, link: Link = 'connected') {
    this.room = room;
    this.#link = link;
  }

  link = (): Link => this.#link;
  onLink = (watcher: (link: Link) => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };
  on = (event: string, listener: (payload: never) => void): (() => void) => {
    const set = this.#events.get(event) ?? new Set();
    this.#events.set(event, set.add(listener));
    return () => set.delete(listener);
  };
  call = (async (name: Call[0], input: Record<string, never>) => {
    this.asked.push(name);
    await Promise.resolve();
    if (this.#link !== 'connected') throw new AppError('UNAVAILABLE', 'network.offline');
    const value = this.#answer(name, input);
    if (this.loseAnswers > 0) {
      this.loseAnswers -= 1;
      throw new AppError('UNAVAILABLE', 'network.offline');
    }
    return value;
  }) as unknown as Live['call'];

  become(link: Link): void {
    this.#link = link;
    for (const watcher of this.#watchers) watcher(link);
  }
  tell(entries: Entry[], messages?: Message[]): void {
    this.emit('entry:appended', { sessionId: SESSION, entries, ...(messages ? { messages } : {}) });
  }
  emit(event: string, payload: unknown): void {
    for (const listener of this.#events.get(event) ?? []) listener(payload as never);
  }

  #answer(
    name: string,
    input: { after?: number; before?: number; limit?: number; id?: string; body?: string },
  ) {
    if (this.refuse) throw this.refuse;
    if (name === 'session.open') return structuredClone(this.#opened());
    if (name === 'session.entries')
      return structuredClone(this.room.entries.filter((e) => e.seq > input.after!).slice(0, input.limit));
    if (name === 'session.messages') {
      const all = fold(SESSION, structuredClone(this.room.entries));
      const older = all.order.map((id) => all.messages[id]!).filter((m) => m.seq < input.before!);
      return older.slice(-input.limit!);
    }
    if (name === 'session.say') return structuredClone(this.room.say(input.id!, input.body!));
    return { done: true };
  }

  #opened(): Opened {
    const state = fold(SESSION, structuredClone(this.room.entries));
    const kept = state.order.filter(
      (id, i) => i >= state.order.length - this.newest || state.messages[id]!.pinned,
    );
    const older = kept.length < state.order.length;
    state.messages = Object.fromEntries(kept.map((id) => [id, state.messages[id]!]));
    state.order = kept;
    return {
      session: { sessionId: SESSION, revision: 1 } as never,
      state,
      older,
      presence: { people: [] },
      roles: ['participant'],
      serverTime: '2026-03-18T07:00:00.000Z',
    };
  }
}

export class FakeShelf implements Shelf {
  readonly items = new Map<string, string>();
  getItem = (key: string): string | null => this.items.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.items.set(key, value);
  removeItem = (key: string): void => void this.items.delete(key);
}
