import { codePoints } from '../../../shared/code-points.ts';
import { reservedName } from '../../../shared/names.ts';
import { columnLetter, UnreadableRoster } from './roster-bounds.ts';
import { hasPrivateUse, isFault, isShortened, phone, tidy, unitName } from './roster-cell.ts';
import { readSheets } from './roster-grid.ts';
import { known, type RosterField } from './roster-header.ts';
import { beginning } from './roster-ledger.ts';
import { forSeveral, namesIn } from './roster-names.ts';
import {
  type Chosen,
  ROSTER_QUESTIONS,
  refused,
  type Roster,
  type RosterProblem,
  type RosterReason,
  type RosterRow,
} from './roster-problem.ts';
import { type Reading, readPeople } from './roster-read.ts';
import type { Entry } from './roster-table.ts';

/** More people than any campaign has; a file beyond it is a mistake. */
export const ROSTER_ROWS = 5000;

const LIMITS: Record<RosterField, number> = { unit: 60, name: 60, position: 200, level: 200, phone: 40 };
const WORDS: readonly RosterField[] = ['unit', 'name', 'position', 'level'];

/** The people of one line, with what is wrong with it. */
interface Found {
  entry: Entry;
  rows: RosterRow[];
  problems: RosterProblem[];
}

const inSheet = (sheet: string | undefined): { sheet?: string } => (sheet === undefined ? {} : { sheet });

function unitOf({ unit, at }: Entry): { unit: string; unitFrom?: number } {
  const text = unitName(unit?.text ?? '');
  if (unit === undefined || unit.at === at) return { unit: text };
  // What a formula has lost on that line is known on none below it.
  return isFault(text) ? { unit: '' } : { unit: text, unitFrom: unit.at + 1 };
}

function lookAt(entry: Entry): Found {
  const { cells, sheet, block } = entry;
  const problems: RosterProblem[] = [];
  const add = (field: RosterField, reason: RosterReason, value?: string) => {
    const column = columnLetter(block.columns[field] ?? 0);
    problems.push({
      ...inSheet(sheet),
      line: entry.at + 1,
      column,
      reason,
      ...(value === undefined ? {} : { value }),
    });
  };
  const { unit, ...from } = unitOf(entry);
  const [position, level] = [tidy(cells.position ?? ''), tidy(cells.level ?? '')];
  // A heading among the names, of other columns than ours: nobody is called so.
  const name = known(cells.name ?? '') ? '' : tidy(cells.name ?? '');
  const names = (isFault(name) ? [name] : namesIn(name === '' ? '' : (cells.name ?? ''))) ?? [];
  const fields: Record<RosterField, string> = {
    unit,
    name: names[0] ?? '',
    position,
    level,
    phone: phone(cells.phone ?? ''),
  };
  for (const field of WORDS)
    if (isFault(tidy(cells[field] ?? ''))) add(field, 'roster.error-cell', beginning(cells[field]!));
  if (unit === '') add('unit', 'roster.unit-missing');
  if (name === '') add('name', 'roster.name-missing');
  else if (
    names.length === 0 ||
    (names.length > 1 && (forSeveral(cells.position ?? '') || forSeveral(cells.level ?? '')))
  )
    add('name', 'roster.several-people', beginning(cells.name!));
  for (const field of ['unit', 'position', 'level', 'phone'] as const)
    if (codePoints(fields[field]) > LIMITS[field]) add(field, 'roster.too-long', String(LIMITS[field]));
  if (names.some((one) => codePoints(one) > LIMITS.name)) add('name', 'roster.too-long', String(LIMITS.name));
  if (hasPrivateUse(unit)) add('unit', 'roster.private-use', unit);
  for (const one of names) {
    if (hasPrivateUse(one)) add('name', 'roster.private-use', one);
    if (one !== '' && reservedName(one)) add('name', 'roster.reserved', one);
  }
  if (isShortened(fields.phone)) add('phone', 'roster.phone-shortened', fields.phone);
  const rows = names.map(
    (one): RosterRow => ({
      ...{ ...inSheet(sheet), line: entry.at + 1, unit, ...from, name: one },
      ...(position === '' ? {} : { position }),
      ...(level === '' ? {} : { level }),
      ...(fields.phone === '' || isShortened(fields.phone) ? {} : { phone: fields.phone }),
      ...(names.length === 1 ? {} : { sharing: names.length }),
    }),
  );
  return { entry, rows, problems };
}

function duplicates(found: readonly Found[]): RosterProblem[] {
  const first = new Map<string, { entry: Entry; row: RosterRow }>();
  const problems: RosterProblem[] = [];
  for (const { entry, rows } of found)
    for (const row of rows) {
      const key = JSON.stringify([row.unit, row.name]);
      const before = first.get(key);
      const column = columnLetter(entry.block.columns.name ?? 0);
      if (before === undefined) {
        first.set(key, { entry, row });
        continue;
      }
      const { sheet, line } = before.row;
      const there = columnLetter(before.entry.block.columns.name ?? 0);
      const value = sheet === row.sheet ? String(line) : `${sheet}!${there}${line}`;
      const reason = sheet === row.sheet ? 'roster.duplicate' : 'roster.duplicate-sheet';
      problems.push({ ...inSheet(row.sheet), line: row.line, column, reason, value });
    }
  return problems;
}

function fromReading(reading: Reading): Roster {
  const { entries, choices, ledger } = reading;
  const account = () => ({ left: ledger.left, choices, cells: ledger.cells });
  if (reading.refused) return { ...refused(reading.refused), ...account() };
  const found = entries.map(lookAt);
  const good: Found[] = [];
  for (const one of found) {
    const fine = one.problems.every(({ reason }) => ROSTER_QUESTIONS.has(reason));
    if (fine) good.push(one);
    if (fine) ledger.read(one.entry.words);
    else ledger.problem(one.entry.words);
  }
  const rows = good.flatMap((one) => one.rows);
  const people = found.reduce((sum, one) => sum + Math.max(1, one.rows.length), 0);
  if (people > ROSTER_ROWS) return { ...refused('roster.too-many-rows', String(people)), ...account() };
  if (people === 0 && choices.every(({ taken }) => taken))
    return { ...refused('roster.empty'), ...account() };
  const order = new Map(entries.map(({ sheet }, n) => [sheet, n]));
  const problems = [...found.flatMap((one) => one.problems), ...duplicates(good)];
  problems.sort((a, b) => order.get(a.sheet)! - order.get(b.sheet)! || a.line - b.line);
  return { rows, problems, ...account() };
}

/**
 * Reads a roster as people really send it: XLSX or CSV (UTF-8, UTF-16 or GBK), all sheets with people, lists side by side, a title above
 * the header, merged unit cells, padded names, numbers as telephones, 合计 and 制表人 below. Never throws for what is in the file: what
 * keeps it from being read at all is a problem of line 0 (or of the line from which on), and `rows` is then empty. Rows that lack
 * something needed are only in `problems`. `cells` counts every cell with words once.
 */
export async function readRoster(
  bytes: Uint8Array,
  fileName: string,
  chosen: Chosen = new Map(),
): Promise<Roster> {
  try {
    return fromReading(readPeople(readSheets(bytes, fileName), chosen));
  } catch (error) {
    if (error instanceof UnreadableRoster) return refused(error.reason, error.value, error.line);
    throw error;
  }
}
