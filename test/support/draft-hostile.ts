import * as Y from 'yjs';
import { NODES } from '../../shared/draft-shape.ts';
import { paragraphOf } from './draft-parts.ts';

type AnyType = Y.AbstractType<unknown>;
const NAMES = [...NODES.keys(), 'doc', 'text', 'callout', '__proto__'];
const VALUES: readonly unknown[] = [
  ...[1e9, -1, 0, 1.5, Number.NaN, null, true, '', 'x'.repeat(5_000), [1e9], { a: 1 }, [[]]],
  ...['javascript:alert(1)', 3],
];
const MARKS = ['bold', 'link', 'comment', 'bold--AAAAAAAA', '__proto__', 'constructor', 'code'];
const ATTRIBUTES = ['level', 'colspan', 'rowspan', 'colwidth', 'start', 'type', 'checked', 'language', 'x'];

/** All shared types of a draft that can hold something, its root first. */
export function holdersIn(root: Y.XmlFragment): Y.XmlFragment[] {
  const inside = root
    .toArray()
    .flatMap((child): Y.XmlFragment[] => (child instanceof Y.XmlFragment ? holdersIn(child) : []));
  return [root, ...inside];
}
export function textsIn(root: Y.XmlFragment): Y.XmlText[] {
  return holdersIn(root).flatMap((holder) =>
    holder.toArray().filter((child): child is Y.XmlText => child instanceof Y.XmlText),
  );
}

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** Something that says `word` and that may stand nowhere, in one of many shapes. */
export function oddity(n: number, word: string): unknown {
  const shapes: (() => unknown)[] = [
    () => new Y.XmlText(word),
    () => new Y.Text(word) as unknown as AnyType,
    () => word,
    () => ({ said: [word] }),
    () => named(pick(NAMES, n >> 4), [new Y.XmlText(word)]),
    () => named(pick(NAMES, n >> 4), [paragraphOf(word)]),
    () => named(pick(NAMES, n >> 4), [named(pick(NAMES, n >> 9), [new Y.XmlText(word)])]),
    () => hook(word),
    () => new Y.Map([['a', word]]) as unknown as AnyType,
    () => Y.Array.from([word]) as unknown as AnyType,
    () => paragraphOf(word),
  ];
  return pick(shapes, n)();
}

function named(name: string, children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const element = new Y.XmlElement(name);
  element.insert(0, children);
  return element;
}
function hook(word: string): AnyType {
  const made = new Y.XmlHook('h');
  made.set('a', word);
  return made as unknown as AnyType;
}

/** Puts anything among the children, which Yjs allows to whoever builds the update himself. */
export function insertAny(holder: Y.XmlFragment, at: number, value: unknown): void {
  const insert = Y.Array.prototype.insert as (this: unknown, at: number, values: unknown[]) => void;
  insert.call(holder, at, [value]);
}

/** Spoils an attribute or a format of something that stands in the draft. */
export function spoil(root: Y.XmlFragment, n: number): void {
  const value = pick(VALUES, n >> 3);
  const texts = textsIn(root);
  if (n % 2 === 0 && texts.length > 0) {
    const text = pick(texts, n >> 1);
    if (text.length > 0 && value !== null) text.format(0, 1, { [pick(MARKS, n >> 5)]: value as object });
    return;
  }
  const elements = holdersIn(root).filter((holder) => holder instanceof Y.XmlElement);
  if (elements.length > 0)
    (pick(elements, n >> 1) as Y.XmlElement).setAttribute(pick(ATTRIBUTES, n >> 6), value as string);
}
