import { dayOf } from '../../../shared/days.ts';

// How a Chinese official paper writes names, dates and lengths (GB/T 9704 practice; see the domain's habits of dates and names).

/** Two-character names get a full-width space inside, so that names in a list line up. */
export const spacedName = (name: string): string =>
  /^\p{Script=Han}{2}$/u.test(name) ? `${name[0]}　${name[1]}` : name;

const parts = (day: string) => day.split('-').map(Number) as [number, number, number];

/** 2026年3月5日 */
export function longDay(day: string): string {
  const [year, month, date] = parts(day);
  return `${year}年${month}月${date}日`;
}

/** 3月5日 */
export function shortDay(day: string): string {
  const [, month, date] = parts(day);
  return `${month}月${date}日`;
}

/** 14:30 in Asia/Shanghai. */
export function clockTime(time: string): string {
  const minutes = Math.floor(Date.parse(time) / 60_000) + 8 * 60;
  const ofDay = ((minutes % 1440) + 1440) % 1440;
  return `${Math.floor(ofDay / 60)}:${String(ofDay % 60).padStart(2, '0')}`;
}

/** 2026年3月18日14:30—15:32; over midnight with both days. */
export function span(from: string, to: string): string {
  const [a, b] = [dayOf(from), dayOf(to)];
  const end = a === b ? clockTime(to) : `${longDay(b)}${clockTime(to)}`;
  return `${longDay(a)}${clockTime(from)}—${end}`;
}

/** 3分12秒, 45秒, 1小时5分 */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}秒`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes}分钟` : `${minutes}分${seconds % 60}秒`;
  return minutes % 60 === 0
    ? `${Math.floor(minutes / 60)}小时`
    : `${Math.floor(minutes / 60)}小时${minutes % 60}分`;
}

const DIGITS = '〇一二三四五六七八九';
/** 1–99 in Chinese: 十二, 三十. */
export function chineseNumber(n: number): string {
  if (n < 10) return DIGITS[n]!;
  const tens = Math.floor(n / 10);
  return `${tens > 1 ? DIGITS[tens] : ''}十${n % 10 > 0 ? DIGITS[n % 10] : ''}`;
}

/** （一）, （十二）; plain numbers beyond 99. */
export const ordinal = (n: number): string => `（${n < 100 ? chineseNumber(n) : n}）`;

/** The text ends like a sentence. */
export const sentence = (text: string): string =>
  /[。！？!?.；;…”）]$/u.test(text.trim()) ? text.trim() : `${text.trim()}。`;
