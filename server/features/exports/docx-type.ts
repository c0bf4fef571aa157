import type { IParagraphOptions, IRunOptions } from 'docx';
import { PITCH, SIZE } from './page.ts';

/** Chinese faces that official papers name. Readers without them take the alternatives of `FONT_TABLE`. */
export const FACE = {
  body: '仿宋_GB2312',
  title: '方正小标宋简体',
  hei: '黑体',
  kai: '楷体_GB2312',
  song: '宋体',
} as const;

// Tried in order when the face itself is not installed (ISO/IEC 29500, w:altName).
const ALTERNATIVES: Record<string, string> = {
  [FACE.body]: '仿宋,FangSong,STFangsong',
  [FACE.title]: '方正小标宋_GBK,华文中宋,STZhongsong,宋体,SimSun',
  [FACE.hei]: 'SimHei,STHeiti',
  [FACE.kai]: '楷体,KaiTi,STKaiti',
  [FACE.song]: 'SimSun,STSong',
};

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** word/fontTable.xml: the faces with their alternatives. docx writes none of its own, hence the repacking. */
export const FONT_TABLE = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="${W}">${Object.entries(
  ALTERNATIVES,
)
  .map(
    ([name, alternatives]) =>
      `<w:font w:name="${name}"><w:altName w:val="${alternatives}"/><w:charset w:val="86"/></w:font>`,
  )
  .join('')}</w:fonts>`;

/** Points to twentieths (lengths) and to halves (sizes), the two units of OOXML. */
export const twips = (points: number) => Math.round(points * 20);
export const halves = (points: number) => points * 2;
/** Millimetres to twentieths of a point. */
export const mm = (length: number) => Math.round((length * 1440) / 25.4);

/** The page in twips, as the standard's tools write it (rounding millimetres gives 1587 for 28 mm). */
export const A4 = { width: 11906, height: 16838 };
export const MARGIN = {
  upright: { top: 2098, right: 1474, bottom: 1984, left: 1588 },
  across: { top: 1588, right: 1984, bottom: 1474, left: 2098 },
};

/**
 * A run's options. The East Asian face and its hint are on every run: without the hint “” — … come in the Latin face.
 * Figures of page numbers are of 宋体, all others of Times New Roman by habit.
 */
export function runOptions(
  text: string,
  face: string,
  points: number,
  latin = 'Times New Roman',
): IRunOptions {
  return {
    text,
    font: { ascii: latin, hAnsi: latin, cs: latin, eastAsia: face, hint: 'eastAsia' },
    size: halves(points),
    color: '000000',
  };
}

/** Letters of 16 pt closed up by a quarter point: 28 of them fill 156 mm (a character grid breaks LibreOffice). */
export const CLOSED_UP = -5;

/** Exact pitch: 22 lines fill the type area. */
export const bodyLine: NonNullable<IParagraphOptions['spacing']> = { line: twips(PITCH), lineRule: 'exact' };

/** First line two characters in. */
export const firstLine = { firstLine: twips(SIZE.body * 2), firstLineChars: 200 };
