// GB/T 9704-2012 in figures: lengths in millimetres, type in points. DOCX and PDF share them.

/** A4 upright: 天头 37, 订口 28, type area 156 × 225. */
export const UPRIGHT = { width: 210, height: 297, top: 37, right: 26, bottom: 35, left: 28 } as const;
/** A4 across: the same type area turned, so the bound side lies at the top. */
export const ACROSS = { width: 297, height: 210, top: 28, right: 35, bottom: 26, left: 37 } as const;

/** 22 lines in 225 mm: 28.95 pt is the widest pitch that still fits 22 times. */
export const PITCH = 28.95;
/** 2号 for titles, 3号 for text, 4号 for page numbers, 小四 and 五号 for tables. */
export const SIZE = { title: 22, body: 16, number: 14, cell: 12, cellSmall: 10.5, note: 10.5 } as const;
/** Lines of a title: 36 pt in practice. */
export const TITLE_PITCH = 36;

/** Size and line pitch of a table's text: many columns need the smaller type. */
export function cellType(columns: number): { size: number; pitch: number } {
  return columns > 6 ? { size: SIZE.cellSmall, pitch: 16 } : { size: SIZE.cell, pitch: 18 };
}

const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFF}“”‘’—…]/u;

/** Width in characters of Chinese type: an ideograph or full-width mark is 1, anything else half. */
export function emWidth(text: string): number {
  let width = 0;
  for (const char of text) width += WIDE.test(char) ? 1 : 0.5;
  return width;
}

const NO_START = /^[，。、；：？！）》〉】〕”’…—·.,;:?!)\]]/;
const NO_END = /[（《〈【〔“‘([]$/;

/**
 * A title in lines of about the same width that end between words (词不断开), each at most `widest` wide.
 * Text without any place to break stays in one line and is wrapped by the program that shows it.
 */
export function titleLines(title: string, widest: number): string[] {
  const count = Math.ceil(emWidth(title) / widest);
  if (count <= 1) return [title];
  const aim = emWidth(title) / count;
  const lines = [''];
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(title)) {
    const line = lines[lines.length - 1] ?? '';
    const full = emWidth(line + segment) > Math.min(widest, aim + emWidth(segment) / 2);
    const mayBreak = line !== '' && !NO_START.test(segment) && !NO_END.test(line);
    if (mayBreak && (emWidth(line + segment) > widest || (full && lines.length < count))) lines.push(segment);
    else lines[lines.length - 1] = line + segment;
  }
  return lines.map((line) => line.trim());
}

/** A label and how much to open it up after each letter but the last, in ems, to be as wide as the widest. */
export type EvenLabel = { text: string; gap: number };

/** Labels of one block of facts (时间, 主持人, 列席人员), opened up so that their colons stand under each other. */
export function evenLabels(labels: readonly string[]): EvenLabel[] {
  const widest = Math.max(0, ...labels.map(emWidth));
  return labels.map((text) => {
    const gaps = [...text].length - 1;
    return { text, gap: gaps < 1 || /[ -~]/.test(text) ? 0 : (widest - emWidth(text)) / gaps };
  });
}

/** Width of the label column in ems: the widest label, its colon and a hair of air. */
export function labelColumn(labels: readonly string[], colon: string): number {
  return Math.max(0, ...labels.map(emWidth)) + emWidth(colon) + 0.25;
}

/** Text is justified, but a long address in it would tear the line before it apart. */
export function alignmentOf(text: string): 'justify' | 'left' {
  return /[!-~]{24,}/.test(text) ? 'left' : 'justify';
}
