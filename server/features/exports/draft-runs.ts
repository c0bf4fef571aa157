import type { IRunOptions, ParagraphChild } from 'docx';
import type { DraftNode } from '../../../shared/draft-json.ts';
import { FACE, runOptions } from './docx-type.ts';
import { printable } from './printable.ts';

type Docx = typeof import('docx');

/** How text of a block is set before its own marks. */
export interface Type {
  face: string;
  /** Points. */
  size: number;
  bold?: boolean;
  /** Fixed pitch, for code. */
  latin?: string;
}

const MONO = 'Courier New';
const SAFE_LINK = /^(https?|mailto|tel):/i;

type Marks = NonNullable<DraftNode['marks']>;

function marked(type: Type, marks: Marks): Partial<IRunOptions> {
  const has = new Set(marks.map((mark) => mark.type));
  const link = has.has('link');
  return {
    ...((has.has('bold') || type.bold) && { bold: true }),
    ...(has.has('italic') && { italics: true }),
    ...(has.has('strike') && { strike: true }),
    ...((has.has('underline') || link) && { underline: { type: 'single' as const } }),
    ...(has.has('code') && { shading: { type: 'clear', fill: 'EEEEEE', color: 'auto' } as const }),
  };
}

/** A text with its marks, a break for each of its own line breaks. */
function runs(d: Docx, node: DraftNode, type: Type): ParagraphChild[] {
  const marks = node.marks ?? [];
  const code = marks.some((mark) => mark.type === 'code');
  const made = printable(node.text ?? '')
    .split('\n')
    .map((line, at) => {
      const base = runOptions(line, type.face, type.size, code ? MONO : type.latin);
      return new d.TextRun({ ...base, ...marked(type, marks), ...(at > 0 && { break: 1 }) });
    });
  const href = marks.find((mark) => mark.type === 'link')?.attrs?.['href'];
  if (typeof href !== 'string' || !SAFE_LINK.test(href.trim())) return made;
  return [new d.ExternalHyperlink({ link: printable(href).trim(), children: made })];
}

/** What stands inside of a paragraph, a heading or a line of code. */
export function inline(d: Docx, content: readonly DraftNode[] = [], type: Type): ParagraphChild[] {
  return content.flatMap((node) => {
    if (node.type === 'hardBreak')
      return [new d.TextRun({ ...runOptions('', type.face, type.size), break: 1 })];
    return node.type === 'text' ? runs(d, node, type) : [];
  });
}

/** All text of a node, for how long it is and whether it has any. */
export const textOf = (node: DraftNode): string =>
  (node.text ?? '') + (node.content ?? []).map(textOf).join('');

/** Code: the same width for each letter; Chinese ones have it in any face. */
export const CODE: Type = { face: FACE.body, size: 12, latin: MONO };
