// Word's Shift+Enter arrives as U+000B, a page break as U+000C; U+0085, U+2028 and U+2029 come from other systems.
const BREAK = /\r\n?|[\u000B\u000C\u0085\u2028\u2029]/g;

/** The text with one kind of line break. Every page and every file breaks its lines by this. */
export const lineBreaks = (text: string): string => text.replace(BREAK, '\n');

/** The lines of a text that are not blank, without the space around them. */
export function linesOf(text: string): string[] {
  return lineBreaks(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
