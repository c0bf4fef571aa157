import { expect, test } from 'vitest';
import { entries } from '../../server/features/session/collections.ts';
import { fitting } from '../../server/features/session/frozen.ts';
import { accept } from '../../server/storage/accept.ts';
import { newId } from '../../shared/ids.ts';
import type { FrozenRow } from '../../shared/log.ts';

const row = (words: string): FrozenRow => ({
  ...{ rowId: newId(), topic: '', source: '', withdrawn: false },
  ...{ problem: words, cause: words },
});
const many = (count: number, words: string) => Array.from({ length: count }, () => row(words));

/** Throws TOO_LARGE when the store would not take it. */
function stored(rows: FrozenRow[]): FrozenRow[] {
  const [sessionId, at, by] = [newId(), '2026-03-18T06:30:00.000Z', newId()];
  const entry = { sessionId, seq: 1, at, by, kind: 'ended', lastSeen: [], rows, carryOver: [] };
  accept(entries, { id: `${sessionId}:x`, version: 1, sessionId, seq: 1, digest: '', entry });
  return rows;
}

test('a usual list is frozen as it stands', () => {
  const rows = many(200, '问题'.repeat(100));
  expect(stored(fitting(rows, new Set()))).toEqual(rows);
});

test('the longest list that people can write does not keep a meeting from ending', () => {
  const rows = many(1000, '破'.repeat(20_000));
  expect(() => stored(rows)).toThrow('TOO_LARGE');
  const taken = new Set([rows[998]!.rowId, rows[999]!.rowId]);
  const kept = stored(fitting(rows, taken));
  expect(kept.filter(({ rowId }) => taken.has(rowId))).toMatchObject([
    { problem: '破'.repeat(5000) },
    { problem: '破'.repeat(5000) },
  ]);
});

test('all problems of the meeting stay, if need be in fewer words, and no character is cut in half', () => {
  const rows = many(1500, '𠮷'.repeat(10_000));
  const kept = stored(fitting(rows, new Set(rows.map(({ rowId }) => rowId))));
  expect(kept.map(({ rowId }) => rowId)).toEqual(rows.map(({ rowId }) => rowId));
  for (const { problem } of kept) expect(problem).toMatch(/^(?:𠮷){100,}$/u);
});

test('whoever brought them up counts too', () => {
  const rows = many(20_000, '破'.repeat(200)).map((each) => ({ ...each, proposer: '周'.repeat(200) }));
  const kept = stored(fitting(rows, new Set(rows.map(({ rowId }) => rowId))));
  expect(kept.map(({ rowId }) => rowId)).toEqual(rows.map(({ rowId }) => rowId));
});
