import { expect, test } from 'vitest';
import { COMMON_PASSWORDS } from '../../server/features/identity/common-passwords.ts';
import { isCommonPassword } from '../../server/features/identity/password-rules.ts';

test.each([
  ...[
    '12345678',
    '87654321',
    '11111111',
    '12341234',
    'abcabcabc',
    'qwertyui',
    'abcdefgh',
    '1qaz2wsx',
    'password',
  ],
  ...[
    'Passw0rd',
    'PASSWORD123',
    'woaini1314',
    'woaini520',
    'aini5201314',
    '5201314a',
    'a12345678',
    'qq123456',
  ],
  ...[
    '123456qq',
    'Admin@2024',
    'admin888',
    'poli2025',
    'bapobali',
    'laoshi123',
    'abc12345',
    'ｐａｓｓｗｏｒｄ',
  ],
  ...[
    '19870612',
    '20010203',
    '13812345678',
    ' 12345678 ',
    'iloveyou',
    'zhoumin2018',
    'zhoumin@123',
    'zhoumin',
  ],
])('%s is guessed first', (password) => {
  expect(isCommonPassword(password, 'zhoumin')).toBe(true);
});

test.each([
  ...[
    'spring-2018-garden',
    'another one 9',
    'long enough 8',
    '春天的第三个园子',
    'kTz4-9wq',
    'zhoumin likes tea',
  ],
  ...['19871399', '73920184', 'administratively so', 'quiet-river', 'a garden in 2018', 'wendy maple 7'],
])('%s is not', (password) => {
  expect(isCommonPassword(password, 'zhoumin')).toBe(false);
});

test('the list holds ten thousand, all of a length that may be set', () => {
  const list = COMMON_PASSWORDS.split(' ');
  expect(list).toHaveLength(10_000);
  expect(list.filter((each) => each.length < 8 || each !== each.toLowerCase())).toEqual([]);
});
