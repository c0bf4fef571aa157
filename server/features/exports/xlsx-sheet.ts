import { type Block, type Column, type Report, WORDS } from './report.ts';
import { heightOf, piecesOf, wrapped } from './xlsx-lines.ts';

/** A cell as write-excel-file takes it; always text, so that 007 and telephone numbers stay what they are. */
export type Cell = {
  value: string;
  type: StringConstructor;
  align: 'left' | 'center';
  alignVertical: 'center';
  wrap: true;
  fontFamily: string;
  fontSize: number;
  height?: number;
  columnSpan?: number;
  borderStyle?: 'thin';
};

type Row = (Cell | null)[];

/** A sheet before it is a file. `header` is the row (from 1) that is frozen and printed on each page, 0 for none. */
export type Sheet = { name: string; rows: Row[]; widths: number[]; header: number };

/** Characters of 10.5 pt across A4 when the sheet is printed at its own size. */
const SHEET_WIDTH = 124;
const BODY = 10.5;

/** Text that Excel reads as it is: `_x0041_` would be taken for an escaped letter. */
const cellText = (text: string): string => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');

function cell(text: string, fontFamily: string, fontSize: number, align: 'left' | 'center'): Cell {
  return {
    value: cellText(text),
    type: String,
    align,
    alignVertical: 'center',
    wrap: true,
    fontFamily,
    fontSize,
  };
}

/**
 * A text across the sheet, in as many rows as it takes: Excel does not fit the height of merged cells. A letter of a larger size
 * takes the more of the width and of the height.
 */
function across(
  text: string,
  face: string,
  size: number,
  align: Cell['align'],
  all: readonly number[],
): Row[] {
  const width = all.reduce((sum, each) => sum + each, 0);
  const scale = size / BODY;
  const empty = Array.from({ length: all.length - 1 }, () => null);
  return piecesOf([text], [width / scale], scale).map(({ cells: [piece = ''], height }) => [
    { ...cell(piece, face, size, align), columnSpan: all.length, height },
    ...empty,
  ]);
}

function tableRows(block: Extract<Block, { kind: 'table' }>): Row[] {
  const own = widths(block.columns);
  const ruled = (made: Cell, height: number): Cell => ({ ...made, borderStyle: 'thin', height });
  const labels = block.columns.map((column) => column.label);
  const lines = labels.map((label, i) => wrapped(label, own[i] ?? 10).length);
  const header = labels.map((label) =>
    ruled(cell(label, '黑体', BODY, 'center'), heightOf(Math.max(...lines))),
  );
  const rows = block.rows.flatMap((row) =>
    piecesOf(row, own).map(({ cells, height }) =>
      cells.map((text, i) => ruled(cell(text, '仿宋', BODY, block.columns[i]?.align ?? 'left'), height)),
    ),
  );
  return [header, ...rows];
}

function blockRows(block: Block, all: readonly number[]): Row[] {
  if (block.kind === 'pageBreak') return [];
  if (block.kind === 'table') return tableRows(block);
  const face = block.kind === 'heading' ? '黑体' : '仿宋';
  return block.text === '' ? [] : across(block.text, face, 12, 'left', all);
}

function widths(columns: readonly Column[]): number[] {
  const shares = columns.reduce((sum, c) => sum + c.share, 0);
  return columns.map((c) => Math.max(5, Math.round((SHEET_WIDTH * c.share) / shares)));
}

function sheetName(title: string): string {
  const name = [...title.replace(/[[\]:*?/\\']/g, ' ')].slice(0, 15).join('').trim();
  return name === '' ? '表' : name;
}

/** The report as one sheet: title, facts, then the blocks; its columns are those of the widest table. */
export function sheetOf(report: Report): Sheet {
  const tables = report.blocks.filter((b) => b.kind === 'table');
  const widest = tables.reduce<readonly Column[]>(
    (a, b) => (b.columns.length > a.length ? b.columns : a),
    [],
  );
  const all = widest.length > 0 ? widths(widest) : [100];
  const { colon, draft } = WORDS[report.language];
  const title = report.draft ? `${report.title}（${draft}）` : report.title;
  const rows = across(title, '方正小标宋简体', 18, 'center', all);
  if (report.subject) rows.push(...across(report.subject, '楷体', 12, 'center', all));
  for (const fact of report.facts)
    rows.push(...across(`${fact.label}${colon}${fact.text}`, '仿宋', 12, 'left', all));
  const header = report.blocks[0]?.kind === 'table' ? rows.length + 1 : 0;
  for (const block of report.blocks) rows.push(...blockRows(block, all));
  if (report.footNote) rows.push(...across(report.footNote, '宋体', 9, 'left', all));
  return { name: sheetName(report.title), rows, widths: all, header };
}
