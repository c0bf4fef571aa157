import { codePoints } from '../../../shared/code-points.ts';
import { reservedName } from '../../../shared/names.ts';
import { hasPrivateUse, isFooter, isShortened, personName, phone, tidy, unitName } from './roster-cell.ts';
import { columnLetter, UnreadableRoster } from './roster-bounds.ts';
import { type Grid, readGrids } from './roster-grid.ts';
import { findHeader, type RosterField, type RosterHeader } from './roster-header.ts';
import {
  ROSTER_QUESTIONS,
  type Roster,
  type RosterProblem,
  type RosterReason,
  type RosterRow,
} from './roster-problem.ts';

/** More people than any campaign has; a file beyond it is a mistake. */
export const ROSTER_ROWS = 5000;

const LIMITS: Record<RosterField, number> = { unit: 60, name: 60, position: 200, level: 200, phone: 40 };
const CLEAN: Record<RosterField, (cell: string) => string> = {
  unit: unitName,
  name: personName,
  position: tidy,
  level: tidy,
  phone,
};

type Found = { fields: Record<RosterField, string>; line: number };

/** The lines with people. A cell merged over several lines holds its unit in the first only: it is filled down. */
function people(grid: Grid, header: RosterHeader): Found[] {
  const found: Found[] = [];
  let unit = '';
  for (const [i, cells] of grid.entries()) {
    if (i < header.first || cells.every((cell) => tidy(cell) === '') || isFooter(cells)) continue;
    const of = (field: RosterField) => {
      const column = header.columns[field];
      return column === undefined ? '' : CLEAN[field](cells[column] ?? '');
    };
    // A line with nothing but its running number is an empty line of a form.
    const fields = {
      unit: of('unit'),
      name: of('name'),
      position: of('position'),
      level: of('level'),
      phone: of('phone'),
    };
    if (Object.values(fields).every((text) => text === '')) continue;
    unit = fields.unit === '' ? unit : fields.unit;
    found.push({ line: i + 1, fields: { ...fields, unit } });
  }
  return found;
}

function check({ fields, line }: Found, header: RosterHeader): RosterProblem[] {
  const problems: RosterProblem[] = [];
  const add = (field: RosterField, reason: RosterReason, value?: string) => {
    const column = columnLetter(header.columns[field] ?? 0);
    problems.push({ line, column, reason, ...(value === undefined ? {} : { value }) });
  };
  if (fields.unit === '') add('unit', 'roster.unit-missing');
  if (fields.name === '') add('name', 'roster.name-missing');
  for (const field of Object.keys(LIMITS) as RosterField[])
    if (codePoints(fields[field]) > LIMITS[field]) add(field, 'roster.too-long', String(LIMITS[field]));
  for (const field of ['unit', 'name'] as const)
    if (hasPrivateUse(fields[field])) add(field, 'roster.private-use', fields[field]);
  if (fields.name !== '' && reservedName(fields.name)) add('name', 'roster.reserved', fields.name);
  if (isShortened(fields.phone)) add('phone', 'roster.phone-shortened', fields.phone);
  return problems;
}

function asRow({ line, fields }: Found): RosterRow {
  const row: RosterRow = { line, unit: fields.unit, name: fields.name };
  if (fields.position !== '') row.position = fields.position;
  if (fields.level !== '') row.level = fields.level;
  if (fields.phone !== '' && !isShortened(fields.phone)) row.phone = fields.phone;
  return row;
}

function duplicates(rows: readonly RosterRow[], header: RosterHeader): RosterProblem[] {
  const first = new Map<string, number>();
  const problems: RosterProblem[] = [];
  const column = columnLetter(header.columns.name ?? 0);
  for (const { unit, name, line } of rows) {
    const key = JSON.stringify([unit, name]);
    const before = first.get(key);
    if (before === undefined) first.set(key, line);
    else problems.push({ line, column, reason: 'roster.duplicate', value: String(before) });
  }
  return problems;
}

const refused = (reason: RosterReason, value?: string): Roster => ({
  rows: [],
  problems: [{ line: 0, column: '', reason, ...(value === undefined ? {} : { value }) }],
});

function fromGrids(grids: readonly Grid[]): Roster {
  if (grids.every((grid) => grid.every((row) => row.every((cell) => tidy(cell) === ''))))
    return refused('roster.empty');
  const sheets = grids.map((grid) => ({ grid, header: findHeader(grid) }));
  const sheet =
    sheets.find((s) => s.header?.columns.unit !== undefined) ?? sheets.find((s) => s.header !== undefined);
  if (sheet?.header === undefined) return refused('roster.no-header');
  const { grid, header } = sheet;
  if (header.columns.unit === undefined) return refused('roster.no-unit-column');
  const found = people(grid, header);
  if (found.length === 0) return refused('roster.empty');
  if (found.length > ROSTER_ROWS) return refused('roster.too-many-rows', String(found.length));
  const checked = found.map((person) => ({ person, problems: check(person, header) }));
  const good = checked.filter(({ problems }) => problems.every((p) => ROSTER_QUESTIONS.has(p.reason)));
  const rows = good.map(({ person }) => asRow(person));
  const problems = [...checked.flatMap((c) => c.problems), ...duplicates(rows, header)];
  return { rows, problems: problems.sort((a, b) => a.line - b.line) };
}

/**
 * Reads a roster as people really send it: XLSX or CSV (UTF-8 or GBK), a title above the header, merged unit cells,
 * padded names, numbers as telephones, 合计 and 制表人 below. Never throws for what is in the file: it is a problem of
 * line 0, and `rows` is then empty. Rows that lack something needed are only in `problems`.
 */
export async function readRoster(bytes: Uint8Array, fileName: string): Promise<Roster> {
  try {
    return fromGrids(await readGrids(bytes, fileName));
  } catch (error) {
    if (error instanceof UnreadableRoster) return refused(error.reason, error.value);
    throw error;
  }
}
