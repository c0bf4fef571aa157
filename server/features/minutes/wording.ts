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
const DOUBLED = /(?<![.。])([。.])[。.\s]*。$|(?<=[！？!?…])[。\s]+$/u;

/** The text ends like a sentence, with one mark: a full stop goes after a closing quotation mark or bracket that holds none. */
export function sentence(text: string): string {
  const bare = text.trim().replace(LOOSE, '').replace(DOUBLED, '$1');
  return CLOSED.test(bare) || bare === '' ? bare : `${bare}。`;
}

/** A title or a theme inside a sentence: without the mark that ends it when it stands alone. */
export const phrase = (text: string): string => text.trim().replace(/[。；，、：;,:.\s]+$/u, '');

const QUOTED = /^(?:“[^“”]*”|《[^《》]*》)$/u;

/** In double quotation marks; such marks inside become single ones (GB/T 15834). What is a quotation or a book title already stays one. */
export function quoted(text: string): string {
  const bare = phrase(text);
  return QUOTED.test(bare) ? bare : `“${bare.replace(/“/g, '‘').replace(/”/g, '’')}”`;
}

/** A theme that is spoken of: in quotation marks, unless it brings its own, which one hears better alone. */
export const spokenOf = (text: string): string => (/[“”《》]/u.test(text) ? phrase(text) : quoted(text));

/** What people write before the words themselves, and what the minutes say by their headings and lead-ins already. */
const LEAD_INS = {
  problem: '(?:存在的?|提出的?|主要)?问题',
  suggestion: '(?:意见和|意见与|意见)?建议|意见',
  speech: '发言',
  summary: '小结|总结',
  cause: '原因(?:分析|剖析)?|(?:分析|剖析)原因',
  decision: '决定|议定(?:事项)?|会议(?:决定|议定)',
  action: '(?:工作)?分工|工作任务|任务',
} as const;

/** The words without the kind before them (问题：…), when that kind is said beside them. */
export function plain(text: string, kind: keyof typeof LEAD_INS): string {
  const bare = text.trim().replace(new RegExp(`^(?:(?:${LEAD_INS[kind]})\\s*[：:]\\s*)+`, 'u'), '');
  return bare === '' ? text.trim() : bare;
}
