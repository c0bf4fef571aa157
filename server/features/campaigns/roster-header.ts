import type { Grid } from './roster-grid.ts';

export type RosterField = 'unit' | 'name' | 'position' | 'level' | 'phone';

/** Where the people begin: index of the first line after the header, and the column of each field found. */
export type RosterHeader = { first: number; columns: Partial<Record<RosterField, number>> };

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
  return cell.replace(/[（(【[].*?[）)】\]]/g, '').replace(/[\s*＊:：]/g, '');
}

function rank(field: RosterField, cell: string): number {
  return WORDS[field].findIndex((pattern) => pattern.test(word(cell)));
}

function columnOf(field: RosterField, cells: readonly string[]): number | undefined {
  const ranked = cells.map((cell, i) => ({ i, rank: rank(field, cell) })).filter((c) => c.rank >= 0);
  return ranked.sort((a, b) => a.rank - b.rank || a.i - b.i)[0]?.i;
}

function known(cell: string): boolean {
  return (Object.keys(WORDS) as RosterField[]).some((field) => rank(field, cell) >= 0);
}

/** A header of two rows as one: where this row is blank stands the known word above or below it. */
function merged(row: readonly string[], other: readonly string[]): string[] {
  return Array.from({ length: Math.max(row.length, other.length) }, (_, i) => {
    const [here, there] = [row[i] ?? '', other[i] ?? ''];
    return here.trim() === '' && known(there) ? there : here;
  });
}

// Titles, notes and dates above the header are a few lines at most.
const SEARCHED = 20;

/** The first row that names a column of names, under whatever title stands above it. */
export function findHeader(grid: Grid): RosterHeader | undefined {
  const at = grid.slice(0, SEARCHED).findIndex((row) => columnOf('name', row) !== undefined);
  const row = grid[at];
  if (row === undefined) return undefined;
  const nameAt = columnOf('name', row) ?? 0;
  const below = grid[at + 1] ?? [];
  const twoRows = (below[nameAt] ?? '').trim() === '' && below.some(known);
  const cells = merged(merged(row, grid[at - 1] ?? []), twoRows ? below : []);
  const fields = Object.keys(WORDS) as RosterField[];
  const found = fields.map((field) => [field, columnOf(field, cells)] as const);
  return {
    first: at + (twoRows ? 2 : 1),
    columns: Object.fromEntries(found.filter(([, column]) => column !== undefined)),
  };
}
