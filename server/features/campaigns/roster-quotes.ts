/**
 * Index of the first quotation mark that opens in the middle of a cell, which leaves it open to doubt where the cell ends; undefined
 * where there is none. Line breaks are `\n`.
 */
export function strayQuote(text: string, delimiter: string): number | undefined {
  let [quoted, fresh] = [false, true];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '"') {
      if (quoted && text[at + 1] === '"') at++;
      else if (quoted || fresh) quoted = !quoted;
      else if (isKeptAsText(text, at, delimiter)) at = text.indexOf('"', at + 1);
      else return at;
    }
    fresh = !quoted && (sign === delimiter || sign === '\n');
  }
  return undefined;
}

/** `="0101"`: systems write figures so that a spreadsheet keeps them as they are. */
export const KEPT_AS_TEXT = /^="([^"\n]*)"$/;

function isKeptAsText(text: string, quote: number, delimiter: string): boolean {
  const before = text[quote - 2];
  const begins = text[quote - 1] === '=' && (before === undefined || before === delimiter || before === '\n');
  const close = text.indexOf('"', quote + 1);
  const after = text[close + 1];
  return begins && close > 0 && (after === undefined || after === delimiter || after === '\n');
}

/** The line of the file in which a text's index lies, from 1. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
