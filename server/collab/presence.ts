import { MAX_PRESENCE_BYTES, whereabouts } from '../../shared/presence.ts';
import type { Presence } from './protocol.ts';

/** A longer state is not even read. */
const MAX_STATE_CHARS = 8_000;
const COLOURS = [
  '#a33b20',
  '#1f6f8b',
  '#5b7f1e',
  '#7a4fa3',
  '#b3661a',
  '#2c6e49',
  '#a8326e',
  '#3d5a98',
  '#8a6d1f',
  '#4f6d7a',
] as const;

/** The same person has the same caret colour in every document. */
export function colourOf(personId: string): string {
  let hash = 0;
  for (let i = 0; i < personId.length; i++) hash = (hash * 31 + personId.charCodeAt(i)) >>> 0;
  return COLOURS[hash % COLOURS.length]!;
}

interface Holder {
  readonly who: { readonly personId: string; readonly name: string };
}
interface Held {
  holder: Holder;
  /** The clock that its owner gave: the echo must not be newer than what the owner knows. */
  own: number;
  /** The clock that the others are given: grows over reconnects, so that nobody is hidden by an old removal. */
  shown: number;
  json: string;
}

/** Who is where in one document. Each socket speaks for one Yjs client id; name and colour are ours, not its. */
export class PresenceBoard {
  readonly #held = new Map<number, Held>();
  /** By the time of day, so that it grows over a restart too. */
  #clock = 0;
  readonly #idOf = new Map<Holder, number>();

  /**
   * Takes a socket's awareness frame; returns what to show to the others, if anything. Entries of other ids are dropped
   * silently (stock clients pass on what they receive), unreadable states as well. Of a state only the well-formed
   * whereabouts are passed on, at most 1 KB with the name.
   */
  take(holder: Holder, entries: readonly Presence[]): Presence | undefined {
    const id = this.#idOf.get(holder) ?? this.#claim(holder, entries);
    const entry = entries.find((e) => e.clientId === id);
    if (id === undefined || !entry) return undefined;
    const before = this.#held.get(id);
    if (before && entry.clock < before.own) return undefined;
    const state = readState(entry.json);
    if (state === undefined) return undefined;
    if (state === null) return before && this.#forget(id);
    const json = shownOf(holder, state);
    const held = { holder, own: entry.clock, shown: this.#nextClock(), json };
    this.#held.set(id, held);
    return { clientId: id, clock: held.shown, json };
  }

  /** The socket is gone; returns the removal to show, if it had shown itself. */
  leave(holder: Holder): Presence | undefined {
    const id = this.#idOf.get(holder);
    this.#idOf.delete(holder);
    if (id === undefined || this.#held.get(id)?.holder !== holder) return undefined;
    return this.#forget(id);
  }

  all(): Presence[] {
    return [...this.#held].map(([clientId, held]) => ({ clientId, clock: held.shown, json: held.json }));
  }

  /** A socket's own state as it knows it, to be sent back as a sign of life. */
  echo(holder: Holder): Presence[] {
    const id = this.#idOf.get(holder);
    const held = id === undefined ? undefined : this.#held.get(id);
    return held && id !== undefined ? [{ clientId: id, clock: held.own, json: held.json }] : [];
  }

  #nextClock(): number {
    this.#clock = Math.max(this.#clock + 1, Date.now());
    return this.#clock;
  }

  /** The first living state of an id that nobody else holds becomes the socket's own; one person may take over from a dead socket. */
  #claim(holder: Holder, entries: readonly Presence[]): number | undefined {
    const free = entries.find((entry) => {
      const other = this.#held.get(entry.clientId)?.holder;
      return entry.json !== 'null' && (!other || other.who.personId === holder.who.personId);
    });
    if (!free) return undefined;
    const before = this.#held.get(free.clientId);
    if (before) {
      this.#idOf.delete(before.holder);
      before.own = 0;
    }
    this.#idOf.set(holder, free.clientId);
    return free.clientId;
  }

  #forget(id: number): Presence {
    this.#held.delete(id);
    return { clientId: id, clock: this.#nextClock(), json: 'null' };
  }
}

/** The state as an object, null for "gone", undefined for what is not allowed. */
function readState(json: string): Record<string, unknown> | null | undefined {
  if (json.length > MAX_STATE_CHARS) return undefined;
  try {
    const state: unknown = JSON.parse(json);
    if (state === null) return null;
    return typeof state === 'object' && !Array.isArray(state)
      ? (state as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Name and colour are ours; a caret that makes it too long is left out. */
function shownOf({ who }: Holder, state: Record<string, unknown>): string {
  const user = { id: who.personId, name: who.name, color: colourOf(who.personId) };
  const json = JSON.stringify({ ...whereabouts(state), user });
  return Buffer.byteLength(json) <= MAX_PRESENCE_BYTES ? json : JSON.stringify({ user });
}
