import type * as Y from 'yjs';
import { codePoints } from '../../../shared/code-points.ts';
import { MAX_CELL_TEXT } from '../../../shared/problem.ts';
import { caretAfter, changeBetween, Trail } from './text-change.ts';

interface CellParts {
  text: Y.Text;
  area: HTMLTextAreaElement;
  /** Transactions made here have this origin, so that one's own changes can be undone. */
  origin: unknown;
  /** After every change of what the cell shows. */
  shown(value: string): void;
  /** The input would not fit into a cell: nothing was changed. `size` is how long it would have become. */
  refused(size: number): void;
}

/**
 * Binds a textarea to a shared text. What is typed is written at once, except while an input method composes: then
 * nothing is written and nothing of others is drawn until the word is chosen, so that pinyin is neither shared nor torn.
 */
export class CellText {
  readonly #parts: CellParts;
  #shown = '';
  /** Set while composing. */
  #trail: Trail | undefined;
  #writing = false;
  readonly #leave = new AbortController();

  constructor(parts: CellParts) {
    this.#parts = parts;
    const { text, area } = parts;
    const { signal } = this.#leave;
    area.addEventListener('input', () => this.#typed(), { signal });
    area.addEventListener('compositionstart', () => this.#compose(), { signal });
    area.addEventListener('compositionend', () => this.#composed(), { signal });
    area.addEventListener('blur', () => this.#composed(), { signal });
    area.addEventListener('paste', (e) => this.#admit(e, e.clipboardData), { signal });
    area.addEventListener('drop', (e) => this.#admit(e, e.dataTransfer), { signal });
    area.addEventListener('beforeinput', (e) => this.#admitTyped(e), { signal });
    text.observe(this.#told);
    this.#show(plain(text));
  }

  destroy(): void {
    this.#composed();
    this.#leave.abort();
    this.#parts.text.unobserve(this.#told);
  }

  #typed(): void {
    if (this.#trail) return;
    const { area } = this.#parts;
    const change = changeBetween(this.#shown, area.value, area.selectionEnd);
    if (!change) return;
    this.#write((text) => {
      heal(text);
      if (change.remove > 0) text.delete(change.at, change.remove);
      if (change.insert) text.insert(change.at, change.insert);
    });
    this.#show(plain(this.#parts.text));
  }

  #compose(): void {
    this.#write(heal);
    this.#trail = new Trail(this.#parts.text.length);
  }

  #composed(): void {
    const trail = this.#trail;
    if (!trail) return;
    this.#trail = undefined;
    const { area, text } = this.#parts;
    const change = changeBetween(this.#shown, area.value, area.selectionEnd);
    if (!change) return this.#show(plain(text));
    const { at, runs } = trail.translate(change);
    this.#write(() => {
      for (const run of runs.reverse()) text.delete(run.at, run.length);
      if (change.insert) text.insert(at, change.insert);
    });
    const caret = at + change.insert.length;
    this.#show(plain(text), [caret, caret]);
  }

  readonly #told = (event: Y.YTextEvent): void => {
    if (this.#writing) return;
    if (this.#trail) return this.#trail.follow(event.delta);
    const { area, text } = this.#parts;
    const { selectionStart, selectionEnd } = area;
    this.#show(plain(text), [caretAfter(event.delta, selectionStart), caretAfter(event.delta, selectionEnd)]);
  };

  #write(edit: (text: Y.Text) => void): void {
    const { text, origin } = this.#parts;
    this.#writing = true;
    try {
      text.doc?.transact(() => edit(text), origin);
    } finally {
      this.#writing = false;
    }
  }

  #show(value: string, selection?: [number, number]): void {
    const { area, shown } = this.#parts;
    this.#shown = value;
    if (area.value !== value) {
      const { scrollTop, selectionDirection } = area;
      area.value = value;
      // in Safari setting the selection takes the focus
      if (selection && document.activeElement === area)
        area.setSelectionRange(...selection, selectionDirection);
      area.scrollTop = scrollTop;
    }
    shown(value);
  }

  #admit(event: Event, data: DataTransfer | null): void {
    const added = data?.getData('text/plain') ?? '';
    this.#refuseIfLong(event, added);
  }

  // Compositions cannot be refused; the few characters by which they overstep do no harm.
  #admitTyped(event: InputEvent): void {
    if (event.inputType === 'insertText' || event.inputType === 'insertLineBreak')
      this.#refuseIfLong(event, event.data ?? '\n');
  }

  #refuseIfLong(event: Event, added: string): void {
    const { area, refused } = this.#parts;
    const gone = area.value.slice(area.selectionStart, area.selectionEnd);
    if (added.length < gone.length) return;
    const size = codePoints(area.value) - codePoints(gone) + codePoints(added);
    if (size <= MAX_CELL_TEXT) return;
    event.preventDefault();
    refused(size);
  }
}

/** What a textarea can show of a shared text: no embeds, no returns (it would turn them into line feeds). */
export const plain = (text: Y.Text): string => text.toString().replace(/[\0\r]/g, '');

/** Removes what `plain` leaves out, so that places in both are the same. */
function heal(text: Y.Text): void {
  if (text.length === plain(text).length) return;
  const pieces = text.toDelta() as { insert: unknown }[];
  const units = pieces.flatMap(({ insert }) => (typeof insert === 'string' ? insert.split('') : ['\0']));
  for (let i = units.length - 1; i >= 0; i--) if (units[i] === '\0' || units[i] === '\r') text.delete(i, 1);
}
