import { emWidth } from './page.ts';
import { type Block, type Column, type Report, WORDS } from './report.ts';

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

/** A sheet before it is a file. `header` is the row (from 1) that is frozen and printed on each page, 0 for none. */
export type Sheet = { name: string; rows: (Cell | null)[][]; widths: number[]; header: number };

// Excel takes no more in a cell; what would be lost is said, not cut off silently.
const CELL_LIMIT = 32_767;
const CUT = '……（超出单元格上限，其余从略）';
/** Characters of 10.5 pt across A4 when the sheet is printed at its own size. */
const SHEET_WIDTH = 124;

/** Text that Excel reads as it is: `_x0041_` would be taken for an escaped letter. */
function cellText(text: string): string {
  const fits =
    text.length > CELL_LIMIT ? [...text.slice(0, CELL_LIMIT - CUT.length - 1)].join('') + CUT : text;
  return fits.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

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

/** A row that is one cell as wide as the sheet. Excel does not fit the height of merged cells, so it is set. */
function across(made: Cell, columns: number): (Cell | null)[] {
  const lines = made.value
    .split('\n')
    .reduce((n, line) => n + Math.max(1, Math.ceil((emWidth(line) * made.fontSize) / 700)), 0);
  const first = { ...made, columnSpan: columns, height: Math.min(400, lines * made.fontSize * 1.5 + 4) };
  return [first, ...Array.from({ length: columns - 1 }, () => null)];
}

/** Height that shows every line of a row: programs that do not fit heights themselves would cut the text. Points. */
function rowHeight(cells: readonly Cell[], widths: readonly number[]): number {
  // A column's width counts figures, of which two are as wide as a Chinese letter.
  const lines = cells.map((made, i) =>
    made.value.split('\n').reduce((n, line) => {
      return n + Math.max(1, Math.ceil(emWidth(line) / Math.max(1, (widths[i] ?? 10) / 2 - 0.5)));
    }, 0),
  );
  return Math.min(409, Math.max(1, ...lines) * 14.5 + 5);
}

function tableRows(block: Extract<Block, { kind: 'table' }>): Cell[][] {
  const ruled = (made: Cell): Cell => ({ ...made, borderStyle: 'thin' });
  const header = block.columns.map((column) => ruled(cell(column.label, '黑体', 10.5, 'center')));
  const rows = block.rows.map((row) =>
    row.map((text, i) => ruled(cell(text, '仿宋', 10.5, block.columns[i]?.align ?? 'left'))),
  );
  return [header, ...rows].map((row) => {
    const height = rowHeight(row, widths(block.columns));
    return row.map((made) => ({ ...made, height }));
  });
}

function blockRows(block: Block, columns: number): (Cell | null)[][] {
  if (block.kind === 'pageBreak') return [];
  if (block.kind === 'table') return tableRows(block);
  const face = block.kind === 'heading' ? '黑体' : '仿宋';
  return block.text === '' ? [] : [across(cell(block.text, face, 12, 'left'), columns)];
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
  const columns = Math.max(1, widest.length);
  const { colon, draft } = WORDS[report.language];
  const title = report.draft ? `${report.title}（${draft}）` : report.title;
  const rows: (Cell | null)[][] = [across(cell(title, '方正小标宋简体', 18, 'center'), columns)];
  if (report.subject) rows.push(across(cell(report.subject, '楷体', 12, 'center'), columns));
  for (const fact of report.facts)
    rows.push(across(cell(`${fact.label}${colon}${fact.text}`, '仿宋', 12, 'left'), columns));
  const header = report.blocks[0]?.kind === 'table' ? rows.length + 1 : 0;
  for (const block of report.blocks) rows.push(...blockRows(block, columns));
  if (report.footNote) rows.push(across(cell(report.footNote, '宋体', 9, 'left'), columns));
  return { name: sheetName(report.title), rows, widths: widest.length > 0 ? widths(widest) : [100], header };
}
