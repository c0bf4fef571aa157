import type { AttendanceFigures } from '../../shared/contract/session.ts';
import type { Language } from '../../shared/labels.ts';

type Few = Pick<
  AttendanceFigures,
  'expected' | 'arrived' | 'leave' | 'absent' | 'observing' | 'desk' | 'extra'
>;

const WORDS = {
  zh: {
    expected: (n: number) => `应到 ${n} 人`,
    came: (n: number) => `到会 ${n} 人`,
    parts: { arrived: '实到', leave: '请假', missing: '未到', absent: '缺席' },
    beside: { observing: '列席', desk: '工作人员', extra: '名单外' },
    marks: ['：', '，', '；'],
  },
  en: {
    expected: (n: number) => `${n} expected`,
    came: (n: number) => `${n} came`,
    parts: { arrived: 'present', leave: 'on leave', missing: 'not here yet', absent: 'absent' },
    beside: { observing: 'sitting in', desk: 'staff', extra: 'not on the list' },
    marks: [': ', ', ', '; '],
  },
} as const;

/**
 * 应到 15 人：实到 12，请假 1，未到 2；列席 2，名单外 1. The first three add up to what is expected. Where nobody is (or a guest may not
 * know who), it says how many came.
 */
export function attendanceText(figures: Few, language: Language, over = false): string {
  const words = WORDS[language];
  const [colon, comma, semicolon] = words.marks;
  const { expected, arrived, leave, absent, observing, desk, extra } = figures;
  const said = (label: string, n: number) => (language === 'zh' ? `${label} ${n}` : `${n} ${label}`);
  const some = (list: [string, number][]) => list.flatMap(([label, n]) => (n > 0 ? said(label, n) : []));
  const guests: [string, number] = [words.beside.observing, observing];
  if (expected === 0) return [words.came(extra + desk), ...some([guests])].join(semicolon);
  const missing = over ? words.parts.absent : words.parts.missing;
  const away = some([
    [words.parts.leave, leave],
    [missing, absent],
  ]);
  const three = [said(words.parts.arrived, arrived), ...away].join(comma);
  const rest = some([guests, [words.beside.desk, desk], [words.beside.extra, extra]]).join(comma);
  return `${words.expected(expected)}${colon}${[three, rest].filter(Boolean).join(semicolon)}`;
}
