import type { Label } from '../../../shared/labels.ts';

/** What of a paste cannot be put in. `words`: some of its text. */
export type LeftOut = 'picture' | 'video' | 'sound' | 'formula' | 'object' | 'file' | 'words';

type Came = Pick<DataTransfer, 'getData'> & { files: ArrayLike<{ type: string }> };

const SIGNS: readonly [LeftOut, RegExp][] = [
  // A tiny one only tells somebody that the page was read.
  ['picture', /<img\b(?![^>]*\b(?:width|height)=["']?[0-2]\b)|<v:imagedata\b|<(?:svg|canvas|picture)\b/i],
  ['video', /<video\b/i],
  ['sound', /<audio\b/i],
  ['formula', /<(?:m:oMath|math)\b/i],
  ['object', /<(?:object|embed|iframe|o:OLEObject)\b/i],
];

/** What is not text in something pasted or dropped; told by its HTML where it has some: an office also brings a picture of the words. */
export function notWords(data: Came): LeftOut[] {
  const html = data.getData('text/html');
  if (html !== '') return SIGNS.filter(([, sign]) => sign.test(html)).map(([what]) => what);
  return [...new Set(Array.from(data.files, ({ type }) => kindOf(type)))];
}

const FILES: Readonly<Record<string, LeftOut>> = { image: 'picture', video: 'video', audio: 'sound' };
const kindOf = (type: string): LeftOut => FILES[type.split('/')[0]!] ?? 'file';

const letters = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** True if fewer letters have arrived than stood in what came. */
export const someWordsLeft = (came: string, arrived: string): boolean => letters(came) > letters(arrived);

export const LEFT_OUT: Record<LeftOut, Label> = {
  picture: { zh: '图片', en: 'pictures' },
  video: { zh: '视频', en: 'videos' },
  sound: { zh: '音频', en: 'sound' },
  formula: { zh: '公式', en: 'formulas' },
  object: { zh: '嵌入的内容', en: 'embedded objects' },
  file: { zh: '文件', en: 'files' },
  words: { zh: '部分文字', en: 'some of the words' },
};
