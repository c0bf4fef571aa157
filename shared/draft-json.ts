import * as Y from 'yjs';
import { fits, MARKS, NODES, type Within } from './draft-shape.ts';
import { layoutOf, SPANS } from './draft-table.ts';

/** A node of a draft as ProseMirror writes it to JSON. */
export interface DraftNode {
  type: string;
  attrs?: Record<string, unknown>;
  content?: DraftNode[];
  text?: string;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
}

/** What stands in a draft, in a form that its schema can always read. The text of what it cannot is kept. Never throws. */
export const draftNodes = (fragment: Y.XmlFragment): DraftNode[] =>
  joined(fragment.toArray()).flatMap((child) => readable(child, 'blocks'));

/** Anything as nodes that may stand there. Empty lists and tables come out as nothing. */
export function readable(value: unknown, within: Within): DraftNode[] {
  if (within === 'inline' || within === 'plain') return inlineNodes(value, within);
  if (isExactly(value, Y.XmlElement)) return elementNodes(value, within);
  if (isExactly(value, Y.XmlText)) return wrapped([paragraph(textNodes(value, true))], within);
  if (isExactly(value, Y.XmlFragment)) return loose(joined(value.toArray()), within);
  const lines = linesOf(value).filter((line) => line.trim() !== '');
  return wrapped(
    lines.map((line) => paragraph([{ type: 'text', text: line }])),
    within,
  );
}

/** `instanceof` would take a Y.XmlText for a Y.Text, and a Y.XmlElement for a fragment. */
export function isExactly<T>(value: unknown, type: new (...args: never[]) => T): value is T {
  return typeof value === 'object' && value !== null && value.constructor === type;
}

const paragraph = (content: DraftNode[]): DraftNode => ({
  type: 'paragraph',
  ...(content.length > 0 && { content }),
});

function elementNodes(element: Y.XmlElement, within: Within): DraftNode[] {
  const shape = NODES.get(element.nodeName);
  const children = joined(element.toArray());
  const layout = element.nodeName === 'table' ? layoutOf(element) : 'whole';
  if (!shape || !fits(element.nodeName, within) || layout === 'too-large') return loose(children, within);
  const node: DraftNode = { type: element.nodeName, ...attrsOf(element) };
  if (shape.within === 'nothing') return [node, ...loose(children, within)];
  const content = filled(
    shape.within,
    children.flatMap((child) => readable(child, shape.within)),
  );
  if (!content) return [];
  if (layout === 'without-spans')
    for (const row of content) for (const cell of row.content ?? []) dropSpans(cell);
  return [{ ...node, ...(content.length > 0 && { content }) }];
}

function dropSpans(cell: DraftNode): void {
  for (const span of SPANS) delete cell.attrs?.[span];
}

/** What an element holds that cannot stand here itself. Text between blocks becomes paragraphs. */
function loose(children: readonly unknown[], within: Within): DraftNode[] {
  const nodes: DraftNode[] = [];
  let line: DraftNode[] = [];
  const end = (): void => {
    if (line.some((node) => node.type === 'text')) nodes.push(...wrapped([paragraph(line)], within));
    line = [];
  };
  for (const child of children) {
    const inline =
      isExactly(child, Y.XmlText) || (isExactly(child, Y.XmlElement) && fits(child.nodeName, 'inline'));
    if (inline) line.push(...inlineNodes(child, 'inline'));
    else {
      end();
      nodes.push(...readable(child, within));
    }
  }
  end();
  return nodes;
}

/** Paragraphs where only items, rows or cells may stand: each in one of its own. */
function wrapped(paragraphs: DraftNode[], within: Within): DraftNode[] {
  const each = (type: string): DraftNode[] => paragraphs.map((node) => ({ type, content: [node] }));
  switch (within) {
    case 'listItem':
    case 'taskItem':
      return each(within);
    case 'cell':
      return each('tableCell');
    case 'tableRow':
      return each('tableCell').map((cell) => ({ type: 'tableRow', content: [cell] }));
    default:
      return paragraphs;
  }
}

/** With what must stand there; undefined when nothing is left of something that must hold one. */
function filled(within: Within, content: DraftNode[]): DraftNode[] | undefined {
  if (within === 'blocks' && content.length === 0) return [paragraph([])];
  if (within === 'item' && content[0]?.type !== 'paragraph') return [paragraph([]), ...content];
  return content.length === 0 && needsOne(within) ? undefined : content;
}

export const needsOne = (within: Within): boolean =>
  within === 'listItem' || within === 'taskItem' || within === 'tableRow';

function attrsOf(element: Y.XmlElement): Pick<DraftNode, 'attrs'> {
  const shape = NODES.get(element.nodeName);
  const attrs = Object.entries(element.getAttributes() as Record<string, unknown>).filter(
    ([key, value]) => shape && Object.hasOwn(shape.attrs, key) && shape.attrs[key]!(value),
  );
  return attrs.length > 0 ? { attrs: Object.fromEntries(attrs) } : {};
}

function inlineNodes(value: unknown, within: 'inline' | 'plain'): DraftNode[] {
  if (isExactly(value, Y.XmlText)) return textNodes(value, within === 'inline');
  if (within === 'inline' && isExactly(value, Y.XmlElement) && value.nodeName === 'hardBreak')
    return [{ type: 'hardBreak' }, ...linesOf(value).map((text) => ({ type: 'text', text }))];
  const text = linesOf(value).join(within === 'plain' ? '\n' : ' ');
  return text === '' ? [] : [{ type: 'text', text }];
}

function textNodes(text: Y.XmlText, marked: boolean): DraftNode[] {
  return piecesOf(text).flatMap(({ insert, attributes = {} }) => {
    if (typeof insert !== 'string' || insert === '') return [];
    const marks = Object.entries(attributes).flatMap(([type, value]) =>
      marked && MARKS.get(type)?.(value)
        ? [{ type, ...(type === 'link' && { attrs: value as Record<string, unknown> }) }]
        : [],
    );
    return [{ type: 'text', text: insert, ...(marks.length > 0 && { marks }) }];
  });
}

export const piecesOf = (text: Y.Text) =>
  text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[];

/** All strings in anything, in their order: what stands in one text is one line. */
function linesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Y.Text)
    return [
      piecesOf(value)
        .map(({ insert }) => (typeof insert === 'string' ? insert : linesOf(insert).join(' ')))
        .join(''),
    ];
  if (value instanceof Y.XmlFragment || value instanceof Y.Array)
    return joined(value.toArray() as unknown[]).flatMap(linesOf);
  if (value instanceof Y.Map) return [...value.values()].flatMap(linesOf);
  if (value instanceof Y.AbstractType || value instanceof Y.Doc || value instanceof Uint8Array) return [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(linesOf) : [];
}

/** Yjs gives the text of a string one unit at a time. */
function joined(values: readonly unknown[]): unknown[] {
  const whole: unknown[] = [];
  for (const value of values) {
    const last = whole.at(-1);
    if (typeof value === 'string' && typeof last === 'string') whole[whole.length - 1] = last + value;
    else whole.push(value);
  }
  return whole;
}

/* ── and back ── */

/** New shared types for nodes; texts that stand side by side become one. */
export function sharedTypes(nodes: readonly DraftNode[]): (Y.XmlElement | Y.XmlText)[] {
  const types: (Y.XmlElement | Y.XmlText)[] = [];
  for (let at = 0; at < nodes.length; at++) {
    if (nodes[at]!.type !== 'text') {
      types.push(sharedElement(nodes[at]!));
      continue;
    }
    const texts: DraftNode[] = [];
    while (nodes[at]?.type === 'text') texts.push(nodes[at++]!);
    at--;
    types.push(sharedText(texts));
  }
  return types;
}

function sharedElement(node: DraftNode): Y.XmlElement {
  const element = new Y.XmlElement(node.type);
  // Yjs takes numbers, booleans and lists as well; only its type says text.
  const set = element.setAttribute.bind(element) as (key: string, value: unknown) => void;
  for (const [key, value] of Object.entries(node.attrs ?? {})) set(key, value);
  if (node.content) element.insert(0, sharedTypes(node.content));
  return element;
}

function sharedText(texts: readonly DraftNode[]): Y.XmlText {
  const shared = new Y.XmlText();
  shared.applyDelta(
    texts.map(({ text, marks = [] }) => ({
      insert: text,
      attributes: Object.fromEntries(marks.map(({ type, attrs }) => [type, attrs ?? {}])),
    })),
  );
  return shared;
}
