/** Length in code points: what a reader counts, also beyond the BMP (𠮷 is one). */
export function codePoints(text: string): number {
  let n = 0;
  for (const _ of text) n++;
  return n;
}
