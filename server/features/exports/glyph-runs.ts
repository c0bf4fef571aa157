import type { Faces, Role } from './faces.ts';
import type { FontFile } from './font-file.ts';
import { oneLine, printableReport } from './printable.ts';
import type { Report } from './report.ts';

/** Stands where no font has the character; every bundled font has it. */
export const GETA = '〓';

/** A stretch of text that one face can set. */
export type Run = { text: string; face: FontFile };

/** A character that no font has: as `U+20BB7`, how often it stands in the report, and the words around the first. */
export type MissingGlyph = { char: string; codePoint: string; count: number; where: string };

// Joiners, selectors and soft hyphens have no shape of their own.
const SHAPELESS = /[\u00AD\u034F\u200B-\u200D\u2060-\u2064\u{FE00}-\u{FE0F}\u{E0000}-\u{E01EF}]/u;
const BLANK = /\p{Zs}/u;
// Said as well by a mark that the Chinese fonts do have.
const ALIKE: Record<string, string> = {
  '☑': '√',
  '✓': '√',
  '✔': '√',
  '✅': '√',
  '☐': '□',
  '✗': '×',
  '✘': '×',
  '❌': '×',
};

function faceFor(char: string, chain: readonly FontFile[]): FontFile | undefined {
  return chain.find((face) => face.has(char.codePointAt(0) ?? 0));
}

/** The text in stretches of one face each. What no face has becomes 〓 and is reported through `missing`. */
export function glyphRuns(text: string, role: Role, faces: Faces, missing?: (char: string) => void): Run[] {
  const chain = faces[role];
  const runs: Run[] = [];
  const add = (char: string, face: FontFile) => {
    const last = runs.at(-1);
    if (last?.face === face) last.text += char;
    else runs.push({ text: char, face });
  };
  for (const wanted of text) {
    if (SHAPELESS.test(wanted)) continue;
    const char = faceFor(wanted, chain) ? wanted : (ALIKE[wanted] ?? wanted);
    const face = faceFor(char, chain);
    if (face !== undefined) add(char, face);
    else if (BLANK.test(char)) add(' ', chain[0]);
    else {
      missing?.(char);
      add(GETA, faceFor(GETA, chain) ?? chain[0]);
    }
  }
  return runs;
}

function texts(report: Report): [Role, string][] {
  const found: [Role, string][] = [
    ['title', report.title],
    ['kai', report.subject ?? ''],
    ['song', report.footNote ?? ''],
  ];
  for (const fact of report.facts) found.push(['hei', fact.label], ['body', fact.text]);
  for (const block of report.blocks) {
    if (block.kind === 'heading') found.push([block.level === 1 ? 'hei' : 'body', block.text]);
    if (block.kind === 'paragraph') found.push(['body', block.text]);
    if (block.kind === 'table') {
      for (const column of block.columns) found.push(['hei', column.label]);
      for (const cell of block.rows.flat()) found.push(['body', cell]);
    }
  }
  return found;
}

/** The report's characters that none of these faces has, in the order of their first use. */
export function findMissing(report: Report, faces: Faces): MissingGlyph[] {
  const found = new Map<string, MissingGlyph>();
  for (const [role, text] of texts(printableReport(report))) {
    const note = (char: string) => {
      const codePoint = `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
      const chars = [...text];
      const at = chars.indexOf(char);
      const where = oneLine(chars.slice(Math.max(0, at - 10), at + 10).join(''));
      const known = found.get(char) ?? { char, codePoint, count: 0, where };
      found.set(char, { ...known, count: known.count + 1 });
    };
    glyphRuns(text.replaceAll('\n', ' '), role, faces, note);
  }
  return [...found.values()];
}
