import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRoster } from '../../server/features/campaigns/roster-file.ts';
import type { RosterRow } from '../../server/features/campaigns/roster-problem.ts';
import { type BookCell, type BookSheet, book } from '../support/roster-book.ts';

const NAMES = ['周敏', '唐雨', '何清', '陆　川', '沈一鸣', '欧阳静怡', '阿不都·热合曼', 'Anna Lee', '𠮷野'];
const name = fc.constantFrom(...NAMES);
const unit = fc.constantFrom('一室', '二室', '第一中学', '教 务 处');
const fault = fc.constantFrom<BookCell>(
  { error: '#REF!' },
  { formula: 'X!B9', result: 0 },
  { formula: 'A1' },
  '#N/A',
);
const words = fc.constantFrom<BookCell>(
  '主任',
  { shared: '教师' },
  { rich: ['副', '书记'] },
  ' ',
  null,
  'Zur_x000D_',
);
const unitCell = fc.oneof({ weight: 6, arbitrary: unit }, { weight: 3, arbitrary: fc.constant(null) }, fault);
const nameCell = fc.oneof(
  { weight: 9, arbitrary: name },
  fc.tuple(name, name).map((two) => two.join('、')),
  fault,
  fc.constantFrom(null, '　', '周敏等3人'),
);

/** A list has five columns: 序号 单位 姓名 职务, and one that no roster has. */
const HEAD: BookCell[] = ['序号', '单位', '姓\n名', '职务', '备注'];
const line: fc.Arbitrary<BookCell[]> = fc.oneof<fc.WeightedArbitrary<BookCell[]>[]>(
  { weight: 10, arbitrary: fc.tuple(fc.option<number>(fc.nat(99)), unitCell, nameCell, words, words) },
  {
    weight: 6,
    arbitrary: fc.constantFrom<BookCell[]>(
      ['合计', null, '3人', null, null],
      ['制表人：何清', null, null, null, '2026年3月18日'],
      ['一、小学', null, null, null, null],
      [null, '二室名单', null, null, null],
      [7, null, null, null, null],
      [null, null, null, null, '另有安排'],
      ['甲', null, null, null, '乙'],
      [null, null, null, null, null],
      ['花名册', null, null, null, null],
      HEAD,
      ['姓名', '单位', null, '职务', '电话'],
    ),
  },
);

/** `blocks` lists beside one another, with a blank column between. */
const table = (blocks: number) =>
  fc
    .array(fc.array(line, { minLength: blocks, maxLength: blocks }), { maxLength: 12 })
    .map((lines) => [Array.from({ length: blocks }, () => HEAD), ...lines])
    .map((lines) => lines.map((parts) => parts.flatMap((part, i) => (i === 0 ? part : [null, ...part]))));

const body = fc.oneof(
  { weight: 5, arbitrary: table(1) },
  table(2),
  fc.array(fc.array(words, { maxLength: 4 }), { maxLength: 5 }),
  fc.constant<BookCell[][]>([
    ['姓名', '电话'],
    ['周敏', 13800001111],
  ]),
);
const places = fc.uniqueArray(fc.integer({ min: 1, max: 14 }), { maxLength: 4 });

const sheets = fc
  .array(
    fc.record({
      title: fc.constantFrom<BookCell[][]>([], [['花名册']], [['花名册'], [null], ['填报单位', '教科所']]),
      body,
      state: fc.constantFrom<BookSheet['state']>(undefined, undefined, 'hidden', 'veryHidden'),
      hiddenRows: fc.oneof(fc.constant([]), places),
      hiddenColumns: fc.oneof(fc.constant([]), places),
      merges: fc.constantFrom([], ['B3:B5'], ['B4:D4', 'A6:A7']),
      bare: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) =>
    all.map(({ title, body: rows, state, ...sheet }, i): BookSheet => {
      return { name: `表${i + 1}`, rows: [...title, ...rows], ...sheet, ...(state ? { state } : {}) };
    }),
  );

const shown = (cell: BookCell): string => {
  if (cell === null) return '';
  if (typeof cell !== 'object') return String(cell);
  if ('error' in cell) return cell.error;
  if ('rich' in cell) return cell.rich.join('');
  if ('shared' in cell) return cell.shared;
  return String(cell.result ?? cell.formula);
};
const filled = (all: readonly BookSheet[]) =>
  all.flatMap(({ rows }) => rows.flat()).filter((cell) => shown(cell).trim() !== '').length;

/** How many cells of the file these people are made of. */
const cellsOf = (rows: readonly RosterRow[]) =>
  rows.reduce((sum, { unitFrom, position, sharing = 1 }) => {
    return sum + (1 + (unitFrom === undefined ? 1 : 0) + (position === undefined ? 0 : 1)) / sharing;
  }, 0);

test('every cell with words of every sheet is read, left or a problem, whatever the office takes (fast-check)', async () => {
  const keys = ['sheet1', 'sheet2', 'rows1', 'rows2', 'columns1', 'columns3'];
  const chosen = fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean()), { maxLength: 4 });
  const seen = { read: 0, left: 0, problems: 0 };
  await fc.assert(
    fc.asyncProperty(sheets, chosen, async (all, taken) => {
      const { rows, problems, left, cells } = await readRoster(book(...all), 'a.xlsx', new Map(taken));
      expect(cells.read + cells.left + cells.problems).toBe(filled(all));
      expect(left.reduce((sum, entry) => sum + entry.cells, 0)).toBe(cells.left);
      expect(cellsOf(rows)).toBeCloseTo(cells.read);
      if (cells.problems > 0) expect(problems.length).toBeGreaterThan(0);
      for (const key of ['read', 'left', 'problems'] as const) if (cells[key] > 0) seen[key]++;
    }),
    { numRuns: 400 },
  );
  // What was made was worth it.
  expect(Math.min(seen.read, seen.left, seen.problems)).toBeGreaterThan(50);
});
