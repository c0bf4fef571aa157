import { type Node, pt, type Setter } from './pdf-type.ts';
import { cellType, emWidth } from './page.ts';
import type { Block } from './report.ts';

type TableBlock = Extract<Block, { kind: 'table' }>;

const PAD = 4;
const RULE = 0.5;

const LAYOUT = {
  hLineWidth: () => RULE,
  vLineWidth: () => RULE,
  paddingLeft: () => PAD,
  paddingRight: () => PAD,
  paddingTop: () => 2,
  paddingBottom: () => 3,
};

/** Widths of the text in each column, in points; with padding and rules they fill `width`. */
function textWidths(block: TableBlock, width: number): number[] {
  const shares = block.columns.reduce((sum, c) => sum + c.share, 0);
  return block.columns.map((c) => ((width - RULE) * c.share) / shares - 2 * PAD - RULE);
}

/** Lines that the highest cell of a table takes: a row higher than half a page must be allowed to break. */
function highest(block: TableBlock, widths: readonly number[], size: number): number {
  const lines = (cell: string, i: number) =>
    cell.split('\n').reduce((n, line) => n + Math.ceil((emWidth(line) * size) / (widths[i] ?? 1) + 0.5), 0);
  return Math.max(0, ...block.rows.map((row) => Math.max(0, ...row.map(lines))));
}

/** A ruled table whose header row stands on every page. `width` in points. */
export function pdfTable(set: Setter, block: TableBlock, width: number): Node {
  const { size, pitch } = cellType(block.columns.length);
  const widths = textWidths(block, width);
  const header = block.columns.map((column) => ({
    text: set.inline(column.label, 'hei', size, pitch),
    alignment: 'center',
    verticalAlignment: 'middle',
  }));
  const rows = block.rows.map((row) =>
    row.map((cell, i) => ({
      stack: cell.split('\n').map((line) => ({ text: set.inline(line, 'body', size, pitch) })),
      alignment: block.columns[i]?.align ?? 'left',
      verticalAlignment: 'middle',
    })),
  );
  const whole = highest(block, widths, size) * pitch < pt(100);
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: whole ? 1 : 0,
      dontBreakRows: whole,
      widths,
      body: [header, ...rows],
    },
    layout: LAYOUT,
    margin: [0, 4, 0, 8],
  };
}
