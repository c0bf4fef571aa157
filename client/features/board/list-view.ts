import type { ProblemRow } from '../../../shared/problem.ts';
import type { Numbered } from './Sheet.tsx';

/** Which rows are shown: of this room, all, or those that were withdrawn. */
export type Scope = 'here' | 'all' | 'withdrawn';

export interface Filter {
  scope: Scope;
  query: string;
}

export interface Shown {
  rows: Numbered[];
  counts: Record<Scope, number>;
}

/** Numbers the rows that stand in the list by their place in it and picks those to show. */
export function shownRows(rows: readonly ProblemRow[], filter: Filter, topicId: string): Shown {
  const standing = rows.filter((row) => !row.withdrawn);
  const taken = rows.filter((row) => row.withdrawn);
  const numbered = standing.map((row, i) => ({ row, n: i + 1 }));
  const here = numbered.filter(({ row }) => row.topic === topicId);
  const scoped = {
    here,
    all: numbered,
    withdrawn: taken.map((row) => ({ row, n: 0 })),
  };
  const counts = { here: here.length, all: standing.length, withdrawn: taken.length };
  const query = filter.query.trim().toLowerCase();
  return { counts, rows: scoped[filter.scope].filter(({ row }) => query === '' || matches(row, query)) };
}

function matches(row: ProblemRow, query: string): boolean {
  const texts = [row.problem, row.cause, row.units, row.owner, row.sourceNote, row.proposer];
  return texts.some((text) => text.toLowerCase().includes(query));
}

/** Today in Asia/Shanghai, as the date column holds it. */
export function shanghaiDay(nowMs: number): string {
  return new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 10);
}
