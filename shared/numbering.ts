import type { Paragraph } from './contract/minutes.ts';

const DIGITS = '〇一二三四五六七八九';

/** 1–99 in Chinese: 十二, 三十; figures beyond. */
export function chineseNumber(n: number): string {
  if (n > 99) return String(n);
  if (n < 10) return DIGITS[n]!;
  const tens = Math.floor(n / 10);
  return `${tens > 1 ? DIGITS[tens] : ''}十${n % 10 > 0 ? DIGITS[n % 10] : ''}`;
}

/**
 * The number before each paragraph, '' where there is none: 一、 for headings, （一） for subheadings, and for items the next
 * level below what they stand under: （一） or 1. (GB/T 9704). The one place that numbers, so that screen and files agree and
 * nothing is left out of step when a paragraph goes.
 */
export function numbersOf(paragraphs: readonly Pick<Paragraph, 'kind'>[]): string[] {
  let [heading, second, third] = [0, 0, 0];
  let under: 'heading' | 'subheading' = 'heading';
  return paragraphs.map(({ kind }) => {
    if (kind === 'heading') {
      [second, third, under] = [0, 0, 'heading'];
      return `${chineseNumber(++heading)}、`;
    }
    if (kind === 'subheading') {
      [third, under] = [0, 'subheading'];
      return `（${chineseNumber(++second)}）`;
    }
    if (kind !== 'item') return '';
    return under === 'heading' ? `（${chineseNumber(++second)}）` : `${++third}.`;
  });
}

/** What is printed of a paragraph: the hand's words, else the log's. */
export const printedText = (paragraph: Pick<Paragraph, 'composed' | 'edited'>): string =>
  paragraph.edited?.text ?? paragraph.composed;
