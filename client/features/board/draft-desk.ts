import type * as Y from 'yjs';
import { isReadable } from '../../../shared/draft-mend.ts';
import { ticks } from '../../lib/clock.ts';
import type { DeletedWords, StopReason } from './draft-guard.ts';

/**
 * `open`: it can be shown by an editor; another number is another editor, made anew. `mending`: something in it cannot be read, the
 * server has been asked to mend it. `broken`: editors stopped again and again; the text is shown, not edited.
 */
export type DraftPhase =
  | { readonly kind: 'open'; readonly editor: number; readonly carets: boolean }
  | { readonly kind: 'mending' }
  | { readonly kind: 'broken' };

interface DeskParts {
  doc: Y.Doc;
  /** Asks the server to mend the draft; what it changes comes as any change does. */
  mend(): Promise<unknown>;
  /** Who is told of faults; they are no fault of the person. */
  report(error: unknown): void;
  now?: () => number;
}

/** Not all pages of a hall at once: who waits a moment may find it mended. */
const SPREAD_MS = 300;
const AGAIN_MS = 3_000;
/** Within this time: the second stop leaves out the carets, the fifth is the last. */
const CALM_MS = 20_000;
const WITHOUT_CARETS = 2;
const LAST = 5;

/** Decides which editor a draft has: none before it can be read, a new one after one stopped. */
export class DraftDesk {
  readonly #parts: DeskParts;
  readonly #listeners = new Set<() => void>();
  #phase: DraftPhase;
  #editors = 0;
  #stops: number[] = [];
  #words: readonly string[] = [];
  #deleted: DeletedWords | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#phase = { kind: 'open', editor: 0, carets: true };
    if (!isReadable(parts.doc)) this.#phase = { kind: 'mending' };
  }

  get = (): DraftPhase => this.#phase;
  /** Words that did not get into the document when an editor stopped. */
  lostWords = (): readonly string[] => this.#words;

  subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) this.#start();
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#rest();
    };
  };

  /** The editor writes no more. */
  stopped = (reason: StopReason, error: unknown): void => {
    if (error !== undefined) this.#parts.report(error);
    if (this.#phase.kind !== 'open') return;
    if (reason === 'unreadable') return this.#set({ kind: 'mending' });
    const now = (this.#parts.now ?? ticks)();
    this.#stops = [...this.#stops.filter((at) => now - at < CALM_MS), now];
    if (this.#stops.length >= LAST) return this.#set({ kind: 'broken' });
    this.#open();
  };

  lost = (words: string): void => {
    this.#words = [...this.#words, words];
    this.#tell();
  };

  /** What somebody deleted from under the caret, until the person has seen it. */
  deleted = (): DeletedWords | undefined => this.#deleted;
  gone = (deleted: DeletedWords): void => {
    this.#deleted = deleted;
    this.#tell();
  };
  forgetDeleted = (): void => {
    this.#deleted = undefined;
    this.#tell();
  };
  forgetLost = (): void => {
    this.#words = [];
    this.#tell();
  };

  #open(): void {
    this.#deleted = undefined;
    if (!isReadable(this.#parts.doc)) return this.#set({ kind: 'mending' });
    const carets = this.#stops.length < WITHOUT_CARETS;
    this.#set({ kind: 'open', editor: ++this.#editors, carets });
  }

  #set(phase: DraftPhase): void {
    this.#phase = phase;
    clearTimeout(this.#timer);
    if (phase.kind === 'mending') this.#askIn(Math.random() * SPREAD_MS);
    this.#tell();
  }

  #askIn(ms: number): void {
    this.#timer = setTimeout(() => {
      // A failure is tried again: the line may be cut.
      void this.#parts.mend().catch(() => undefined);
      this.#askIn(AGAIN_MS);
    }, ms);
  }

  readonly #changed = (): void => {
    if (this.#phase.kind === 'mending' && isReadable(this.#parts.doc)) this.#open();
  };

  #start(): void {
    this.#parts.doc.on('afterTransaction', this.#changed);
    this.#changed();
    if (this.#phase.kind === 'mending') this.#askIn(Math.random() * SPREAD_MS);
  }
  #rest(): void {
    clearTimeout(this.#timer);
    this.#parts.doc.off('afterTransaction', this.#changed);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
