import { tidy } from './roster-cell.ts';
import { columnLetter } from './roster-bounds.ts';
import type { LeftKind, RosterCells, RosterLeft } from './roster-problem.ts';

// So many places are shown one by one; the rest is counted.
const MOST = 1000;
const SHOWN = 40;

export const hasWords = (cell: string | undefined): boolean => cell !== undefined && tidy(cell) !== '';
export const beginning = (text: string): string => [...tidy(text)].slice(0, SHOWN).join('');

/** Keeps account of every cell with words: read, left (as what), or part of a problem. */
export class Ledger {
  readonly #left: RosterLeft[] = [];
  readonly #columns = new Map<string, RosterLeft>();
  readonly cells: RosterCells = { read: 0, left: 0, problems: 0 };

  read(cells: number): void {
    this.cells.read += cells;
  }

  problem(cells: number): void {
    this.cells.problems += cells;
  }

  /** A line of the file (index from 0), or a part of it; lines that follow one another become one entry. */
  line(kind: LeftKind, sheet: string | undefined, at: number, words: readonly string[]): void {
    if (words.length === 0) return;
    this.cells.left += words.length;
    const last = this.#left.at(-1);
    const joins = last && last.kind === kind && last.sheet === sheet && last.column === undefined;
    if (joins && last.to !== undefined && at + 1 >= last.to && at <= last.to) {
      last.to = at + 1;
      last.cells += words.length;
    } else
      this.#add({
        kind,
        ...named(sheet),
        line: at + 1,
        to: at + 1,
        text: beginning(words[0]!),
        cells: words.length,
      });
  }

  /** A cell of a column that is not read; `table` tells apart columns under different headers. */
  column(kind: LeftKind, sheet: string | undefined, table: number, column: number, heading: string): void {
    this.cells.left++;
    const key = `${kind} ${table} ${column} ${sheet ?? ''}`;
    const known = this.#columns.get(key);
    if (known) known.cells++;
    else {
      const entry: RosterLeft = {
        kind,
        ...named(sheet),
        column: columnLetter(column),
        text: beginning(heading),
        cells: 1,
      };
      this.#columns.set(key, entry);
      this.#add(entry);
    }
  }

  /** A whole sheet, or a table in it. */
  whole(kind: LeftKind, sheet: string | undefined, rows: readonly (readonly string[])[], from = 0): void {
    const cells = rows.flatMap((row) => row.filter(hasWords));
    if (cells.length === 0) return;
    this.cells.left += cells.length;
    this.#add({
      kind,
      ...named(sheet),
      line: from + 1,
      to: from + rows.length,
      text: beginning(cells[0]!),
      cells: cells.length,
    });
  }

  /** What was left, and what is beyond a thousand places as one entry. */
  get left(): RosterLeft[] {
    const rest = this.#left.slice(MOST);
    if (rest.length === 0) return this.#left;
    const cells = rest.reduce((sum, { cells: n }) => sum + n, 0);
    return [...this.#left.slice(0, MOST), { kind: 'more', cells }];
  }

  #add(entry: RosterLeft): void {
    this.#left.push(entry);
  }
}

const named = (sheet: string | undefined): { sheet?: string } => (sheet === undefined ? {} : { sheet });
