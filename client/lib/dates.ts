import type { Language } from '../../shared/labels.ts';
import { serverNow } from './clock.ts';

// Asia/Shanghai only (no summer time since 1991), so eight hours and plain arithmetic say it all.
const EIGHT_HOURS = 8 * 3_600_000;
const DAY = 86_400_000;
const WEEKDAYS = {
  zh: ['日', '一', '二', '三', '四', '五', '六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const two = (n: number) => String(n).padStart(2, '0');

interface Parts {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
  /** Days since 1970-01-01 in Shanghai. */
  dayNumber: number;
}

function parts(at: string | number): Parts {
  const ms = (typeof at === 'number' ? at : Date.parse(at)) + EIGHT_HOURS;
  const date = new Date(ms);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    dayNumber: Math.floor(ms / DAY),
  };
}

/** 14:30 */
export function timeText(at: string | number): string {
  const { hour, minute } = parts(at);
  return `${hour}:${two(minute)}`;
}

function monthDay({ year, month, day }: Parts, language: Language, thisYear: number): string {
  if (language === 'zh') return `${year === thisYear ? '' : `${year}年`}${month}月${day}日`;
  return `${day} ${MONTHS[month - 1]}${year === thisYear ? '' : ` ${year}`}`;
}

/** 3月5日（星期四）; with the year when it is not this one. */
export function dayText(at: string | number, language: Language, now: number = serverNow()): string {
  const p = parts(at);
  const date = monthDay(p, language, parts(now).year);
  const weekday = WEEKDAYS[language][p.weekday];
  return language === 'zh' ? `${date}（星期${weekday}）` : `${weekday} ${date}`;
}

/** 3月5日（星期四）14:30 */
export function dateTimeText(at: string | number, language: Language, now?: number): string {
  const gap = language === 'zh' ? '' : ', ';
  return `${dayText(at, language, now)}${gap}${timeText(at)}`;
}

/** 今天 14:30, 明天 15:00, 昨天 9:00; any other day as `dateTimeText`. */
export function nearText(at: string | number, language: Language, now: number = serverNow()): string {
  const names = { zh: ['昨天', '今天', '明天'], en: ['yesterday', 'today', 'tomorrow'] } as const;
  const near = names[language][parts(at).dayNumber - parts(now).dayNumber + 1];
  return near === undefined ? dateTimeText(at, language, now) : `${near} ${timeText(at)}`;
}

/** 今天 14:30—15:30 */
export function spanText(at: string, minutes: number, language: Language, now?: number): string {
  const end = timeText(Date.parse(at) + minutes * 60_000);
  return `${nearText(at, language, now)}${language === 'zh' ? '—' : '–'}${end}`;
}

/** 2026年3月18日（星期三）14:30—15:30: what is read on other days too. */
export function wholeSpanText(at: string, minutes: number, language: Language): string {
  const end = timeText(Date.parse(at) + minutes * 60_000);
  // Of no year is it said that it is this one.
  return `${dateTimeText(at, language, 0)}${language === 'zh' ? '—' : '–'}${end}`;
}

/** What `<input type=date>` and `<input type=time>` hold. */
export function toInputs(at: string | number): { day: string; time: string } {
  const p = parts(at);
  return { day: `${p.year}-${two(p.month)}-${two(p.day)}`, time: `${two(p.hour)}:${two(p.minute)}` };
}

/** The instant that the two inputs name, undefined while they name none. */
export function fromInputs(day: string, time: string): string | undefined {
  const ms = Date.parse(`${day}T${time}:00.000+08:00`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** The next full half hour, at least `aheadMinutes` from now: a sensible first guess for a meeting. */
export function nextHalfHour(now: number = serverNow(), aheadMinutes = 30): string {
  const half = 30 * 60_000;
  return new Date(Math.ceil((now + aheadMinutes * 60_000) / half) * half).toISOString();
}

/** A calendar day `2026-03-18` as 3月18日. */
export function calendarText(day: string, language: Language, now?: number): string {
  return monthDay(parts(`${day}T00:00:00.000+08:00`), language, parts(now ?? serverNow()).year);
}
