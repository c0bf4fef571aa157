import type { FrozenRow } from '../../../shared/log.ts';

/** Bytes that all texts together may weigh: well below what a record may (12 MiB), whatever the engine adds. */
const MOST_BYTES = 6 * 1024 * 1024;
const LONGEST = 5000;
const WORDS = ['problem', 'cause', 'topic', 'source', 'proposer'] as const;

/** At most `most` code units, never half a character. */
const cut = (text: string, most: number): string =>
  text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');

const shortened = (row: FrozenRow, most: number): FrozenRow => ({
  ...row,
  ...Object.fromEntries(
    WORDS.flatMap((field) => (row[field] === undefined ? [] : [[field, cut(row[field], most)]])),
  ),
});

const weightOf = (row: FrozenRow): number =>
  WORDS.reduce((sum, field) => sum + Buffer.byteLength(row[field] ?? ''), 200);

/**
 * The frozen list as it fits into the one entry that ends the meeting, so that no list, however long, keeps a meeting from
 * ending. The rows of this meeting come first and all stay, if need be with shorter texts; of the others what there is room for.
 */
export function fitting(rows: readonly FrozenRow[], ofMeeting: ReadonlySet<string>): FrozenRow[] {
  const own = rows.filter((row) => ofMeeting.has(row.rowId));
  // Three bytes is the most that a code unit takes in UTF-8.
  const share = Math.floor((MOST_BYTES / Math.max(1, own.length) - 200) / (3 * WORDS.length));
  const most =
    own.reduce((sum, row) => sum + weightOf(shortened(row, LONGEST)), 0) > MOST_BYTES ? share : LONGEST;
  const kept = new Map(own.map((row) => [row.rowId, shortened(row, most)]));
  let room = MOST_BYTES - [...kept.values()].reduce((sum, row) => sum + weightOf(row), 0);
  for (const row of rows) {
    if (kept.has(row.rowId)) continue;
    const short = shortened(row, LONGEST);
    room -= weightOf(short);
    if (room < 0) break;
    kept.set(row.rowId, short);
  }
  return rows.flatMap((row) => kept.get(row.rowId) ?? []);
}
