import type * as Y from 'yjs';
import { lineBreaks } from '../../../shared/line-breaks.ts';
import type { Delta } from './text-change.ts';

/** What a cell's field shows and changes, wherever it is kept. Places are UTF-16 units of what `read` gives. */
export interface CellWords {
  read(): string;
  /** Removes the runs, which lie behind `at` in rising order, and inserts at `at`, as one change. */
  edit(runs: readonly { at: number; length: number }[], at: number, insert: string): void;
  /** Takes out what a field cannot show, so that places in both are the same. */
  heal(): void;
  /** Tells every change, one's own too, until it is stopped. */
  observe(told: (delta: Delta) => void): () => void;
}

/** What a textarea can show of a shared text: no embeds, one kind of line break. As long as the text without its returns. */
export const plain = (text: Y.Text): string => lineBreaks(text.toString().replace(/[\0\r]/g, ''));

/** The words of a shared text. */
export function textWords(text: Y.Text, origin: unknown): CellWords {
  const transact = (edit: () => void) => text.doc?.transact(edit, origin);
  return {
    read: () => plain(text),
    edit: (runs, at, insert) =>
      transact(() => {
        for (const run of [...runs].reverse()) text.delete(run.at, run.length);
        if (insert) text.insert(at, insert);
      }),
    heal: () => transact(() => heal(text)),
    observe(told) {
      const follow = (event: Y.YTextEvent) => told(event.delta);
      text.observe(follow);
      return () => text.unobserve(follow);
    },
  };
}

/** Removes what `plain` leaves out. */
function heal(text: Y.Text): void {
  if (text.length === plain(text).length) return;
  const pieces = text.toDelta() as { insert: unknown }[];
  const units = pieces.flatMap(({ insert }) => (typeof insert === 'string' ? insert.split('') : ['\0']));
  for (let i = units.length - 1; i >= 0; i--) if (units[i] === '\0' || units[i] === '\r') text.delete(i, 1);
}
