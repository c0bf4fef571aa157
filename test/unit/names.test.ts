import { describe, expect, test } from 'vitest';
import { personName, tidy } from '../../server/features/campaigns/roster-cell.ts';
import { Name, NewName, TypedUnit } from '../../shared/fields.ts';
import { lookOf, oddInName, reservedName } from '../../shared/names.ts';

const at = (...points: number[]) => `周${String.fromCodePoint(...points)}敏`;

describe('a name', () => {
  test.each([
    ['a word joiner', 0x2060, 'name.invisible'],
    ['a zero-width blank', 0x200b, 'name.invisible'],
    ['a joiner', 0x200d, 'name.invisible'],
    ['a soft hyphen', 0xad, 'name.invisible'],
    ['a byte order mark', 0xfeff, 'name.invisible'],
    ['a Hangul filler', 0x3164, 'name.invisible'],
    ['a half-width Hangul filler', 0xffa0, 'name.invisible'],
    ['a combining joiner', 0x34f, 'name.invisible'],
    ['a variation selector', 0xfe0f, 'name.invisible'],
    ['a variation selector of another plane', 0xe0100, 'name.invisible'],
    ['a tag letter', 0xe0061, 'name.invisible'],
    ['the blank of Braille', 0x2800, 'name.invisible'],
    ['an annotation mark', 0xfff9, 'name.invisible'],
    ['a right-to-left override', 0x202e, 'name.bidi'],
    ['an isolate', 0x2067, 'name.bidi'],
    ['a right-to-left mark', 0x200f, 'name.bidi'],
    ['an Arabic letter mark', 0x61c, 'name.bidi'],
    ['a line break', 0x0a, 'name.control'],
    ['a paragraph separator', 0x2029, 'name.control'],
    ['a control of the upper half', 0x85, 'name.control'],
    ['what is no character', 0xffff, 'name.control'],
  ])('with %s is refused, with the reason and its code', (_what, point, reason) => {
    const sign = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
    expect(oddInName(at(point))).toEqual({ reason, sign });
    for (const schema of [NewName, TypedUnit]) {
      const issue = schema.safeParse(at(point)).error?.issues[0];
      expect(issue).toMatchObject({ message: reason, params: { sign } });
    }
    // What is stored stays readable.
    expect(Name.safeParse(at(point)).success).toBe(true);
  });

  test.each([
    '周敏',
    '陆　远航',
    '阿不都·热合曼',
    'Anna-Marie O’Neill',
    '𠮷田 健',
    'محمد',
    'नेहा',
    '山﨑',
    'é',
  ])('%s is plain', (name) => {
    expect([oddInName(name), NewName.safeParse(name).success, reservedName(name)]).toEqual([
      undefined,
      true,
      undefined,
    ]);
  });

  test('in a sheet loses all of this without a word', () => {
    for (const point of [0x2060, 0x202e, 0x3164, 0xfe0f, 0x2800, 0xad, 0x07]) {
      expect([personName(at(point)), tidy(at(point))]).toEqual(['周敏', '周敏']);
    }
  });
});

describe('a reserved name', () => {
  test.each([
    ...[
      '管理员',
      '管 理 员',
      '管\u2060理员',
      '【主持人】',
      '会议主持人',
      '主持人-周敏',
      '記錄員',
      '工作人员01',
    ],
    ...[
      'Ａｄｍｉｎ',
      'ADMINISTRATOR',
      'Note-Taker',
      'the moderator',
      '系统',
      '系统消息',
      '会务组',
      '*',
      '— —',
      'ｓｙｓｔｅｍ',
    ],
  ])('%s stays one however it is written', (name) => {
    expect(reservedName(name)).toBe('name.reserved');
  });

  test.each(['系统工程师', '管理', '周主持', '官方正', 'Hosteller', '理员', '周敏（语文）'])(
    '%s is not',
    (name) => {
      expect(reservedName(name)).toBeUndefined();
    },
  );

  test('looks alike in any width, case and spacing', () => {
    for (const name of ['周　敏', '周·敏', '周\u200b敏', '周敏。', '「周敏」'])
      expect(lookOf(name)).toBe('周敏');
    expect(lookOf('周敏（语文）')).not.toBe('周敏');
  });
});
