import { linesOf } from '../../../shared/line-breaks.ts';
import { printableReport } from './printable.ts';
import { type Block, type Render, type Report, WORDS } from './report.ts';

// Marks that mean something anywhere in a line, and those that do so only at its beginning.
const INLINE = /[\\`*_[\]<>~|&]/g;
const AT_START = /^([#+=-])/;
const NUMBERED = /^(\d{1,9})([.)])(?=\s|$)/;

/** A line that reads in Markdown as it is written: no emphasis, link, list, quote or tag comes about by accident. */
export function escapeMarkdown(line: string): string {
  return line
    .trim()
    .replace(INLINE, (mark) => `\\${mark}`)
    .replace(AT_START, '\\$1')
    .replace(NUMBERED, '$1\\$2');
}

const cell = (text: string) => text.split('\n').map(escapeMarkdown).join('<br>');
const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;

function block(part: Block): string[] {
  if (part.kind === 'heading') return [`${'#'.repeat(part.level + 1)} ${escapeMarkdown(part.text)}`];
  if (part.kind === 'pageBreak') return ['---'];
  if (part.kind === 'paragraph') return linesOf(part.text).map(escapeMarkdown);
  const rule = part.columns.map((column) => (column.align === 'center' ? ':-:' : '---'));
  return [
    [row(part.columns.map((c) => c.label)), `| ${rule.join(' | ')} |`, ...part.rows.map(row)].join('\n'),
  ];
}

/** Markdown (CommonMark with GitHub's tables), UTF-8 without BOM. A draft says so in its first line. */
export const renderMarkdown: Render = async (raw) => {
  const report: Report = printableReport(raw);
  const { colon, draft } = WORDS[report.language];
  const facts = report.facts.map(
    (f) => `**${escapeMarkdown(f.label)}${colon.trim()}** ${escapeMarkdown(f.text)}`,
  );
  const parts = [
    ...(report.draft ? [`> **${draft}**`] : []),
    `# ${escapeMarkdown(report.title)}`,
    ...(report.subject ? [escapeMarkdown(report.subject)] : []),
    // A backslash ends the line without ending the paragraph.
    ...(facts.length > 0 ? [facts.join('\\\n')] : []),
    ...report.blocks.flatMap(block),
    ...(report.footNote ? ['---', ...linesOf(report.footNote).map(escapeMarkdown)] : []),
  ];
  return new TextEncoder().encode(`${parts.join('\n\n')}\n`);
};
