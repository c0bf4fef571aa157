import { describe, expect, test } from 'vitest';
import { rowsOfMeeting, standingIn } from '../../server/features/session/meeting-rows.ts';
import * as course from '../../server/features/session/course-rules.ts';
import type * as rules from '../../server/features/session/rules.ts';
import { newId } from '../../shared/ids.ts';
import { type FrozenRow, type Message, MOST_STANDING, type SessionState } from '../../shared/log.ts';
import { apply, emptySession } from '../../shared/reduce.ts';
import { seeded } from '../support/seeded.ts';

const row = (rowId: string, more: Partial<FrozenRow> = {}): FrozenRow => ({
  ...{ rowId, topic: '', problem: `问题 ${rowId}`, cause: '', source: '', withdrawn: false },
  ...more,
});
const message = (id: string, more: Partial<Message> = {}): Message => ({
  ...{ id, seq: 1, at: '2026-03-18T06:30:00.000Z', by: 'p', itemId: '', kind: 'problem', body: `说 ${id}` },
  ...{ recalled: false, hidden: false, pinned: false },
  ...more,
});
const facts = (standing: string[] | undefined, messages: Message[]) => ({
  ...(standing && { standing }),
  problems: messages.map(({ id }) => ({ messageId: id, rowId: id })),
  messages: Object.fromEntries(messages.map((each) => [each.id, each])),
});
const ids = (found: ReturnType<typeof rowsOfMeeting>) => found.map((each) => each.row.rowId);

describe('which rows are of a meeting', () => {
  test('a meeting that began under an older program has only those taken up, in their order', () => {
    const rows = [row('a'), row('b'), row('c'), row('d', { withdrawn: true })];
    const taken = [message('c'), message('a'), message('d'), message('x')];
    expect(ids(rowsOfMeeting(facts(undefined, taken), rows))).toEqual(['c', 'a']);
  });

  test('of any list: new with words, not withdrawn, in its order; what stood there is none unless taken up', () => {
    const random = seeded(7);
    const flag = () => random() < 0.4;
    for (let round = 0; round < 300; round++) {
      const rows = Array.from({ length: 12 }, (_, n) =>
        row(`r${n}`, { withdrawn: flag(), ...(flag() && { problem: ' ' }), ...(flag() && { cause: '因' }) }),
      );
      const standing = rows.filter(flag).map((each) => each.rowId);
      const taken = rows
        .filter(flag)
        .map(({ rowId }) => message(rowId, { hidden: flag(), recalled: flag() }));
      const found = rowsOfMeeting(facts(standing, taken), rows);
      const expected = rows.filter((each) => {
        const said = taken.find(({ id }) => id === each.rowId);
        const own = said ? !said.hidden && !said.recalled : !standing.includes(each.rowId);
        return own && !each.withdrawn && `${each.problem}${each.cause}`.trim() !== '';
      });
      expect(ids(found)).toEqual(expected.map((each) => each.rowId));
      for (const each of found)
        expect(each.message?.id).toBe(taken.find(({ id }) => id === each.row.rowId)?.id);
    }
  });

  test('what stands in a list is what has words, also what is withdrawn', () => {
    const rows = [
      row('a'),
      row('b', { problem: ' ' }),
      row('c', { withdrawn: true }),
      row('d', { problem: '', cause: '因' }),
    ];
    expect(standingIn(rows)).toEqual(['a', 'c', 'd']);
  });
});

describe('what the start of a meeting keeps', () => {
  const doer = {
    person: { kind: 'person', personId: newId(), name: '周敏' },
    capacity: 'moderator',
  } as unknown as rules.Doer;
  const started = (standing?: string[]) => course.start(doer, standing)(emptySession(newId())).main;

  test('are the rows of a list, but not of one that no entry holds', () => {
    const rows = Array.from({ length: MOST_STANDING }, () => newId());
    expect(started(rows)).toMatchObject({ standing: rows });
    expect(started([...rows, newId()])).not.toHaveProperty('standing');
    expect(started()).not.toHaveProperty('standing');
  });

  test('is not overwritten when the meeting goes on', () => {
    const state: SessionState = emptySession(newId());
    const at = '2026-03-18T06:30:00.000Z';
    const told = { sessionId: state.sessionId, at, by: '' };
    apply(state, { ...told, seq: 1, kind: 'started', standing: ['a'] });
    apply(state, { ...told, seq: 2, kind: 'ended', lastSeen: [], rows: [], carryOver: [] });
    apply(state, { ...told, seq: 3, kind: 'resumed' });
    expect(state.standing).toEqual(['a']);
  });
});
