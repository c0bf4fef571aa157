import type { IParagraphOptions, TableRow } from 'docx';
import { FACE, runOptions, twips } from './docx-type.ts';
import { cellType } from './page.ts';
import type { Block, Column } from './report.ts';

type Docx = typeof import('docx');
type TableBlock = Extract<Block, { kind: 'table' }>;

// A row that may take most of a page has to break, or it leaves the page before it empty.
const LONG_CELL = 400;

function cellLines(d: Docx, text: string, face: string, size: number, rest: IParagraphOptions) {
  return text
    .split('\n')
    .map((line) => new d.Paragraph({ ...rest, children: [new d.TextRun(runOptions(line, face, size))] }));
}

/** The widths of the columns in twips; they add up to `width`. */
export function columnWidths(columns: readonly Column[], width: number): number[] {
  const shares = columns.reduce((sum, c) => sum + c.share, 0);
  const widths = columns.map((c) => Math.floor((width * c.share) / shares));
  const last = widths.length - 1;
  return widths.map((w, i) => (i === last ? width - widths.slice(0, last).reduce((a, b) => a + b, 0) : w));
}

/** A bordered table `width` twips wide whose header row stands on every page. */
export function docxTable(d: Docx, block: TableBlock, width: number) {
  const { size, pitch } = cellType(block.columns.length);
  const widths = columnWidths(block.columns, width);
  const row = (cells: readonly string[], header: boolean): TableRow =>
    new d.TableRow({
      tableHeader: header,
      cantSplit: header || cells.every((text) => text.length < LONG_CELL),
      children: cells.map((text, i) => {
        const centred = header || block.columns[i]?.align === 'center';
        return new d.TableCell({
          width: { size: widths[i] ?? 0, type: 'dxa' },
          verticalAlign: 'center',
          children: cellLines(d, text, header ? FACE.hei : FACE.body, size, {
            alignment: centred ? 'center' : 'left',
            spacing: { line: twips(pitch), lineRule: 'exact' },
          }),
        });
      }),
    });
  return new d.Table({
    layout: 'fixed',
    width: { size: width, type: 'dxa' },
    columnWidths: widths,
    margins: { top: 40, bottom: 40, left: 80, right: 80, marginUnitType: 'dxa' },
    rows: [
      row(
        block.columns.map((c) => c.label),
        true,
      ),
      ...block.rows.map((cells) => row(cells, false)),
    ],
  });
}
