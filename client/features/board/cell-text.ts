import { codePoints } from '../../../shared/code-points.ts';
import { lineBreaks, linesOf } from '../../../shared/line-breaks.ts';
import type { CellWords } from './cell-words.ts';
import { type LeftOut, notWords } from './left-out.ts';
import { caretAfter, changeBetween, type Delta, Trail } from './text-change.ts';

interface CellParts {
  words: CellWords;
  area: HTMLTextAreaElement | HTMLInputElement;
  /** In code points. */
  most: number;
  /** After every change of what the cell shows. */
  shown(value: string): void;
  /** The input would not fit into a cell: nothing was changed. `size` is how long it would have become. */
  refused(size: number): void;
  /** What was pasted or dropped holds more than words, which are all that a cell takes. */
  leftOut(what: readonly LeftOut[]): void;
}

/**
 * Binds a field to the words of a cell. What is typed is written at once, except while an input method composes: then
 * nothing is written and nothing of others is drawn until the word is chosen, so that pinyin is neither shared nor torn.
 */
export class CellText {
  readonly #parts: CellParts;
  #shown = '';
  /** Set while composing. */
  #trail: Trail | undefined;
  #writing = false;
  readonly #leave = new AbortController();
  readonly #deaf: () => void;

  constructor(parts: CellParts) {
    this.#parts = parts;
    const { words, area } = parts;
    const { signal } = this.#leave;
    area.addEventListener('input', () => this.#typed(), { signal });
    area.addEventListener('compositionstart', () => this.#compose(), { signal });
    area.addEventListener('compositionend', () => this.#composed(), { signal });
    area.addEventListener('blur', () => this.#composed(), { signal });
    area.addEventListener('paste', (e) => this.#admit(e, (e as ClipboardEvent).clipboardData), { signal });
    area.addEventListener('drop', (e) => this.#admit(e, (e as DragEvent).dataTransfer), { signal });
    area.addEventListener('beforeinput', (e) => this.#admitTyped(e as InputEvent), { signal });
    this.#deaf = words.observe(this.#told);
    this.#show(words.read());
  }

  destroy(): void {
    this.#composed();
    this.#leave.abort();
    this.#deaf();
  }

  #typed(): void {
    if (this.#trail) return;
    const { area, words } = this.#parts;
    const change = changeBetween(this.#shown, area.value, area.selectionEnd ?? undefined);
    if (!change) return;
    const runs = change.remove > 0 ? [{ at: change.at, length: change.remove }] : [];
    this.#write(() => {
      words.heal();
      words.edit(runs, change.at, change.insert);
    });
    this.#show(words.read());
  }

  #compose(): void {
    const { words } = this.#parts;
    this.#write(() => words.heal());
    this.#trail = new Trail(words.read().length);
  }

  #composed(): void {
    const trail = this.#trail;
    if (!trail) return;
    this.#trail = undefined;
    const { area, words } = this.#parts;
    const change = changeBetween(this.#shown, area.value, area.selectionEnd ?? undefined);
    if (!change) return this.#show(words.read());
    const { at, runs } = trail.translate(change);
    this.#write(() => words.edit(runs, at, change.insert));
    const caret = at + change.insert.length;
    this.#show(words.read(), [caret, caret]);
  }

  readonly #told = (delta: Delta): void => {
    if (this.#writing) return;
    if (this.#trail) return this.#trail.follow(delta);
    const { area, words } = this.#parts;
    const [start, end] = [area.selectionStart ?? 0, area.selectionEnd ?? 0];
    this.#show(words.read(), [caretAfter(delta, start), caretAfter(delta, end)]);
  };

  #write(edit: () => void): void {
    this.#writing = true;
    try {
      edit();
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
        area.setSelectionRange(...selection, selectionDirection ?? undefined);
      area.scrollTop = scrollTop;
    }
    shown(value);
  }

  /** Takes the words of what is pasted or dropped, in the breaks that the field has, and says what else there was. */
  #admit(event: Event, data: DataTransfer | null): void {
    const { area, leftOut } = this.#parts;
    if (!data || area.readOnly) return;
    const words = data.getData('text/plain');
    const besides = notWords(data);
    if (besides.length > 0) leftOut(besides);
    // A file that is dropped would be opened in place of the page.
    if (words === '' && data.files.length > 0) event.preventDefault();
    const added = this.#fitting(words);
    if (this.#refuseIfLong(event, added) || added === words || event.type === 'drop') return;
    event.preventDefault();
    area.setRangeText(added, area.selectionStart ?? 0, area.selectionEnd ?? 0, 'end');
    this.#typed();
  }

  /** A field of one line would join lines without a sign. */
  #fitting(words: string): string {
    return this.#parts.area instanceof HTMLTextAreaElement ? lineBreaks(words) : linesOf(words).join('、');
  }

  // Compositions cannot be refused; the few characters by which they overstep do no harm.
  #admitTyped(event: InputEvent): void {
    if (event.inputType === 'insertText' || event.inputType === 'insertLineBreak')
      this.#refuseIfLong(event, event.data ?? '\n');
  }

  #refuseIfLong(event: Event, added: string): boolean {
    const { area, most, refused } = this.#parts;
    const gone = area.value.slice(area.selectionStart ?? 0, area.selectionEnd ?? 0);
    if (added.length < gone.length) return false;
    const size = codePoints(area.value) - codePoints(gone) + codePoints(added);
    if (size <= most) return false;
    event.preventDefault();
    refused(size);
    return true;
  }
}
