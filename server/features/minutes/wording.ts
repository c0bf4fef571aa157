import { dayOf } from '../../../shared/days.ts';

// How a Chinese official paper writes names, dates and lengths (GB/T 9704 practice; see the domain's habits of dates and names).

/** Two-character names get a full-width space inside, so that names in a list line up. */
export const spacedName = (name: string): string =>
  /^\p{Script=Han}{2}$/u.test(name) ? [...name].join('　') : name;

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

/** 31分钟; for what a minute more or less does not matter. */
export const inMinutes = (ms: number): string =>
  ms < 30_000 ? '不足1分钟' : duration(Math.round(ms / 60_000) * 60_000);

const CLOSED = /[。！？!?…—.]["”’」』）)》]*$/u;
const LOOSE = /[，、；：,;:\s]+$/u;

/** The text ends like a sentence: a full stop goes after a closing quotation mark or bracket that holds none. */
export function sentence(text: string): string {
  const bare = text.trim();
  if (CLOSED.test(bare)) return bare;
  return `${bare.replace(LOOSE, '')}。`;
}

/** In double quotation marks; such marks inside become single ones (GB/T 15834). */
export const quoted = (text: string): string => `“${text.replace(/“/g, '‘').replace(/”/g, '’')}”`;
