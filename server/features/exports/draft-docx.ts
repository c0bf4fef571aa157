import type { ILevelsOptions, IParagraphOptions, Paragraph, Table } from 'docx';
import type { DraftNode } from '../../../shared/draft-json.ts';
import { linesOf } from '../../../shared/line-breaks.ts';
import { bodyLine, FACE, firstLine, runOptions, twips } from './docx-type.ts';
import { CODE, inline, textOf, type Type } from './draft-runs.ts';
import { draftTable } from './draft-table.ts';
import { alignmentOf, SIZE } from './page.ts';

type Docx = typeof import('docx');
export type Child = Paragraph | Table;
type Level = ILevelsOptions;

const HEADING: readonly Type[] = [
  { face: FACE.hei, size: SIZE.body },
  { face: FACE.kai, size: SIZE.body },
  { face: FACE.body, size: SIZE.body, bold: true },
];
const BULLETS = ['●', '○', '■'];
const FORMATS: Readonly<Record<string, Level['format']>> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
};
/** Levels that Word has; what is nested deeper stands at the last. */
const DEEPEST = 8;

/** Where blocks stand: on the page or in a cell, and how deep inside of lists and quotations. */
interface Place {
  type: Type;
  /** Line pitch. */
  spacing: NonNullable<IParagraphOptions['spacing']>;
  /** In twips. */
  left: number;
  width: number;
  /** Lists around it. */
  depth: number;
  /** First lines two characters in, as in official papers: not in cells, lists and quotations. */
  indented: boolean;
  quoted: boolean;
}

/** Makes the paragraphs of a draft; `lists` are the numberings that they ask for. */
export class DraftSetter {
  readonly lists: { reference: string; levels: Level[] }[] = [];
  readonly #d: Docx;

  constructor(d: Docx) {
    this.#d = d;
  }

  /** The draft on a page `width` twips wide. */
  page(nodes: readonly DraftNode[], width: number): Child[] {
    const type = { face: FACE.body, size: SIZE.body };
    const place = { type, spacing: bodyLine, left: 0, width, depth: 0, indented: true, quoted: false };
    return nodes.flatMap((node) => this.#block(node, place));
  }

  #block(node: DraftNode, place: Place): Child[] {
    const content = node.content ?? [];
    switch (node.type) {
      case 'heading':
        return [this.#heading(node, place)];
      case 'blockquote': {
        const type = { ...place.type, face: FACE.kai };
        const inside = { ...deeper(place), type, quoted: true };
        return content.flatMap((each) => this.#block(each, inside));
      }
      case 'codeBlock':
        return this.#code(node, place);
      case 'horizontalRule':
        return [new this.#d.Paragraph({ spacing: { before: 120, after: 120 }, border: { bottom: LINE } })];
      case 'bulletList':
      case 'orderedList':
      case 'taskList':
        return this.#list(node, place);
      case 'table':
        return this.#table(node, place);
      default:
        return [this.#paragraph(node, place)];
    }
  }

  #paragraph(node: DraftNode, place: Place, more: Partial<IParagraphOptions> = {}, lead = ''): Paragraph {
    const d = this.#d;
    const sign =
      lead === '' ? [] : [new d.TextRun(runOptions(lead, 'MS Gothic', place.type.size, 'Segoe UI Symbol'))];
    return new d.Paragraph({
      alignment: place.indented && isFilled(node) ? 'both' : 'left',
      spacing: place.spacing,
      widowControl: false,
      indent: place.indented ? firstLine : { left: place.left },
      ...(place.quoted && { border: { left: { ...LINE, space: 8 } } }),
      ...more,
      children: [...sign, ...inline(d, node.content, place.type)],
    });
  }

  #heading(node: DraftNode, place: Place): Paragraph {
    const level = Math.min(Number(node.attrs?.['level'] ?? 1), HEADING.length);
    const own = HEADING[level - 1] as Type;
    return this.#paragraph(
      node,
      { ...place, type: { ...own, size: place.type.size } },
      { keepNext: true, outlineLevel: level - 1 },
    );
  }

  #code(node: DraftNode, place: Place): Paragraph[] {
    const lines = textOf(node).split('\n');
    const at = {
      ...place,
      indented: false,
      type: CODE,
      spacing: { line: twips(18), lineRule: 'exact' as const },
    };
    return lines.map((text) =>
      this.#paragraph({ type: 'paragraph', content: [{ type: 'text', text }] }, at, {
        shading: { type: 'clear', fill: 'F3F3F3', color: 'auto' },
      }),
    );
  }

  #list(node: DraftNode, place: Place): Child[] {
    const inside = deeper(place);
    const reference = node.type === 'taskList' ? '' : this.#numbering(node, place, inside);
    const hanging = { left: inside.left, hanging: hangOf(place) };
    return (node.content ?? []).flatMap((item) => {
      const [first = { type: 'paragraph' }, ...rest] = item.content ?? [];
      const level = Math.min(place.depth, DEEPEST);
      const sign = item.attrs?.['checked'] === true ? '☑ ' : '☐ ';
      const head =
        reference === ''
          ? this.#paragraph(first, inside, { indent: hanging }, sign)
          : this.#paragraph(first, inside, { indent: hanging, numbering: { reference, level } });
      return [head, ...rest.flatMap((each) => this.#block(each, inside))];
    });
  }

  /** A numbering of its own for each list, so that each begins at its own number. */
  #numbering(node: DraftNode, place: Place, inside: Place): string {
    const reference = `list-${this.lists.length}`;
    const bullet = BULLETS[place.depth % BULLETS.length] ?? '●';
    const ordered = node.type === 'orderedList';
    const { text: _, ...run } = runOptions('', place.type.face, place.type.size);
    this.lists.push({
      reference,
      levels: [
        {
          level: Math.min(place.depth, DEEPEST),
          format: ordered ? (FORMATS[String(node.attrs?.['type'])] ?? 'decimal') : 'bullet',
          text: ordered ? `%${Math.min(place.depth, DEEPEST) + 1}.` : bullet,
          start: ordered ? Number(node.attrs?.['start'] ?? 1) : 1,
          style: {
            run: ordered ? run : { ...run, size: place.type.size },
            paragraph: { indent: { left: inside.left, hanging: hangOf(place) } },
          },
        },
      ],
    });
    return reference;
  }

  #table(node: DraftNode, place: Place): Child[] {
    const d = this.#d;
    const width = place.width - place.left;
    const cell = (children: readonly DraftNode[], type: Type, room: number): Child[] => {
      const spacing = { line: twips(18), lineRule: 'exact' as const };
      const inside = { type, spacing, left: 0, width: room, depth: 0, indented: false, quoted: false };
      return children.flatMap((each) => this.#block(each, inside));
    };
    const gap = new d.Paragraph({ spacing: { line: 200, lineRule: 'exact' } });
    return [draftTable(d, node, { left: place.left, width }, cell), gap];
  }
}

/** Lines are filled to both edges where they end by themselves: one that is broken off by hand would be torn apart. */
const isFilled = (node: DraftNode): boolean => {
  const text = textOf(node);
  const broken = linesOf(text).length > 1 || node.content?.some((each) => each.type === 'hardBreak');
  return !broken && alignmentOf(text) === 'justify';
};
const LINE = { style: 'single', size: 6, color: '999999', space: 1 } as const;
const hangOf = ({ type }: Place): number => twips(type.size * 1.5);

/** One step in, as long as half of the width is left. */
function deeper(place: Place): Place {
  const left = Math.min(place.left + twips(place.type.size * 2), Math.floor(place.width / 2));
  return { ...place, left, depth: place.depth + 1, indented: false };
}

/** Whether anybody has written anything into it. */
export const hasText = (nodes: readonly DraftNode[]): boolean =>
  nodes.some((node) => textOf(node).trim() !== '');
