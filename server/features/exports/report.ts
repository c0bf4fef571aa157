/** Languages of the fixed words in a file; the text itself comes as it is. */
export type Language = 'zh' | 'en';

/** A labelled line above the text, for example 主持：周　敏. The colon is added by the renderer. */
export type Fact = { label: string; text: string };

/** `share` is the column's part of the table's width, relative to the other columns. Cells wrap. */
export type Column = { label: string; share: number; align?: 'left' | 'center' };

/**
 * One piece of the text. Headings bring their own number (一、（一）1.). A line break inside a paragraph starts a
 * new paragraph, inside a cell a new line. Rows may be shorter than the columns: what is missing is an empty cell.
 */
export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; text: string; indent?: boolean }
  | { kind: 'table'; columns: readonly Column[]; rows: readonly (readonly string[])[] }
  | { kind: 'pageBreak' };

/**
 * A document before it has a format: sources build it, renderers take it (sources × formats is a sum).
 * `minutes`, records and drafts are set on upright A4, a `list` on A4 across. `subject` stands under the title. `made` is the only time
 * inside a file (ISO, UTC), so that the same report always gives the same bytes. `draft` prints 草稿 on every page.
 */
export type Report = {
  kind: 'minutes' | 'list';
  title: string;
  subject?: string;
  facts: readonly Fact[];
  blocks: readonly Block[];
  footNote?: string;
  draft: boolean;
  made: string;
  language: Language;
};

/** What every renderer is: a pure function of the report, the same bytes each time. */
export type Render = (report: Report) => Promise<Uint8Array>;

/** The fixed words that renderers add by themselves. */
export const WORDS = {
  zh: { draft: '草稿', colon: '：' },
  en: { draft: 'DRAFT 草稿', colon: ': ' },
} as const;
