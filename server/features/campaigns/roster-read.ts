import { choicesOf } from './roster-choices.ts';
import { findHeaders, type Header } from './roster-header.ts';
import { hasWords, Ledger } from './roster-ledger.ts';
import type { Chosen, LeftKind, RosterChoice, RosterReason } from './roster-problem.ts';
import type { Sheet } from './roster-sheet.ts';
import { asTitle, type Entry, entriesOf, type Table } from './roster-table.ts';

/** What a file holds: the lines that name people, and an account of everything else. */
export interface Reading {
  entries: Entry[];
  choices: RosterChoice[];
  ledger: Ledger;
  /** Why there can be no roster in it at all. */
  refused: RosterReason | undefined;
}

const ofPeople = ({ blocks }: Header) => blocks.some(({ columns }) => columns.unit !== undefined);

/** The same sheet without the words of some columns under their headings; the ledger keeps them as hidden. */
function without(
  sheet: Sheet,
  columns: readonly number[],
  name: string | undefined,
  headers: readonly Header[],
  ledger: Ledger,
): Sheet {
  const gone = new Set(columns);
  const heading = (column: number) => headers[0]?.words[column] ?? '';
  const inHeader = (at: number) => headers.some((header) => header.at <= at && at < header.first);
  const cells = sheet.cells.map((line, at) =>
    line.map((text, column) => {
      if (!gone.has(column) || !hasWords(text) || inHeader(at)) return text;
      ledger.column('hidden-columns', name, -1, column, heading(column));
      return '';
    }),
  );
  return { ...sheet, cells };
}

function lines(
  kind: LeftKind,
  sheet: Sheet,
  name: string | undefined,
  from: number,
  to: number,
  ledger: Ledger,
): void {
  for (let at = from; at < to; at++) ledger.line(kind, name, at, sheet.cells[at]!.filter(hasWords));
}

/** All people of a sheet that the office takes. */
function readTables(
  sheet: Sheet,
  name: string | undefined,
  headers: readonly Header[],
  leavesHiddenRows: boolean,
  ledger: Ledger,
): Entry[] {
  const titles = new Set(sheet.cells.slice(0, headers[0]?.at ?? 0).map(asTitle));
  lines('title', sheet, name, 0, headers[0]?.at ?? sheet.cells.length, ledger);
  return headers.flatMap((header, n) => {
    const end = headers[n + 1]?.at ?? sheet.cells.length;
    if (!ofPeople(header)) {
      ledger.whole('no-unit', name, sheet.cells.slice(header.at, end), header.at);
      return [];
    }
    lines('header', sheet, name, header.at, header.first, ledger);
    const table: Table = { sheet, name, number: n, header, end, titles, leavesHiddenRows };
    return header.blocks.flatMap((block) => {
      if (block.columns.unit !== undefined) return entriesOf(table, block, ledger);
      for (let at = header.first; at < end; at++)
        ledger.line('no-unit', name, at, sheet.cells[at]!.slice(block.from, block.to).filter(hasWords));
      return [];
    });
  });
}

/** Reads all sheets with the same kind of header as one roster, the visible ones unless the office says otherwise. */
export function readPeople(sheets: readonly Sheet[], chosen: Chosen): Reading {
  const ledger = new Ledger();
  const full = sheets.filter((sheet) => sheet.cells.some((line) => line.some(hasWords)));
  const named = full.map((sheet) => ({
    sheet,
    number: sheets.indexOf(sheet) + 1,
    headers: findHeaders(sheet.cells),
  }));
  const rosters = named.filter(({ headers }) => headers.some(ofPeople));
  const several = rosters.filter(({ sheet }) => !sheet.hidden).length > 1;
  const choices: RosterChoice[] = [];
  const entries = named.flatMap(({ sheet, number, headers }) => {
    const name = full.length > 1 ? sheet.name : undefined;
    const leave = (kind: LeftKind) => {
      ledger.whole(sheet.hidden ? 'hidden-sheet' : kind, name, sheet.cells);
      return [];
    };
    if (headers.length === 0) return leave('no-header');
    if (!headers.some(ofPeople)) return leave('no-unit');
    const taken = choicesOf(sheet, number, headers, several, chosen);
    choices.push(...taken.asked);
    if (!taken.sheet) return leave('sheet');
    const seen = taken.columns ? sheet : without(sheet, taken.hiddenColumns, name, headers, ledger);
    return readTables(seen, name, headers, !taken.rows, ledger);
  });
  const why = (): RosterReason | undefined => {
    if (full.length === 0) return 'roster.empty';
    if (rosters.length > 0) return undefined;
    return named.some(({ headers }) => headers.length > 0) ? 'roster.no-unit-column' : 'roster.no-header';
  };
  return { entries, choices, ledger, refused: why() };
}
