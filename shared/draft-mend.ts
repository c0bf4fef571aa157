import * as Y from 'yjs';
import { DRAFT_FIELD } from './board.ts';
import { draftNodes, isExactly, needsOne, piecesOf, readable, sharedTypes } from './draft-json.ts';
import { fits, MARKS, NODES, type Within } from './draft-shape.ts';
import { elementsIn, layoutOf, SPANS } from './draft-table.ts';

/** Mends one fault. To be applied from the last to the first: each counts on what stands before it. */
type Mend = () => unknown;

/** What of these children of the draft's fragment an editor could not read. */
function faultsOf(root: Y.XmlFragment, only?: ReadonlySet<unknown>): Mend[] {
  const mends: Mend[] = [];
  look(root, 'blocks', mends, only);
  return mends;
}

/** True if an editor can show it all as it stands, `only` these top-level blocks when given. Else y-tiptap would delete what it cannot. */
export const isReadable = (draft: Y.Doc, only?: ReadonlySet<unknown>): boolean =>
  faultsOf(draft.getXmlFragment(DRAFT_FIELD), only).length === 0;

/** Mending once may show what was hidden before, as a table that is too large once its rows are rows. */
const MAX_ROUNDS = 4;

/**
 * Makes a draft readable for its schema: what cannot stand is replaced by what it says, absurd attributes are taken away. True
 * if something was changed. To be done in one place only: two who replace the same piece at once would double its text.
 */
export function mendDraft(draft: Y.Doc): boolean {
  const root = draft.getXmlFragment(DRAFT_FIELD);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const mends = faultsOf(root);
    if (mends.length === 0) return round > 0;
    for (const mend of mends.reverse()) mend();
  }
  if (faultsOf(root).length > 0) replaceAll(root);
  return true;
}

function replaceAll(root: Y.XmlFragment): void {
  const nodes = draftNodes(root);
  root.delete(0, root.length);
  root.insert(0, sharedTypes(nodes));
}

/** Returns the names of what will stand in it. */
function look(type: Y.XmlFragment, within: Within, mends: Mend[], only?: ReadonlySet<unknown>): string[] {
  const own: Mend[] = [];
  const standing: string[] = [];
  const children = type.toArray() as unknown[];
  for (let at = 0; at < children.length; at++) {
    const child = children[at];
    if (only && !only.has(child)) continue;
    const before = own.length;
    const name = stands(child, within, own);
    if (name !== undefined) {
      standing.push(name);
      joinTexts(type, children, at, own);
      continue;
    }
    own.length = before;
    const [from, end] = [at, endOfRun(children, at)];
    const nodes = readable(end - from > 1 ? children.slice(from, end).join('') : child, within);
    own.push(() => {
      type.delete(from, end - from);
      type.insert(from, sharedTypes(nodes));
    });
    standing.push(...nodes.map((node) => node.type));
    at = end - 1;
  }
  const lacks =
    !only &&
    ((within === 'blocks' && standing.length === 0) || (within === 'item' && standing[0] !== 'paragraph'));
  if (lacks && type.parent) mends.push(() => type.insert(0, [new Y.XmlElement('paragraph')]));
  mends.push(...own);
  return standing;
}

/** y-tiptap joins texts that stand side by side, and of three it loses the last. */
function joinTexts(type: Y.XmlFragment, children: readonly unknown[], end: number, mends: Mend[]): void {
  let from = end;
  while (isExactly(children[from - 1], Y.XmlText)) from--;
  if (!isExactly(children[end], Y.XmlText) || isExactly(children[end + 1], Y.XmlText) || end - from < 2)
    return;
  const [first, ...others] = children.slice(from, end + 1) as Y.XmlText[];
  mends.push(() => {
    const words = others.flatMap((text) => piecesOf(text)) as { insert: string }[];
    first!.applyDelta([{ retain: first!.length }, ...words]);
    type.delete(from + 1, others.length);
  });
}

/** Single letters that follow each other are one string. */
function endOfRun(children: readonly unknown[], at: number): number {
  let end = at + 1;
  if (typeof children[at] === 'string') while (typeof children[end] === 'string') end++;
  return end;
}

/** Its name if it may stand there, its own faults mended; undefined if it must be replaced. */
function stands(child: unknown, within: Within, mends: Mend[]): string | undefined {
  if (isExactly(child, Y.XmlText)) {
    if (within !== 'inline' && within !== 'plain') return undefined;
    lookAtText(child, within === 'inline', mends);
    return 'text';
  }
  if (!isExactly(child, Y.XmlElement) || !fits(child.nodeName, within)) return undefined;
  const shape = NODES.get(child.nodeName)!;
  if (shape.within === 'nothing' && child.length > 0) return undefined;
  lookAtAttributes(child, mends);
  const inside = look(child, shape.within, mends);
  if (needsOne(shape.within) && inside.length === 0) return undefined;
  if (child.nodeName !== 'table') return child.nodeName;
  return lookAtTable(child, mends) ? child.nodeName : undefined;
}

function lookAtAttributes(element: Y.XmlElement, mends: Mend[]): void {
  const { attrs } = NODES.get(element.nodeName)!;
  for (const [key, value] of Object.entries(element.getAttributes() as Record<string, unknown>))
    if (Object.hasOwn(attrs, key) && !attrs[key]!(value)) mends.push(() => element.removeAttribute(key));
}

function lookAtText(text: Y.XmlText, marked: boolean, mends: Mend[]): void {
  let at = 0;
  for (const { insert, attributes = {} } of piecesOf(text)) {
    const from = at;
    const length = typeof insert === 'string' ? insert.length : 1;
    at += length;
    if (typeof insert !== 'string') {
      mends.push(() => text._item?.deleted || text.delete(from, 1));
      continue;
    }
    const bad = Object.entries(attributes).filter(([mark, value]) => !marked || !MARKS.get(mark)?.(value));
    if (bad.length > 0)
      mends.push(
        () =>
          text._item?.deleted ||
          text.format(from, length, Object.fromEntries(bad.map(([mark]) => [mark, null]))),
      );
  }
}

/** False if it has too many rows or cells to be laid out; spans that make it too wide are taken away. */
function lookAtTable(table: Y.XmlElement, mends: Mend[]): boolean {
  const layout = layoutOf(table);
  if (layout === 'without-spans')
    for (const cell of elementsIn(table).flatMap(elementsIn))
      for (const span of SPANS)
        if (cell.getAttribute(span) !== undefined) mends.push(() => cell.removeAttribute(span));
  return layout !== 'too-large';
}
