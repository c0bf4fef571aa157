/** One person as the file gives them; `line` counts from 1 as in the file. */
export type RosterRow = {
  line: number;
  /** The sheet's name, where the file has several. */
  sheet?: string;
  unit: string;
  /** The line above that names the unit, where this one does not: cells that are merged, or left blank. */
  unitFrom?: number;
  name: string;
  position?: string;
  level?: string;
  phone?: string;
  /** How many people the cell of the name held, where it was more than one. */
  sharing?: number;
};

/** Stable words that `labels.ts` translates. */
export type RosterReason =
  | 'roster.empty'
  | 'roster.xls'
  | 'roster.password'
  | 'roster.unreadable'
  | 'roster.encoding'
  | 'roster.quote'
  | 'roster.too-large'
  | 'roster.too-slow'
  | 'roster.far-cell'
  | 'roster.no-header'
  | 'roster.no-unit-column'
  | 'roster.too-many-rows'
  | 'roster.unit-missing'
  | 'roster.name-missing'
  | 'roster.error-cell'
  | 'roster.several-people'
  | 'roster.too-long'
  | 'roster.duplicate'
  | 'roster.duplicate-sheet'
  | 'roster.private-use'
  | 'roster.reserved'
  | 'roster.phone-shortened';

/**
 * What is wrong where: `line` from 1 (0: the file as a whole), `column` as a sheet names it (`B`; empty: the whole
 * line), `sheet` where the file has several. `value`: the text at fault, for too-long the limit, for duplicate the line of the first
 * (with its sheet, if that is another), for too-many-rows how many there are, for far-cell its address.
 */
export type RosterProblem = {
  line: number;
  sheet?: string;
  column: string;
  reason: RosterReason;
  value?: string;
};

/**
 * Why cells are not part of anybody: `title` above a header, `header`, `note` (a section's title, a remark), `footer` (合计, 制表人),
 * `form` (a numbered line that nobody has filled in), `column` (one that a roster does not have), `phone` (known and not kept),
 * `no-header` and `no-unit` (a sheet or table without these), and what the office leaves out: `sheet`, `hidden-sheet`, `hidden-rows`,
 * `hidden-columns`.
 */
export type LeftKind =
  | 'title'
  | 'header'
  | 'note'
  | 'footer'
  | 'form'
  | 'column'
  | 'phone'
  | 'no-header'
  | 'no-unit'
  | 'sheet'
  | 'hidden-sheet'
  | 'hidden-rows'
  | 'hidden-columns'
  | 'more';

/** What was not read: lines `line` to `to`, or one column, or a whole sheet; `text` as it begins, `cells` those with words. */
export type RosterLeft = {
  kind: LeftKind;
  sheet?: string;
  line?: number;
  to?: number;
  column?: string;
  text?: string;
  cells: number;
};

export type ChoiceKind = 'sheet' | 'hidden-sheet' | 'hidden-rows' | 'hidden-columns';

/** What the office may take or leave; `lines`: with words, `text`: the columns' headings. */
export type RosterChoice = {
  key: string;
  kind: ChoiceKind;
  sheet: string;
  text: string;
  lines: number;
  taken: boolean;
};

/** How many cells with words there are, and what became of them; together all of the file. */
export type RosterCells = { read: number; left: number; problems: number };

export type Roster = {
  rows: RosterRow[];
  problems: RosterProblem[];
  left: RosterLeft[];
  choices: RosterChoice[];
  cells: RosterCells;
};

/** By the choice's key: true takes what is left by itself, false leaves what is taken. */
export type Chosen = ReadonlyMap<string, boolean>;

/** Problems that only a person can judge: two people may have one name. Rows with only these are in `rows`. */
export const ROSTER_QUESTIONS: ReadonlySet<RosterReason> = new Set([
  'roster.duplicate',
  'roster.duplicate-sheet',
  'roster.private-use',
  'roster.reserved',
  'roster.phone-shortened',
]);

/** A roster that cannot be read: as a whole, or from a line on. */
export const refused = (reason: RosterReason, value?: string, line = 0): Roster => ({
  rows: [],
  problems: [{ line, column: '', reason, ...(value === undefined ? {} : { value }) }],
  left: [],
  choices: [],
  cells: { read: 0, left: 0, problems: 0 },
});
