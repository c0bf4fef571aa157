import { columnNumber, far, MAX_COLUMN, MAX_ROW, UnreadableRoster } from './roster-bounds.ts';
import { walkXml } from './roster-xml.ts';

/** A rectangle of cells that are shown as one; indices from 0, both ends in it. */
export interface Merge {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** A sheet as its reader needs it: `cells[row][column]` as text, rows and columns from 0. */
export interface Sheet {
  name: string;
  hidden: boolean;
  cells: string[][];
  hiddenRows: ReadonlySet<number>;
  hiddenColumns: ReadonlySet<number>;
  merges: readonly Merge[];
}

/** What cells refer to: texts by number, and which styles show a number as a date. */
export interface Values {
  strings: readonly string[];
  dates: ReadonlySet<number>;
  /** Days from 1899-12-30 to the day 0 of this workbook. */
  dayZero: number;
}

/** `_x000A_` is a line break: XLSX writes so what XML cannot hold. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([\da-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

// A cell may hold 1.38E10 with all its figures; a telephone number has to come out in full.
function number(stored: string, style: string, { dates, dayZero }: Values): string {
  const value = Number(stored);
  if (!dates.has(Number(style))) return String(value);
  const day = new Date((value + dayZero - 25_569) * 86_400_000);
  return Number.isNaN(day.getTime()) ? stored : day.toISOString().slice(0, 10);
}

/** What a cell shows. A formula whose result nobody has stored shows itself: `=B2`; one that gives no text shows nothing. */
function shown(cell: Open, values: Values): string {
  const { type, value, formula } = cell;
  if (type === 'inlineStr') return unescaped(cell.inline);
  if (value === '') return formula === undefined || (type === 'str' && cell.stored) ? '' : `=${formula}`;
  if (type === 's') return values.strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'n') return number(value, cell.style, values);
  return type === 'd' ? value.slice(0, 10) : unescaped(value);
}

interface Open {
  row: number;
  column: number;
  type: string;
  style: string;
  value: string;
  /** Whether there is a value, be it empty. */
  stored: boolean;
  formula?: string;
  inline: string;
}

const wrong = () => new UnreadableRoster('roster.unreadable');

function addressOf(address: string): [row: number, column: number] {
  const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/.exec(address) ?? [];
  if (letters === undefined || Number(digits) < 1) throw wrong();
  return [Number(digits), columnNumber(letters)];
}

function rangeOf(ref: string): Merge {
  const [from = '', to = from] = ref.split(':');
  const [[top, left], [bottom, right]] = [addressOf(from), addressOf(to)];
  return { top: top - 1, left: left - 1, bottom: bottom - 1, right: right - 1 };
}

const yes = (flag: string | undefined): boolean => flag === '1' || flag === 'true';

/**
 * Reads the XML of one sheet. A row or cell without an address follows the one before it. Cells that hold nothing (a colour over whole
 * columns makes a million of them) take no place; one with words beyond the bounds is refused by its address. Throws UnreadableRoster.
 */
export function readSheet(xml: string, name: string, hidden: boolean, values: Values): Sheet {
  const cells: string[][] = [];
  const [hiddenRows, hiddenColumns] = [new Set<number>(), new Set<number>()];
  const merges: Merge[] = [];
  // Numbers from 1, as addresses count.
  let [row, column] = [0, 0];
  let open: Open | undefined;
  let into: 'value' | 'formula' | 'inline' | undefined;
  let phonetic = false;

  function place(cell: Open): void {
    const text = shown(cell, values);
    if (text.trim() === '') return;
    if (cell.row > MAX_ROW || cell.column > MAX_COLUMN) throw far(cell.row, cell.column);
    while (cells.length < cell.row) cells.push([]);
    const line = cells[cell.row - 1]!;
    if ((line[cell.column - 1] ?? '') !== '') throw wrong();
    while (line.length < cell.column) line.push('');
    line[cell.column - 1] = text;
  }

  walkXml(xml, {
    open(tag, attributes) {
      if (tag === 'row') {
        const { r, hidden: gone } = attributes();
        if (r !== undefined && !/^[1-9]\d{0,6}$/.test(r)) throw wrong();
        [row, column] = [r === undefined ? row + 1 : Number(r), 0];
        if (yes(gone) && row <= MAX_ROW) hiddenRows.add(row - 1);
      } else if (tag === 'c') {
        const { r, t = 'n', s = '' } = attributes();
        [row, column] = r === undefined ? [row, column + 1] : addressOf(r);
        open = { row, column, type: t, style: s, value: '', stored: false, inline: '' };
      } else if (open && tag === 'v') {
        into = 'value';
        open.stored = true;
      } else if (open && tag === 'f') {
        into = 'formula';
        open.formula = '';
      } else if (open && tag === 't' && !phonetic) into = 'inline';
      else if (tag === 'rPh') phonetic = true;
      else if (tag === 'col') {
        const { min, max, hidden: gone } = attributes();
        if (yes(gone))
          for (let at = Number(min); at <= Math.min(Number(max), MAX_COLUMN); at++) hiddenColumns.add(at - 1);
      } else if (tag === 'mergeCell') {
        const merge = rangeOf(attributes()['ref'] ?? '');
        if (merge.top < MAX_ROW && merge.left < MAX_COLUMN) merges.push(merge);
      }
    },
    text(text) {
      if (open && into) open[into] = (open[into] ?? '') + text;
    },
    close(tag) {
      if (tag === 'c' && open) {
        place(open);
        open = undefined;
      } else if (tag === 'rPh') phonetic = false;
      into = undefined;
    },
  });
  return { name, hidden, cells, hiddenRows, hiddenColumns, merges };
}
