import { hasWords, type ProblemRow, standingRows, withdrawnRows } from '../../../shared/problem.ts';
import type { Numbered } from './Sheet.tsx';

/** Which rows are shown: of this meeting, of this room, all, or those that were withdrawn. */
export type Scope = 'meeting' | 'here' | 'all' | 'withdrawn';

/** The rows of the meeting that the list is seen from, as the server counts them everywhere; which they are is asked when wanted. */
export interface OfMeeting {
  count: number;
  ids: ReadonlySet<string>;
}

export interface Filter {
  scope: Scope;
  query: string;
}

/** What stays on the screen though it is empty, or does not fit the filter any more. */
export interface Stays {
  /** The row under the hand: it goes when it is left. */
  hand?: string | undefined;
  /** Empty rows in which somebody is, or was on this page. */
  open: ReadonlySet<string>;
}

export interface Shown {
  rows: Numbered[];
  /** Of rows with words. */
  counts: Record<Exclude<Scope, 'meeting'>, number> & { meeting?: number };
  /** The row under the hand is only here because it is: it was withdrawn, or given to another room. */
  held?: 'withdrawn' | 'elsewhere';
}

/** Picks the rows to show and numbers them by their place in what is shown. */
export function shownRows(
  rows: readonly ProblemRow[],
  { scope, query }: Filter,
  topicId: string,
  { hand, open }: Stays = { open: new Set() },
  meeting?: OfMeeting,
): Shown {
  const ofRoom = (row: ProblemRow) => row.topic === topicId;
  const standing = standingRows(rows);
  const counts = {
    here: standing.filter(ofRoom).length,
    all: standing.length,
    withdrawn: withdrawnRows(rows).length,
    ...(meeting && { meeting: meeting.count }),
  };
  const wanted = query.trim().toLowerCase();
  const inScope = (row: ProblemRow) =>
    row.withdrawn === (scope === 'withdrawn') &&
    (scope !== 'here' || ofRoom(row)) &&
    (scope !== 'meeting' || meeting?.ids.has(row.rowId) === true);
  const isShown = (row: ProblemRow) => {
    if (!inScope(row)) return false;
    if (hasWords(row)) return wanted === '' || matches(row, wanted);
    return !row.withdrawn && wanted === '' && (row.rowId === hand || open.has(row.rowId));
  };
  const shown = new Set(rows.filter(isShown));
  const picked = rows.filter((row) => shown.has(row) || row.rowId === hand);
  const under = picked.find((row) => row.rowId === hand);
  return { counts, rows: numbered(picked, shown), ...(under && heldBy(under, scope, inScope(under))) };
}

const heldBy = (row: ProblemRow, scope: Scope, inScope: boolean): Pick<Shown, 'held'> => {
  if (inScope || scope === 'withdrawn') return {};
  return { held: row.withdrawn ? 'withdrawn' : 'elsewhere' };
};

/**
 * Rows with words are counted, so that the numbers are those of a file of the same rows. Empty ones behind the last of them have
 * the numbers that they would get; all others have none.
 */
function numbered(rows: readonly ProblemRow[], shown: ReadonlySet<ProblemRow>): Numbered[] {
  const counts = (row: ProblemRow) => shown.has(row) && hasWords(row);
  const last = rows.findLastIndex(counts);
  let n = 0;
  return rows.map((row, at) => ({ row, n: counts(row) || (at > last && shown.has(row)) ? ++n : 0 }));
}

function matches(row: ProblemRow, query: string): boolean {
  const texts = [row.problem, row.cause, row.units, row.owner, row.sourceNote, row.proposer];
  return texts.some((text) => text.toLowerCase().includes(query));
}

/** Today in Asia/Shanghai, as the date column holds it. */
export function shanghaiDay(nowMs: number): string {
  return new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 10);
}
