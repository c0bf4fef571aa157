import type { RosterReason } from './roster-problem.ts';

/** Where the last cell with words may stand. A campaign has 5,000 people at most; a form has some tens of columns. */
export const MAX_ROW = 20_000;
export const MAX_COLUMN = 200;

/** A file that cannot be read at all; `value` says what is at fault, if one thing is. */
export class UnreadableRoster extends Error {
  readonly reason: RosterReason;
  readonly value: string | undefined;
  constructor(reason: RosterReason, value?: string) {
    super(reason);
    this.reason = reason;
    this.value = value;
  }
}

/** A column as sheets name it, from 0: A, B … Z, AA. */
export function columnLetter(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetter(Math.floor(index / 26) - 1) + letter;
}

const columnNumber = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

const far = (row: number, column: number): UnreadableRoster =>
  new UnreadableRoster('roster.far-cell', `${columnLetter(column - 1)}${row}`);

// Attributes with their quotes, so that a `>` inside one ends nothing.
const ATTRIBUTES = `(?:[^>"'/]|"[^"]*"|'[^']*'|/(?!>))*`;
const NAME = '(?:[\\w.-]+:)?';
const ADDRESS = `\\sr\\s*=\\s*["']`;
const BLANK_CELL = new RegExp(
  `<(${NAME}c)(?=\\s)(?=${ATTRIBUTES}${ADDRESS})${ATTRIBUTES}(?:/>|>\\s*(?:<${NAME}v\\s*(?:/>|>\\s*</${NAME}v\\s*>)\\s*)?</\\1\\s*>)`,
  'g',
);
const BLANK_ROW = new RegExp(
  `<(${NAME}row)(?=\\s)(?=${ATTRIBUTES}${ADDRESS})${ATTRIBUTES}(?:/>|>\\s*</\\1\\s*>)`,
  'g',
);
const PLACED = new RegExp(`<${NAME}(c|row)(?=\\s)${ATTRIBUTES}?${ADDRESS}([^"']*)["']`, 'g');

/**
 * The XML of a sheet without its cells and rows that hold nothing (a colour over whole columns makes a million of them), once no
 * cell stands beyond the bounds: a library that reads sheets makes an array up to the last one. Throws UnreadableRoster.
 */
export function boundedSheet(xml: string): string {
  const bare = xml.replace(BLANK_CELL, '').replace(BLANK_ROW, '');
  let beyond: UnreadableRoster | undefined;
  for (const [, kind, address = ''] of bare.matchAll(PLACED)) {
    const [, letters = '', digits = ''] = /^([A-Z]{0,3})(\d{1,7})$/.exec(address) ?? [];
    // What is no address to us could be one to whoever reads after us.
    if (digits === '' || (letters === '') !== (kind === 'row'))
      throw new UnreadableRoster('roster.unreadable');
    const [row, column] = [Number(digits), kind === 'row' ? 1 : columnNumber(letters)];
    if (row > MAX_ROW || column > MAX_COLUMN) beyond = far(row, column);
    // A row tells less than the cell in it that follows.
    if (beyond && kind === 'c') throw beyond;
  }
  if (beyond) throw beyond;
  return bare;
}

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
