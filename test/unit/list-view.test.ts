import { describe, expect, test } from 'vitest';
import { type Filter, type Scope, shownRows } from '../../client/features/board/list-view.ts';
import { listReport } from '../../server/features/exports/list-report.ts';
import { BLANK_ROW, hasWords, type ProblemRow, standingRows, withdrawnRows } from '../../shared/problem.ts';

const row = (rowId: string, more: Partial<ProblemRow> = {}): ProblemRow => ({
  ...{ ...BLANK_ROW, rowId, order: rowId, problem: '', cause: '' },
  ...more,
});
const written = (rowId: string, more: Partial<ProblemRow> = {}) => row(rowId, { problem: rowId, ...more });
const view = (scope: Scope, query = ''): Filter => ({ scope, query });
const nobody = { open: new Set<string>() };
const seen = (shown: ReturnType<typeof shownRows>) =>
  shown.rows.map(({ row: { rowId }, n }) => `${n} ${rowId}`);

/** As a new row is born in a room: filled in by the program, not by a person. */
const born = (rowId: string) =>
  row(rowId, {
    topic: 'room',
    source: 'symposium',
    sessionId: 's',
    proposer: '周敏',
    proposedOn: '2026-03-18',
  });

describe('a row that nobody wrote into', () => {
  test('has no words, whatever the program filled in; one word in any column is enough', () => {
    expect(hasWords(born('a'))).toBe(false);
    expect(hasWords(row('a', { problem: ' \u3000\n\u200b' }))).toBe(false);
    for (const field of ['problem', 'cause', 'units', 'owner', 'sourceNote'])
      expect(hasWords(row('a', { [field]: '甲' }))).toBe(true);
  });

  test('counts nowhere: neither among those that stand nor among those that were withdrawn', () => {
    const rows = [
      born('a'),
      written('b'),
      { ...born('c'), withdrawn: true },
      written('d', { withdrawn: true }),
    ];
    expect(standingRows(rows).map(({ rowId }) => rowId)).toEqual(['b']);
    expect(withdrawnRows(rows).map(({ rowId }) => rowId)).toEqual(['d']);
    expect(shownRows(rows, view('all'), 'room', nobody).counts).toEqual({ here: 0, all: 1, withdrawn: 1 });
    expect(seen(shownRows(rows, view('withdrawn'), 'room', nobody))).toEqual(['1 d']);
  });

  test('is on the screen while somebody is in it, with the number that it would get', () => {
    const rows = [born('a'), written('b'), born('c'), born('d')];
    expect(seen(shownRows(rows, view('all'), '', nobody))).toEqual(['1 b']);
    const open = new Set(['a', 'c', 'd']);
    expect(seen(shownRows(rows, view('all'), '', { open }))).toEqual(['0 a', '1 b', '2 c', '3 d']);
    expect(seen(shownRows(rows, view('here'), 'room', { open, hand: 'd' }))).toEqual(['1 a', '2 c', '3 d']);
  });
});

describe('the numbers of rows', () => {
  const rows = [
    written('a', { topic: 'room' }),
    written('b'),
    born('e'),
    written('c', { topic: 'room', withdrawn: true }),
    written('d', { topic: 'room' }),
  ];

  test('are the places in what is shown', () => {
    expect(seen(shownRows(rows, view('all'), 'room', nobody))).toEqual(['1 a', '2 b', '3 d']);
    expect(seen(shownRows(rows, view('here'), 'room', nobody))).toEqual(['1 a', '2 d']);
    expect(seen(shownRows(rows, view('all', 'D'), 'room', nobody))).toEqual(['1 d']);
    expect(seen(shownRows(rows, view('withdrawn'), 'room', nobody))).toEqual(['1 c']);
  });

  test('are those of the file', () => {
    const [block] = listReport('教科研一室', rows, new Map(), '').blocks;
    const file = block?.kind === 'table' ? block.rows.map((cells) => `${cells[0]} ${cells[2]}`) : [];
    expect(file).toEqual(
      seen(shownRows(rows, view('all'), 'room', { open: new Set(['e']) })).filter((n) => n[0] !== '0'),
    );
    expect(file).toHaveLength(3);
  });
});

describe('the row under the hand', () => {
  const stays = { hand: 'b', open: new Set<string>() };
  const shown = (b: Partial<ProblemRow>, filter: Filter) =>
    shownRows(
      [written('a', { topic: 'room' }), written('b', b), written('c', { topic: 'room' })],
      filter,
      'room',
      stays,
    );

  test('stays where it is when it is withdrawn, without a number, and that is told', () => {
    const withdrawn = shown({ withdrawn: true }, view('all'));
    expect(seen(withdrawn)).toEqual(['1 a', '0 b', '2 c']);
    expect(withdrawn.held).toBe('withdrawn');
  });

  test('stays when one gives it to another room, or writes what is not looked for', () => {
    expect(shown({ topic: 'other' }, view('here'))).toMatchObject({ held: 'elsewhere' });
    expect(seen(shown({ topic: 'other' }, view('here')))).toEqual(['1 a', '0 b', '2 c']);
    const query = shown({}, view('all', 'a'));
    expect(seen(query)).toEqual(['1 a', '0 b']);
    expect(query.held).toBeUndefined();
  });

  test('stays when it is given back while it is read among the withdrawn', () => {
    expect(shown({}, view('withdrawn')).held).toBeUndefined();
    expect(seen(shown({}, view('withdrawn')))).toEqual(['0 b']);
  });
});
