import { isFooter, tidy } from './roster-cell.ts';
import { type Block, type Header, isNameHeading, type RosterField } from './roster-header.ts';
import { hasWords, type Ledger } from './roster-ledger.ts';
import type { Merge, Sheet } from './roster-sheet.ts';

/** The part of a line that belongs to one list, with whom it names. */
export interface Entry {
  /** Index of the line, and the sheet's name where the file has several. */
  at: number;
  sheet: string | undefined;
  block: Block;
  /** As written. */
  cells: Partial<Record<RosterField, string>>;
  /** The unit as written, on this line or on one above it (index). */
  unit: { text: string; at: number } | undefined;
  /** How many cells with words of this line are the person's. */
  words: number;
}

export interface Table {
  sheet: Sheet;
  /** The name to tell the sheet by, where there are several. */
  name: string | undefined;
  number: number;
  header: Header;
  /** Index of the line after the last. */
  end: number;
  /** What stands above the first header of the sheet: where it stands again, it is no person either. */
  titles: ReadonlySet<string>;
  leavesHiddenRows: boolean;
}

export const asTitle = (line: readonly string[]): string => line.map(tidy).join('\t');

const NUMBER = /^[\d０-９]+[.、．]?$/;
const SECTION =
  /^([（(]?[一二三四五六七八九十]+[)）、.．]|第[一二三四五六七八九十\d]+(部分|组|类))|(名单|名册|花名册|一览表)$|[（(]共?\s*\d+\s*[人名][)）]$/;

const covers = (merge: Merge, row: number, column: number) =>
  merge.top <= row && row <= merge.bottom && merge.left <= column && column <= merge.right;

/** One cell over the column of names, or one that reads like it: 一、小学. It is a title and nobody. */
function isSection(table: Table, block: Block, at: number, column: number, text: string): boolean {
  const name = block.columns.name ?? -1;
  const wide = table.sheet.merges.some(
    (merge) => merge.left < merge.right && covers(merge, at, column) && covers(merge, at, name),
  );
  return wide || SECTION.test(tidy(text));
}

/** The lines of one list under a header, in their order; everything else goes into the ledger. */
export function entriesOf(table: Table, block: Block, ledger: Ledger): Entry[] {
  const { sheet, name: sheetName, header, end, number } = table;
  const { name, unit: unitColumn = -1 } = block.columns;
  const entries: Entry[] = [];
  let unitAt: number | undefined;
  for (let at = header.first; at < end; at++) {
    const line = sheet.cells[at]!;
    const places: number[] = [];
    for (let i = block.from; i < Math.min(line.length, block.to); i++) if (hasWords(line[i])) places.push(i);
    const words = places.map((i) => line[i]!);
    if (words.length === 0) continue;
    if (table.leavesHiddenRows && sheet.hiddenRows.has(at)) {
      ledger.line('hidden-rows', sheetName, at, words);
      continue;
    }
    if (isFooter(words)) {
      ledger.line('footer', sheetName, at, words);
      unitAt = undefined;
      continue;
    }
    if (table.titles.has(asTitle(line))) {
      ledger.line('title', sheetName, at, words);
      continue;
    }
    if (isNameHeading(line[name ?? -1] ?? '')) {
      ledger.line('header', sheetName, at, words);
      continue;
    }
    const cells: Entry['cells'] = {};
    const fieldAt = new Map<number, RosterField>();
    for (const [field, column] of Object.entries(block.columns) as [RosterField, number][])
      if (hasWords(line[column])) {
        cells[field] = line[column]!;
        if (column >= block.from) fieldAt.set(column, field);
      }
    const alone = places.length === 1 ? places[0]! : undefined;
    // A line with nothing but its running number is an empty line of a form.
    if (fieldAt.size === 0 || (alone !== undefined && isSection(table, block, at, alone, line[alone]!))) {
      const form = words.every((text) => NUMBER.test(tidy(text)));
      ledger.line(form ? 'form' : 'note', sheetName, at, words);
      if (!form && alone !== undefined && alone <= (name ?? 0)) unitAt = undefined;
      continue;
    }
    if (cells.unit !== undefined) unitAt = at;
    else unitAt = mergedFrom(sheet, at, unitColumn) ?? unitAt;
    let mine = 0;
    for (const place of places) {
      const field = fieldAt.get(place);
      if (field === undefined) ledger.column('column', sheetName, number, place, header.words[place] ?? '');
      else if (field === 'phone') ledger.column('phone', sheetName, number, place, header.words[place] ?? '');
      else mine++;
    }
    const unit = unitAt === undefined ? undefined : { text: sheet.cells[unitAt]![unitColumn]!, at: unitAt };
    entries.push({ at, sheet: sheetName, block, cells, unit, words: mine });
  }
  return entries;
}

/** The first line of the merged cell that this one lies in, if it has words there. */
function mergedFrom(sheet: Sheet, at: number, column: number): number | undefined {
  const merge = sheet.merges.find((m) => m.left === column && m.top < at && covers(m, at, column));
  return merge && hasWords(sheet.cells[merge.top]?.[column]) ? merge.top : undefined;
}
