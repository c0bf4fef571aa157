import type { Header } from './roster-header.ts';
import { hasWords } from './roster-ledger.ts';
import type { ChoiceKind, Chosen, RosterChoice } from './roster-problem.ts';
import type { Sheet } from './roster-sheet.ts';

/** What the office takes of one sheet. */
export interface Taken {
  sheet: boolean;
  rows: boolean;
  columns: boolean;
  /** Hidden columns that a roster would read, by index. */
  hiddenColumns: readonly number[];
  asked: RosterChoice[];
}

/**
 * What is asked of one sheet that holds people: whether it belongs to the roster, where several do or it is hidden, and whether hidden
 * lines and columns count. What is not seen is left unless somebody says otherwise; a hidden column of units or names is taken, since
 * nothing can be read without it.
 */
export function choicesOf(
  sheet: Sheet,
  number: number,
  headers: readonly Header[],
  several: boolean,
  chosen: Chosen,
): Taken {
  const asked: RosterChoice[] = [];
  const lines = (from: number, to: number, which: (at: number) => boolean) => {
    let count = 0;
    for (let at = from; at < to; at++) if (which(at) && sheet.cells[at]!.some(hasWords)) count++;
    return count;
  };
  const ask = (kind: ChoiceKind, word: string, text: string, count: number, usual: boolean): boolean => {
    const key = `${word}${number}`;
    const taken = chosen.get(key) ?? usual;
    asked.push({ key, kind, sheet: sheet.name, text, lines: count, taken });
    return taken;
  };
  const inHeader = (at: number) => headers.some((header) => header.at <= at && at < header.first);
  const first = headers[0]!.first;
  const people = (at: number) => !inHeader(at);
  const all = lines(first, sheet.cells.length, people);
  const whole =
    sheet.hidden || several
      ? ask(sheet.hidden ? 'hidden-sheet' : 'sheet', 'sheet', '', all, !sheet.hidden)
      : true;
  const used = new Map(
    headers.flatMap(({ blocks, words }) =>
      blocks.flatMap(({ columns }) =>
        Object.entries(columns).map(([field, at]) => [at, { field, word: words[at] ?? '' }] as const),
      ),
    ),
  );
  const hiddenColumns = [...used.keys()]
    .filter((at) => sheet.hiddenColumns.has(at) && used.get(at)!.field !== 'phone')
    .sort((a, b) => a - b);
  const needed = hiddenColumns.some((at) => ['unit', 'name'].includes(used.get(at)!.field));
  const hiddenLines = lines(first, sheet.cells.length, (at) => people(at) && sheet.hiddenRows.has(at));
  if (!whole) return { sheet: false, rows: false, columns: false, hiddenColumns, asked };
  const rows = hiddenLines === 0 || ask('hidden-rows', 'rows', '', hiddenLines, false);
  const words = hiddenColumns.map((at) => used.get(at)!.word.replace(/\s/g, '')).join('、');
  const columns = hiddenColumns.length === 0 || ask('hidden-columns', 'columns', words, all, needed);
  return { sheet: true, rows, columns, hiddenColumns, asked };
}
