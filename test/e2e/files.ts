import { execFileSync } from 'node:child_process';
import { strFromU8, unzipSync } from 'fflate';
import readXlsx from 'read-excel-file/node';

/** The words of a Word file, paragraphs as lines. */
export function docxText(bytes: Buffer): string {
  const part = unzipSync(bytes)['word/document.xml'];
  if (!part) throw new Error('no Word file');
  return strFromU8(part)
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '');
}

/** The words of a PDF by poppler's pdftotext. */
export function pdfText(bytes: Buffer): string {
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' });
}

/** The cells of the first sheet as text. */
export async function xlsxRows(bytes: Buffer): Promise<string[][]> {
  const [sheet] = await readXlsx(bytes);
  const rows = (sheet?.data ?? []) as unknown[][];
  return rows.map((row) => row.map((cell) => (cell === null || cell === undefined ? '' : String(cell))));
}
