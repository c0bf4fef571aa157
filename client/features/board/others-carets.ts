import type { Awareness } from 'y-protocols/awareness';
import { DRAFT_FIELD } from '../../../shared/board.ts';
import { type Cursor, readCursor } from '../../../shared/presence.ts';

interface Shown {
  user: { name: string; color: string };
  cursor: Cursor;
}

const NO_COLOUR = '#2f4b7c';
const MAX_NAME = 60;

/**
 * Others' presence as the caret plugin may see it: well-formed carets in this text, with a name and a colour. The plugin reads
 * it while it applies a change of the text; what made it throw there would make the view miss that change.
 */
export class OthersCarets {
  readonly #awareness: Awareness;
  /** States are replaced, never changed. */
  readonly #read = new WeakMap<object, Shown | 'none'>();
  readonly on: Awareness['on'];
  readonly off: Awareness['off'];

  constructor(awareness: Awareness) {
    this.#awareness = awareness;
    this.on = awareness.on.bind(awareness);
    this.off = awareness.off.bind(awareness);
  }

  get clientID(): number {
    return this.#awareness.clientID;
  }
  get states(): Map<number, Shown> {
    return this.getStates();
  }

  getStates(): Map<number, Shown> {
    const shown = new Map<number, Shown>();
    for (const [client, state] of this.#awareness.getStates()) {
      const caret = this.#caretIn(state);
      if (caret) shown.set(client, { user: { ...caret.user }, cursor: caret.cursor });
    }
    return shown;
  }

  getLocalState(): Record<string, unknown> | null {
    return this.#awareness.getLocalState();
  }
  setLocalStateField(field: string, value: unknown): void {
    this.#awareness.setLocalStateField(field, value);
  }

  #caretIn(state: unknown): Shown | undefined {
    if (typeof state !== 'object' || state === null) return undefined;
    const known = this.#read.get(state) ?? readState(state) ?? 'none';
    this.#read.set(state, known);
    return known === 'none' ? undefined : known;
  }
}

function readState(state: object): Shown | undefined {
  const { cursor, user } = state as { cursor?: unknown; user?: unknown };
  const at = readCursor(cursor);
  if (!at || [at.anchor, at.head].some(({ tname }) => tname !== null && tname !== DRAFT_FIELD))
    return undefined;
  const { name, color } = (user ?? {}) as { name?: unknown; color?: unknown };
  return {
    cursor: at,
    user: {
      name: typeof name === 'string' ? name.slice(0, MAX_NAME) : '',
      color: typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color) ? color : NO_COLOUR,
    },
  };
}
