import { withoutUnseen } from '../../../shared/names.ts';

/** A roster's columns; `phone` is known so that it can be said that it is not kept. */
export type RosterField = 'unit' | 'name' | 'position' | 'level' | 'phone';
export const ROSTER_FIELDS: readonly RosterField[] = ['unit', 'name', 'position', 'level', 'phone'];

/** One of the lists that stand side by side under a header: its columns are `from` to before `to`. */
export interface Block {
  from: number;
  to: number;
  /** Of each field found; a unit that several lists share lies outside of the later ones. */
  columns: Partial<Record<RosterField, number>>;
}

/** Index of the header's first line, of the first line after it, its words and its lists. */
export interface Header {
  at: number;
  first: number;
  words: readonly string[];
  blocks: readonly Block[];
}

type Grid = readonly (readonly string[])[];

// Earlier words win where several columns could be meant: 单位 before 科室.
const WORDS: Record<RosterField, RegExp[]> = {
  name: [/^(人员|教师|职工|参会人员?|与会人员?)?姓名$/, /^名字$/, /^name$/i],
  unit: [
    /^(所在|工作|所属)?单位(名称|全称)?$/,
    /^(所在)?学校(名称)?$/,
    /^(所在)?部门(名称)?$/,
    /^(所在)?处室$/,
    /^(所在)?科室$/,
    /^(unit|department|school)$/i,
  ],
  position: [/^(现任)?(职务|岗位|职位)$/, /^职务[/／、及]?职称$/, /^职称$/, /^(position|title)$/i],
  level: [/^(人员)?(层级|职级|级别|类别)$/, /^level$/i],
  phone: [/^(手机|移动电话)(号|号码)?$/, /^(联系)?电话(号码)?$/, /^联系方式$/, /^(phone|mobile)$/i],
};

/** A header's word without blanks, stars and remarks: `姓　名*（必填）` is 姓名. */
function word(cell: string): string {
  return withoutUnseen(cell)
    .replace(/[（(【[].*?[）)】\]]/g, '')
    .replace(/[\s*＊:：]/g, '');
}

// No heading is longer, with its remark; a sheet of long texts is not searched word by word.
const LONGEST = 60;

function rank(field: RosterField, cell: string): number {
  if (cell === '' || cell.length > LONGEST) return -1;
  return WORDS[field].findIndex((pattern) => pattern.test(word(cell)));
}

/** The column of a field among those from `from` to before `to`. */
function columnOf(
  field: RosterField,
  cells: readonly string[],
  from = 0,
  to = cells.length,
): number | undefined {
  const ranked = cells.map((cell, i) => ({ i, rank: rank(field, cell) }));
  const possible = ranked.filter((c) => c.rank >= 0 && c.i >= from && c.i < to);
  return possible.sort((a, b) => a.rank - b.rank || a.i - b.i)[0]?.i;
}

/** Whether this is a heading's word: 单位, 职务. */
export function known(cell: string): boolean {
  return ROSTER_FIELDS.some((field) => rank(field, cell) >= 0);
}

/** A header of two rows as one: where this row is blank stands the known word above or below it. */
function merged(row: readonly string[], other: readonly string[]): string[] {
  return Array.from({ length: Math.max(row.length, other.length) }, (_, i) => {
    const [here, there] = [row[i] ?? '', other[i] ?? ''];
    return here.trim() === '' && known(there) ? there : here;
  });
}

/** Where each list begins: the columns of names that are called alike, and what stands left of the first also left of the others. */
function starts(cells: readonly string[], names: readonly number[]): number[] {
  const [first = 0] = names;
  const before = cells.slice(0, first).map(word);
  return names.map((name, n) => {
    if (n === 0) return 0;
    const least = names[n - 1]! + 1;
    let [start, at] = [name, before.length - 1];
    while (start > least && at >= 0 && before[at] !== '' && word(cells[start - 1] ?? '') === before[at]) {
      start--;
      at--;
    }
    return start;
  });
}

function blocksOf(cells: readonly string[]): Block[] {
  const best = columnOf('name', cells);
  if (best === undefined) return [];
  const names = cells.flatMap((cell, i) => (word(cell) === word(cells[best] ?? '') ? [i] : []));
  const from = starts(cells, names);
  const blocks = from.map((start, n): Block => {
    const to = from[n + 1] ?? Number.POSITIVE_INFINITY;
    const found = ROSTER_FIELDS.map((field) => [field, columnOf(field, cells, start, to)] as const);
    return {
      from: start,
      to,
      columns: Object.fromEntries(found.filter(([, column]) => column !== undefined)),
    };
  });
  // One unit left of several columns of names is the unit of them all.
  const shared = blocks[0]?.columns.unit;
  if (shared !== undefined && shared < names[0]!) for (const { columns } of blocks) columns.unit ??= shared;
  return blocks;
}

const namesPeople = (row: readonly string[]) => columnOf('name', row) !== undefined;

/** `above`: the line above may be its first line. */
function headerAt(grid: Grid, at: number, above: boolean): Header {
  const row = grid[at]!;
  const nameAt = columnOf('name', row) ?? 0;
  const below = grid[at + 1] ?? [];
  const twoRows = (below[nameAt] ?? '').trim() === '' && below.some(known);
  const words = merged(merged(row, (above && grid[at - 1]) || []), twoRows ? below : []);
  return { at, first: at + (twoRows ? 2 : 1), words, blocks: blocksOf(words) };
}

/** Whether this stands over names, and is nobody's. */
export const isNameHeading = (cell: string): boolean => rank('name', cell) >= 0;

/**
 * True for a line that is a header again: its word stands over the names of every list, or (of one list) it has several of the words.
 * Where only one of several lists has its header again, the others go on.
 */
function again(row: readonly string[], { blocks }: Header): boolean {
  if (blocks.every(({ columns }) => isNameHeading(row[columns.name ?? -1] ?? ''))) return true;
  return blocks.length === 1 && namesPeople(row) && row.filter(known).length > 1;
}

// Titles, notes and dates above the header are a few lines at most.
const SEARCHED = 20;

/** Every header of a sheet: the first under whatever title stands above it, and where it stands again, with other columns maybe. */
export function findHeaders(grid: Grid): Header[] {
  const at = grid.slice(0, SEARCHED).findIndex(namesPeople);
  if (at < 0) return [];
  const headers = [headerAt(grid, at, true)];
  for (let line = headers[0]!.first; line < grid.length; line++) {
    if (!again(grid[line]!, headers.at(-1)!)) continue;
    headers.push(headerAt(grid, line, false));
    line = headers.at(-1)!.first - 1;
  }
  return headers;
}
