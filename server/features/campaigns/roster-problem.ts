/** One person as the file gives them; `line` counts from 1 as in the file. */
export type RosterRow = {
  line: number;
  unit: string;
  name: string;
  position?: string;
  level?: string;
  phone?: string;
};

/** Stable words that `labels.ts` translates. */
export type RosterReason =
  | 'roster.empty'
  | 'roster.xls'
  | 'roster.password'
  | 'roster.unreadable'
  | 'roster.encoding'
  | 'roster.too-large'
  | 'roster.too-slow'
  | 'roster.far-cell'
  | 'roster.no-header'
  | 'roster.no-unit-column'
  | 'roster.too-many-rows'
  | 'roster.unit-missing'
  | 'roster.name-missing'
  | 'roster.too-long'
  | 'roster.duplicate'
  | 'roster.private-use'
  | 'roster.reserved'
  | 'roster.phone-shortened';

/**
 * What is wrong where: `line` from 1 (0: the file as a whole), `column` as a sheet names it (`B`; empty: the whole
 * line). `value`: the text at fault, for too-long the limit, for duplicate the line of the first, for too-many-rows
 * how many there are, for far-cell its address.
 */
export type RosterProblem = { line: number; column: string; reason: RosterReason; value?: string };

export type Roster = { rows: RosterRow[]; problems: RosterProblem[] };

/** Problems that only a person can judge: two people may have one name. Rows with only these are in `rows`. */
export const ROSTER_QUESTIONS: ReadonlySet<RosterReason> = new Set([
  'roster.duplicate',
  'roster.private-use',
  'roster.reserved',
  'roster.phone-shortened',
]);
