import type { Entry, FrozenRow, Message, SessionState } from '../../../shared/log.ts';
import { hasWords } from '../../../shared/problem.ts';

/** A problem of this meeting; `message` is what it was taken up from, absent for one that was written into the list. */
export interface MeetingRow {
  row: FrozenRow;
  message?: Message;
}

type Facts = Pick<SessionState, 'standing' | 'problems' | 'messages'>;

/** What stood in the list before the meeting: what is withdrawn stands there too, since it can come back. */
export const standingIn = (rows: readonly Pick<FrozenRow, 'rowId' | 'problem' | 'cause'>[]): string[] =>
  rows.filter(hasWords).map((row) => row.rowId);

/** '' where nobody is known. */
export const proposerOf = ({ row, message }: MeetingRow, people: SessionState['people']): string =>
  message ? (people[message.by]?.name ?? '') : (row.proposer ?? '');

const silenced = (message: Message | undefined): boolean =>
  message === undefined || message.recalled || message.hidden;

/**
 * The problems of this meeting, given the list as it stands (while it runs) or as it was frozen (after its end): the one answer
 * for the list's count, the wall, the cards and the minutes. Its own are the rows that did not stand there when it began, and
 * those taken up from its messages; never what was withdrawn, has no words, or was taken up from a message that is recalled or
 * hidden. In the order of the list, and then what was taken up `later` than the list was frozen. A meeting that does not know what
 * stood there (see `started`) has only what was taken up.
 */
export function rowsOfMeeting(
  { standing, problems, messages }: Facts,
  rows: readonly FrozenRow[],
  later: ReadonlySet<string> = new Set(),
): MeetingRow[] {
  const taken = new Map(problems.map(({ rowId, messageId }) => [rowId, messages[messageId]]));
  const here = new Map(rows.map((row) => [row.rowId, row]));
  const counts = (row: FrozenRow) =>
    !row.withdrawn && hasWords(row) && !(taken.has(row.rowId) && silenced(taken.get(row.rowId)));
  const said = (row: FrozenRow): MeetingRow => {
    const message = taken.get(row.rowId);
    return { row, ...(message && { message }) };
  };
  if (!standing)
    return [...taken.keys()]
      .flatMap((rowId) => here.get(rowId) ?? [])
      .filter(counts)
      .map(said);
  const before = new Set(standing);
  const own = rows.filter((row) => taken.has(row.rowId) || !before.has(row.rowId));
  const after = [...later].flatMap((rowId): FrozenRow[] => {
    const message = taken.get(rowId);
    const words = { topic: '', problem: message?.body ?? '', cause: '', source: '' };
    return here.has(rowId) ? [] : [{ rowId, ...words, withdrawn: false }];
  });
  return [...own, ...after].filter(counts).map(said);
}

/** Rows taken up after the last end, which its frozen list does not hold. */
export function takenLater(entries: readonly Entry[]): Set<string> {
  const from = entries.findLastIndex((entry) => entry.kind === 'ended');
  const after = from < 0 ? [] : entries.slice(from);
  return new Set(after.flatMap((entry) => (entry.kind === 'problem-accepted' ? entry.rowId : [])));
}
