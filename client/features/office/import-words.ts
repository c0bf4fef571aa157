import { dictionary } from '../../lib/words.ts';

/** A place in a file: the sheet where there are several, then what in it. */
const zhAt = (sheet: string | undefined, place: string) => (sheet ? `“${sheet}”${place}` : place);
const enAt = (sheet: string | undefined, place: string) =>
  [sheet && `“${sheet}”`, place].filter(Boolean).join(', ');

/** Why something was not read, in both languages. */
const KINDS: Record<string, readonly [zh: string, en: string]> = {
  title: ['标题', 'title'],
  header: ['表头', 'header'],
  note: ['小标题或说明', 'heading or remark'],
  footer: ['合计、落款', 'totals, signatures'],
  form: ['没有填写的行', 'lines not filled in'],
  column: ['花名册用不到的列', 'not part of a roster'],
  phone: ['电话不保存', 'telephone numbers are not kept'],
  'no-header': ['没有表头', 'has no header'],
  'no-unit': ['没有“单位”列', 'has no column 单位'],
  sheet: ['没有选的工作表', 'not chosen'],
  'hidden-sheet': ['隐藏的工作表', 'hidden sheet'],
  'hidden-rows': ['隐藏的行', 'hidden lines'],
  'hidden-columns': ['隐藏的列', 'hidden columns'],
  more: ['其余各处', 'other places'],
};

/** Left out, and nobody would miss it. */
export const FORMAL: ReadonlySet<string> = new Set(['title', 'header', 'note', 'footer', 'form']);

export const importWords = dictionary(
  {
    read: (cells: number, left: number, formal: boolean) =>
      left === 0
        ? `读入 ${cells} 格，没有漏下的`
        : formal
          ? `读入 ${cells} 格，其余 ${left} 格是表头、标题或说明`
          : `读入 ${cells} 格，另有 ${left} 格没有读入`,
    whatLeft: (n: number) => `没有读入的 ${n} 格是什么`,
    cells: (n: number) => `${n} 格`,
    sheets: (taken: number, all: number) => `读入哪些工作表（${taken} / ${all}）`,
    hidden: '文件里有隐藏的内容，请确认是否读入',
    choice: (kind: string, sheet: string, lines: number, columns: string) =>
      kind === 'sheet'
        ? `“${sheet}”（${lines} 行）`
        : kind === 'hidden-sheet'
          ? `隐藏的工作表“${sheet}”（${lines} 行）`
          : kind === 'hidden-rows'
            ? `“${sheet}”里隐藏的 ${lines} 行`
            : `“${sheet}”里隐藏的列：${columns}`,
    lines: (sheet: string | undefined, from: number, to: number) =>
      zhAt(sheet, from === to ? `第 ${from} 行` : `第 ${from}–${to} 行`),
    inColumn: (sheet: string | undefined, column: string) => zhAt(sheet, `${column} 列`),
    kind: (kind: string) => KINDS[kind]?.[0] ?? kind,
    sheet: '工作表',
    sameAs: (line: number) => `同第 ${line} 行`,
    sharing: (n: number) => `同一格里 ${n} 人`,
  },
  {
    read: (cells: number, left: number, formal: boolean) =>
      left === 0
        ? `${cells} cells read, nothing left out`
        : formal
          ? `${cells} cells read, the other ${left} are the form's: header, titles, remarks`
          : `${cells} cells read, ${left} left out`,
    whatLeft: (n: number) => `What the ${n} cells left out are`,
    cells: (n: number) => (n === 1 ? '1 cell' : `${n} cells`),
    sheets: (taken: number, all: number) => `Sheets to read (${taken} of ${all})`,
    hidden: 'Some of this file is hidden. Should it be read?',
    choice: (kind: string, sheet: string, lines: number, columns: string) =>
      kind === 'sheet'
        ? `“${sheet}” (${lines} lines)`
        : kind === 'hidden-sheet'
          ? `The hidden sheet “${sheet}” (${lines} lines)`
          : kind === 'hidden-rows'
            ? `${lines} hidden lines of “${sheet}”`
            : `Hidden columns of “${sheet}”: ${columns}`,
    lines: (sheet: string | undefined, from: number, to: number) =>
      enAt(sheet, from === to ? `line ${from}` : `lines ${from}–${to}`),
    inColumn: (sheet: string | undefined, column: string) => enAt(sheet, `column ${column}`),
    kind: (kind: string) => KINDS[kind]?.[1] ?? kind,
    sheet: 'Sheet',
    sameAs: (line: number) => `as line ${line}`,
    sharing: (n: number) => `${n} people in one cell`,
  },
);
