// No row of Excel is higher than 409 pt: what is longer is cut on screen and on paper without a word. So long cells go on in
// further rows. Which fonts the reader's machine has is not known here: everything is measured as if it had the widest of them.

/** A line of 10.5 pt in the tallest font that may stand in for 仿宋. Points. */
const PITCH = 15.5;
const AIR = 5;
/** Excel's own limit. */
const HIGHEST = 409;
/** More lines than this are divided … */
const MOST_LINES = Math.floor((HIGHEST - AIR) / PITCH) - 1;
/** … into rows of so many: programs move a row to the next page whole, and two of these stand on each page across. */
const PIECE_LINES = 12;
/** What marks never begin or end a line takes a letter or two from a line's width. */
const SPARE = 1.5;

/** Width in Chinese letters. Greek, Cyrillic and the like are as wide as Chinese ones in Chinese fonts. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text) {
    if (char > '~') width += /\p{M}/u.test(char) ? 0 : 1;
    else width += /[A-Z@%&mw]/.test(char) ? 0.85 : 0.6;
  }
  return width;
}

/** Letters of 10.5 pt that surely stand in a line of a column; `width` is Excel's, which counts figures. */
const perLine = (width: number): number => Math.max(1, width / 2 - SPARE);

// A word of Latin letters is not broken, nor a letter from what combines with it.
const WORDS = /(?:[!-~]\p{M}*)+|[^!-~]\p{M}*/gu;
const LETTERS = /.\p{M}*/gsu;

/** The text in the lines in which a column of that width shows it; put together they are the text again. */
export function wrapped(text: string, width: number): string[] {
  const room = perLine(width);
  const lines = [''];
  let used = 0;
  const begin = () => {
    lines.push('');
    used = 0;
  };
  const put = (part: string, wide: number) => {
    if (used > 0 && used + wide > room) begin();
    lines[lines.length - 1] += part;
    used += wide;
  };
  for (const [word] of text.matchAll(WORDS)) {
    const wide = widthOf(word);
    if (word === '\n') {
      lines[lines.length - 1] += word;
      begin();
    } else if (wide > room) for (const [letter] of word.matchAll(LETTERS)) put(letter, widthOf(letter));
    else put(word, wide);
  }
  return lines;
}

/** Height of a row that shows so many lines of 10.5 pt, times `scale`. Points. */
export const heightOf = (lines: number, scale = 1): number =>
  Math.min(HIGHEST, Math.max(1, lines) * PITCH * scale + AIR);

/** Cells of one row as the rows in which they are shown: `''` where a cell has ended, and how high each is, in points. */
export interface Piece {
  cells: string[];
  height: number;
}

const GOES_ON = '（续）';

/** The first cell of a further row says which one it belongs to: 3（续）. */
function goingOn(first: string, rest: string): string {
  return rest === '' ? `${first}${GOES_ON}` : `${GOES_ON}${rest}`;
}

/** A row as one piece, or as many as it takes to show every letter. `widths` are Excel's; `scale`: of the type to 10.5 pt. */
export function piecesOf(cells: readonly string[], widths: readonly number[], scale = 1): Piece[] {
  const lines = cells.map((text, at) => wrapped(text, widths[at] ?? 10));
  const most = Math.max(1, ...lines.map((own) => own.length));
  if (most * scale <= MOST_LINES) return [{ cells: [...cells], height: heightOf(most, scale) }];
  const each = Math.max(1, Math.floor(PIECE_LINES / scale));
  const pieces = Array.from({ length: Math.ceil(most / each) }, (_, n) => {
    const from = n * each;
    const shown = lines.map((own) => own.slice(from, from + each));
    const texts = shown.map((own) => own.join('').replace(/\n$/, ''));
    return { cells: texts, height: heightOf(Math.max(...shown.map((own) => own.length)), scale) };
  });
  const [label = ''] = pieces[0]?.cells ?? [];
  // A first column that is itself long has no label to repeat.
  const name = (lines[0]?.length ?? 0) > 2 ? '' : label;
  return pieces.map((piece, n) => {
    const [first = '', ...others] = piece.cells;
    return n === 0 ? piece : { ...piece, cells: [goingOn(name, first), ...others] };
  });
}
