import { lineBreaks } from '../../../shared/line-breaks.ts';
import type { Block, Report } from './report.ts';

// XML 1.0 has no place for these, and Word refuses the whole file for one of them. Some stood between words (U+0007 ends a
// cell in Word, U+001C–U+001E separate): a space stays in their place, so that nothing runs together.
// biome-ignore lint: the control characters are the point
const CONTROL = /[\u0000-\u0008\u000E-\u001E\u007F-\u0084\u0086-\u009F]+/g;
// No place either, and no width. The bidirectional controls go as well: in an official paper they can only make a sentence
// read otherwise than it is stored. U+001F is Word's optional hyphen.
// biome-ignore lint: the control characters are the point
const NOTHING = /[\u001F\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/g;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** The text as it may stand in a file: one kind of line break, no character that a format forbids. */
export function printable(text: string): string {
  return lineBreaks(text)
    .replace(/\t/g, ' ')
    .replace(CONTROL, ' ')
    .replace(NOTHING, '')
    .replace(LONE_SURROGATE, '');
}

/** One line: breaks become spaces. For titles, labels and headings. */
export function oneLine(text: string): string {
  return printable(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

function printableBlock(block: Block): Block {
  if (block.kind === 'pageBreak') return block;
  if (block.kind === 'heading') return { ...block, text: oneLine(block.text) };
  if (block.kind === 'paragraph') return { ...block, text: printable(block.text) };
  const width = block.columns.length;
  return {
    kind: 'table',
    columns: block.columns.map((c) => ({ ...c, label: oneLine(c.label) })),
    rows: block.rows.map((row) => Array.from({ length: width }, (_, i) => printable(row[i] ?? '').trim())),
  };
}

/** The report with every text made printable and every row as long as its table has columns. */
export function printableReport(report: Report): Report {
  return {
    ...report,
    title: oneLine(report.title),
    ...(report.subject === undefined ? {} : { subject: oneLine(report.subject) }),
    ...(report.footNote === undefined ? {} : { footNote: printable(report.footNote) }),
    facts: report.facts.map((f) => ({ label: oneLine(f.label), text: oneLine(f.text) })),
    blocks: report.blocks.map(printableBlock),
  };
}
