import type { Paragraph, Table } from 'docx';
import type { DraftNode } from '../../../shared/draft-json.ts';
import { FACE } from './docx-type.ts';
import { textOf, type Type } from './draft-runs.ts';
import { SIZE } from './page.ts';

type Docx = typeof import('docx');
type Child = Paragraph | Table;

// A row that may take most of a page has to break, or it leaves the page before it empty.
const LONG_CELL = 400;
const PADDING = 80;
/** Editors give widths in pixels of 96 to the inch. */
const PIXEL = 15;

interface Placed {
  cell: DraftNode;
  column: number;
  columns: number;
  rows: number;
}

const span = (cell: DraftNode, name: string): number => Math.max(1, Number(cell.attrs?.[name] ?? 1));

/** Each cell with the column in which it begins: cells above that reach down take places of a row. */
function placed(rows: readonly DraftNode[]): Placed[][] {
  const taken: number[] = [];
  return rows.map((row, at) => {
    let column = 0;
    const own = (row.content ?? []).map((cell) => {
      while ((taken[column] ?? 0) > at) column++;
      const columns = span(cell, 'colspan');
      const down = Math.min(span(cell, 'rowspan'), rows.length - at);
      for (let i = 0; i < columns; i++) taken[column + i] = at + down;
      const found = { cell, column, columns, rows: down };
      column += columns;
      return found;
    });
    return own;
  });
}

/** Widths in twips that add up to `width`: as they were drawn, in proportion; columns that nobody drew share evenly. */
function widthsOf(rows: readonly Placed[][], width: number): number[] {
  const drawn: number[] = [];
  let count = 1;
  for (const { cell, column, columns } of rows.flat()) {
    count = Math.max(count, column + columns);
    const own = cell.attrs?.['colwidth'];
    if (Array.isArray(own))
      own.forEach(
        (each, i) => Number(each) > 0 && i < columns && (drawn[column + i] ??= Number(each) * PIXEL),
      );
  }
  const known = Object.values(drawn);
  const mean = known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : 1;
  const wished = Array.from({ length: count }, (_, i) => drawn[i] ?? mean);
  const sum = wished.reduce((a, b) => a + b, 0);
  return wished.map((each) => Math.max(1, Math.floor((each / sum) * width)));
}

const isHeader = (row: readonly Placed[]): boolean =>
  row.length > 0 && row.every(({ cell, rows }) => cell.type === 'tableHeader' && rows === 1);

/** A ruled table as wide as its place. Heading rows at its top stand on every page. `fill` makes what stands in a cell. */
export function draftTable(
  d: Docx,
  node: DraftNode,
  at: { left: number; width: number },
  fill: (content: readonly DraftNode[], type: Type, width: number) => Child[],
): Table {
  const rows = placed(node.content ?? []);
  const widths = widthsOf(rows, at.width);
  const body = rows.findIndex((row) => !isHeader(row));
  return new d.Table({
    layout: 'fixed',
    width: { size: widths.reduce((a, b) => a + b, 0), type: 'dxa' },
    indent: { size: at.left, type: 'dxa' },
    columnWidths: widths,
    margins: { top: 40, bottom: 40, left: PADDING, right: PADDING, marginUnitType: 'dxa' },
    rows: rows.map(
      (row, line) =>
        new d.TableRow({
          tableHeader: body === -1 ? line === 0 : line < body,
          cantSplit: row.every(({ cell }) => textOf(cell).length < LONG_CELL),
          children: row.map(({ cell, column, columns, rows: down }) => {
            const width = widths.slice(column, column + columns).reduce((a, b) => a + b, 0);
            const head = cell.type === 'tableHeader';
            const type = { face: head ? FACE.hei : FACE.body, size: SIZE.cell };
            const children = fill(cell.content ?? [], type, Math.max(1, width - 2 * PADDING));
            // Word wants a paragraph at the end of each cell; after a table there is the gap.
            return new d.TableCell({
              width: { size: width, type: 'dxa' },
              verticalAlign: 'center',
              columnSpan: columns,
              rowSpan: down,
              children: children.length > 0 ? children : [new d.Paragraph({})],
            });
          }),
        }),
    ),
  });
}
