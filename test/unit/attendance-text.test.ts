import { expect, test } from 'vitest';
import { attendanceText } from '../../client/lib/attendance-text.ts';

const nobody = { expected: 0, arrived: 0, leave: 0, absent: 0, observing: 0, desk: 0, extra: 0 };

test('the three parts of the expected are said first, then who is beside them; nothing that is none', () => {
  const all = { expected: 15, arrived: 12, leave: 1, absent: 2, observing: 2, desk: 1, extra: 3 };
  expect(attendanceText(all, 'zh')).toBe('应到 15 人：实到 12，请假 1，未到 2；列席 2，工作人员 1，名单外 3');
  expect(attendanceText(all, 'zh', true)).toContain('缺席 2');
  expect(attendanceText(all, 'en', true)).toBe(
    '15 expected: 12 present, 1 on leave, 2 absent; 2 sitting in, 1 staff, 3 not on the list',
  );
  expect(attendanceText({ ...nobody, expected: 3, arrived: 3 }, 'zh')).toBe('应到 3 人：实到 3');
  expect(attendanceText({ ...nobody, expected: 3, absent: 3 }, 'zh')).toBe('应到 3 人：实到 0，未到 3');
});

test('where nobody was expected it says how many came', () => {
  expect(attendanceText({ ...nobody, extra: 4, desk: 1, observing: 2 }, 'zh')).toBe('到会 5 人；列席 2');
});
