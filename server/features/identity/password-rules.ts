import { COMMON_PASSWORDS } from './common-passwords.ts';

let listed: Set<string> | undefined;
/** Read at the first need. */
const isListed = (text: string): boolean => (listed ??= new Set(COMMON_PASSWORDS.split(' '))).has(text);

const ROWS = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb',
];
const RUNS = ROWS.flatMap((row) => [row, [...row].reverse().join('')]);
const isRun = (text: string): boolean => RUNS.some((row) => row.includes(text));
/** One piece over and over: 11111111, 12341234, abcabcabc. */
const REPEATED = /^(.{1,5})\1+$/;
/** A day, as most people write a birthday, or a number of a mobile telephone. */
const DAY = /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;
const PHONE = /^1[3-9]\d{9}$/;
/** What people here put before or behind a few figures. Longest first. */
const STEMS = [
  ...[
    'administrator',
    'password',
    'jiaoyuju',
    'xuexiao',
    'woaini',
    'iloveu',
    'laoshi',
    'bangong',
    'wodemima',
    'mima',
  ],
  ...[
    'admin',
    'poli',
    'polili',
    'bapobali',
    'pass',
    'root',
    'user',
    'test',
    'love',
    'aini',
    'abcd',
    'abc',
    'qwer',
    'asdf',
    'qwe',
  ],
  ...['asd', 'zxc', 'qaz', 'aaa', 'qq', 'wx', 'aa', 'a', 'q', 'w', 'z'],
].sort((a, b) => b.length - a.length);
/** Figures that are typed without thinking: 520 and 1314 are love, 888 and 666 luck. */
const HABIT = /^(520|1314|5201314|1314520|521|888|666|168|110|999|000|111|123|321|1|01|007|@|!|\.)*$/;

const plainFigures = (text: string): boolean =>
  text === '' ||
  isRun(text) ||
  REPEATED.test(text) ||
  HABIT.test(text) ||
  DAY.test(text) ||
  /^(19|20)\d\d$/.test(text);

/** A stem with figures that anybody tries, before it or behind it: woaini1314, 123456qq, Admin@2024. */
function isHabit(text: string): boolean {
  return STEMS.some((stem) => {
    if (text.startsWith(stem)) return plainFigures(text.slice(stem.length).replace(/[@!._#-]/g, ''));
    return text.endsWith(stem) && plainFigures(text.slice(0, -stem.length).replace(/[@!._#-]/g, ''));
  });
}

/**
 * Whether a guesser tries it among the first: one of the list of common ones, a run of keys, a repeated piece, a date, a telephone
 * number, a habit, or the login itself with figures. Case and width do not count.
 */
export function isCommonPassword(password: string, login: string): boolean {
  const text = password.normalize('NFKC').toLowerCase().trim();
  const own = login.toLowerCase();
  const rest = own.length >= 3 && text.startsWith(own) ? text.slice(own.length) : undefined;
  return (
    isListed(text) ||
    isRun(text) ||
    REPEATED.test(text) ||
    DAY.test(text) ||
    PHONE.test(text) ||
    isHabit(text) ||
    (rest !== undefined && plainFigures(rest.replace(/[@!._#-]/g, '')))
  );
}
