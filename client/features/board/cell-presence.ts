import type { Awareness } from 'y-protocols/awareness';
import { whereabouts } from '../../../shared/presence.ts';

/** Somebody else whose caret is in a cell. Name and colour were set by the server. */
export interface Other {
  name: string;
  colour: string;
}

export type CellKey = `${string}:${string}`;
export const cellKey = (rowId: string, field: string): CellKey => `${rowId}:${field}`;

/** Who is in which cell; one's own place is told to the others. */
export class CellPresence {
  readonly #awareness: Awareness;
  readonly #listeners = new Set<() => void>();
  #places: ReadonlyMap<string, Other>;

  constructor(awareness: Awareness) {
    this.#awareness = awareness;
    this.#places = this.#read();
    awareness.on('change', this.#changed);
  }

  get = (): ReadonlyMap<string, Other> => this.#places;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Undefined: in no cell. */
  enter(key: string | undefined): void {
    this.#awareness.setLocalStateField('cell', key ?? null);
  }

  destroy(): void {
    this.#awareness.off('change', this.#changed);
  }

  readonly #changed = (): void => {
    this.#places = this.#read();
    for (const listener of this.#listeners) listener();
  };

  #read(): ReadonlyMap<string, Other> {
    const places = new Map<string, Other>();
    for (const [client, state] of this.#awareness.getStates()) {
      if (client === this.#awareness.clientID || typeof state !== 'object') continue;
      const { cell } = whereabouts(state);
      const { user } = state as { user?: { name?: unknown; color?: unknown } | null };
      if (cell === undefined) continue;
      if (typeof user?.name === 'string') places.set(cell, { name: user.name, colour: colourOf(user.color) });
    }
    return places;
  }
}

const colourOf = (colour: unknown): string =>
  typeof colour === 'string' && /^#[0-9a-f]{6}$/i.test(colour) ? colour : '#2f4b7c';
