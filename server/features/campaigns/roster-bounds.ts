import type { RosterReason } from './roster-problem.ts';

/** Where the last cell with words may stand. A campaign has 5,000 people at most; a form has some tens of columns. */
export const MAX_ROW = 20_000;
export const MAX_COLUMN = 200;

/** A file that cannot be read at all; `value` says what is at fault, if one thing is, `line` from where on (0: as a whole). */
export class UnreadableRoster extends Error {
  readonly reason: RosterReason;
  readonly value: string | undefined;
  readonly line: number;
  constructor(reason: RosterReason, value?: string, line = 0) {
    super(reason);
    this.reason = reason;
    this.value = value;
    this.line = line;
  }
}

/** A column as sheets name it, from 0: A, B … Z, AA. */
export function columnLetter(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetter(Math.floor(index / 26) - 1) + letter;
}

/** Its number from 1: A is 1, AA is 27. */
export const columnNumber = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** That something stands beyond the bounds; row and column from 1. */
export const far = (row: number, column: number): UnreadableRoster =>
  new UnreadableRoster('roster.far-cell', `${columnLetter(column - 1)}${row}`);

const QUOTE = 34;
const [COMMA, SEMICOLON, TAB, BAR] = [44, 59, 9, 124];
const isSeparator = (code: number) => code === COMMA || code === SEMICOLON || code === TAB || code === BAR;
const isBlank = (code: number) => code === 32 || code === 13 || code === 0x3000 || code === 0xfeff;

/**
 * The text of a CSV without what is blank at the end of its lines and below the last one, once nothing stands beyond the bounds.
 * A separator inside quotes is none. Throws UnreadableRoster.
 */
export function boundedText(text: string): string {
  const lines: string[] = [];
  let [start, last, cells, cellsAtLast, quoted, full] = [0, 0, 0, 0, false, 0];
  const endLine = (at: number) => {
    if (cellsAtLast >= MAX_COLUMN) throw far(lines.length + 1, cellsAtLast + 1);
    lines.push(text.slice(start, last));
    if (last > start) full = lines.length;
    if (full > MAX_ROW) throw far(full, 1);
    [start, last, cells, cellsAtLast] = [at + 1, at + 1, 0, 0];
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) quoted = !quoted;
    if (quoted || !(code === 10 || isSeparator(code) || isBlank(code))) {
      last = at + 1;
      cellsAtLast = cells;
    } else if (code === 10) endLine(at);
    else if (isSeparator(code)) cells++;
  }
  endLine(text.length);
  return lines.slice(0, full).join('\n');
}
