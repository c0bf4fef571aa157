import type { Paragraph } from './contract/minutes.ts';

const DIGITS = '〇一二三四五六七八九';

/** 1–99 in Chinese: 十二, 三十; figures beyond. */
export function chineseNumber(n: number): string {
  if (n > 99) return String(n);
  if (n < 10) return DIGITS[n]!;
  const tens = Math.floor(n / 10);
  return `${tens > 1 ? DIGITS[tens] : ''}十${n % 10 > 0 ? DIGITS[n % 10] : ''}`;
}

/** A place in the order of one level; `group` tells whose children are counted together. */
interface Place {
  group: string;
  n: number;
  form: (n: number) => string;
}

const first = (n: number) => `${chineseNumber(n)}、`;
const second = (n: number) => `（${chineseNumber(n)}）`;
const third = (n: number) => `${n}.`;

function placesOf(paragraphs: readonly Pick<Paragraph, 'kind'>[]): (Place | undefined)[] {
  let [heading, sub, item] = [0, 0, 0];
  let under: 'heading' | 'subheading' = 'heading';
  return paragraphs.map(({ kind }) => {
    if (kind === 'heading') {
      [heading, sub, item, under] = [heading + 1, 0, 0, 'heading'];
      return { group: 'headings', n: heading, form: first };
    }
    if (kind === 'subheading') [item, under] = [0, 'subheading'];
    if (kind === 'subheading' || (kind === 'item' && under === 'heading'))
      return { group: `${heading}`, n: ++sub, form: second };
    return kind === 'item' ? { group: `${heading}.${sub}`, n: ++item, form: third } : undefined;
  });
}

/**
 * The number before each paragraph, '' where there is none: 一、 for headings, （一） for subheadings, and for items the next
 * level below what they stand under: （一） or 1. (GB/T 9704). What has no second beside it is not numbered, but for headings.
 * The one place that numbers, so that screen and files agree and nothing is out of step when a paragraph goes.
 */
export function numbersOf(paragraphs: readonly Pick<Paragraph, 'kind'>[]): string[] {
  const places = placesOf(paragraphs);
  const sizes = new Map<string, number>();
  for (const place of places) if (place) sizes.set(place.group, place.n);
  return places.map((place) => {
    const alone = place && place.group !== 'headings' && sizes.get(place.group) === 1;
    return place && !alone ? place.form(place.n) : '';
  });
}

/** What is printed of a paragraph: the hand's words, else the log's. */
export const printedText = (paragraph: Pick<Paragraph, 'composed' | 'edited'>): string =>
  paragraph.edited?.text ?? paragraph.composed;
