import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../server/features/minutes/attendance.ts';
import { sourceOf } from '../../server/features/minutes/composed.ts';
import { snapshot } from '../../server/features/session/project.ts';
import { attendanceOf, figuresOf, seatOf } from '../../shared/attendance.ts';
import type { DraftEntry, Entry } from '../../shared/log.ts';
import { fold } from '../../shared/reduce.ts';
import { doer, history, idOf, SESSION } from '../support/histories.ts';
import {
  attended,
  ended,
  ids,
  joined,
  left,
  line,
  log,
  opens,
  said,
  scheduled,
  started,
  talk,
} from '../support/told-log.ts';
import { newId } from '../../shared/ids.ts';

/** The histories know of no list: here each person of them is expected, or not. */
function expecting(entries: readonly Entry[], which: readonly boolean[]): Entry[] {
  const plan = scheduled()[1] as Extract<DraftEntry, { kind: 'scheduled' }>;
  const expected = which.flatMap((is, n) => {
    const { personId, name, unitName } = doer(n).person;
    return is ? [{ personId, name, unitName, level: '' }] : [];
  });
  const first = { ...plan, sessionId: SESSION, seq: 1, at: '2026-03-18T05:00:00.000Z', expected };
  return [first as Entry, ...entries.map((entry) => ({ ...entry, seq: entry.seq + 1 }) as Entry)];
}
const lists = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 });

describe('who was there, of any history', () => {
  test('adds up: expected is arrived, on leave and absent; nobody is counted twice; guests are never expected', () => {
    fc.assert(
      fc.property(history, lists, ({ entries }, which) => {
        const state = fold(SESSION, structuredClone(expecting(entries, which)));
        const found = attendanceOf(state);
        const n = figuresOf(found);
        expect(n.expected).toBe(n.arrived + n.leave + n.absent);
        const seated = [...found.expected, ...found.observing, ...found.desk, ...found.extra];
        expect(new Set(seated).size).toBe(seated.length);
        expect(found.expected.filter((person) => person.capacity === 'guest')).toEqual([]);
        // Everybody who is inside and was not sent out is somewhere, and so is everybody who is expected.
        for (const person of Object.values(state.people))
          if (
            person.capacity !== 'administrator' &&
            (person.expected || (person.joinedAt && !person.removed))
          )
            if (!(person.attendance === 'leave' && person.capacity === 'guest'))
              if (!(person.removed && person.capacity === 'guest')) expect(seatOf(person)).toBeDefined();
        expect(found.walkIns.every((person) => found.extra.includes(person))).toBe(true);
      }),
    );
  });

  test('is the same for a page that follows, whatever its eyes; and the minutes list the same people', () => {
    fc.assert(
      fc.property(history, lists, ({ entries }, which) => {
        const told = expecting(entries, which);
        const state = fold(SESSION, structuredClone(told));
        const { walkIns: _staffOnly, ...numbers } = figuresOf(attendanceOf(state));
        for (const audience of ['staff', 'member'] as const)
          expect(figuresOf(attendanceOf(snapshot(state, audience, 10).state))).toMatchObject(numbers);
        const columns = columnsOf(sourceOf(SESSION, told));
        const listed = [...columns].flatMap(([column, people]) =>
          people.map((each) => [each.personId, column]),
        );
        const chair = columns.get('chair')![0]?.personId;
        for (const [personId, column] of listed) {
          if (personId === chair) continue;
          const seat = seatOf(state.people[personId!]!);
          const same = column === 'present' || column === 'record' ? ['arrived', 'desk', 'extra'] : [column];
          expect(same).toContain(seat);
        }
      }),
    );
  });
});

describe('who was there, told', () => {
  test('in one line of the minutes that adds up, with guests beside it', () => {
    const entries = log(
      scheduled(),
      joined(-5, '周敏', 'moderator'),
      attended(-4, '唐雨', 'leave'),
      started,
      joined(1, '丁宁', 'guest', ''),
      joined(2, '沈一鸣'),
      ended(30),
    );
    expect(line(entries, '人数')).toBe('人数：应到3人，实到1人，请假1人，缺席1人；列席1人，名单外到会1人。');
    expect(
      line(log(scheduled({ expected: [] }), joined(-5, '何清'), started, ended(30)), '人数'),
    ).toBeUndefined();
  });

  test('who left early was there; who came in spite of leave was; an administrator is when they speak', () => {
    const state = fold(
      SESSION,
      log(
        scheduled(),
        joined(-5, '周敏', 'moderator'),
        attended(-4, '唐雨', 'leave'),
        joined(-3, '唐雨'),
        joined(-2, '陆远航', 'administrator'),
        joined(-2, '何清'),
        started,
        opens(0, talk),
        left(3, '何清'),
      ),
    );
    expect(figuresOf(attendanceOf(state))).toMatchObject({
      expected: 3,
      arrived: 3,
      leave: 0,
      observing: 0,
      extra: 0,
    });
    const spoke = log(
      scheduled(),
      joined(-2, '陆远航', 'administrator'),
      started,
      said(1, newId(), '陆远航', 'speech', '说'),
    );
    expect(attendanceOf(fold(SESSION, spoke)).observing.map((each) => each.personId)).toEqual([ids.陆远航]);
  });

  test('and who is marked 列席 leaves the count of the expected', () => {
    const state = fold(SESSION, log(scheduled(), joined(-5, '何清')));
    const marked = fold(SESSION, [
      ...log(scheduled(), joined(-5, '何清')),
      {
        sessionId: SESSION,
        seq: 3,
        at: '2026-03-18T06:30:00.000Z',
        by: idOf(1),
        kind: 'attended',
        personId: ids.何清!,
        name: '何清',
        unitName: '',
        status: 'observing',
        reason: '',
      },
    ]);
    expect(figuresOf(attendanceOf(state))).toMatchObject({
      expected: 3,
      arrived: 1,
      absent: 2,
      observing: 0,
    });
    expect(figuresOf(attendanceOf(marked))).toMatchObject({
      expected: 2,
      arrived: 0,
      absent: 2,
      observing: 1,
    });
  });
});
