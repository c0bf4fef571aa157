import { DraftServer, openDraftPage } from '../support/draft-page.ts';
import { closePage } from '../support/simulated-page.ts';
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { draftNodes, sharedTypes } from '../../shared/draft-json.ts';
import { isReadable, mendDraft } from '../../shared/draft-mend.ts';
import { fits, MARKS, NODES, type Within } from '../../shared/draft-shape.ts';
import { holdersIn, insertAny, oddity, spoil } from '../support/draft-hostile.ts';
import { paragraphOf } from '../support/draft-parts.ts';

const page = openDraftPage(new DraftServer());
const { schema } = page.editor()!;
afterAll(async () => {
  page.close();
  await closePage();
});

const bodyOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment('body');
function draftWith(...children: unknown[]): Y.Doc {
  const doc = new Y.Doc();
  for (const child of children) insertAny(bodyOf(doc), bodyOf(doc).length, child);
  return doc;
}
function element(name: string, attrs: Record<string, unknown>, ...children: (Y.XmlElement | Y.XmlText)[]) {
  const made = new Y.XmlElement(name);
  for (const [key, value] of Object.entries(attrs)) made.setAttribute(key, value as string);
  made.insert(0, children);
  return made;
}
/** All that a draft says; letters with equal marks in one piece, for reading it may join them, and adjacent texts. */
function contentOf(piece: Y.XmlFragment | Y.XmlElement): unknown {
  const inside: unknown[] = [];
  let letters: Letters[] = [];
  for (const each of [...piece.toArray(), undefined]) {
    if (each instanceof Y.XmlText) letters.push(...(each.toDelta() as Letters[]));
    else {
      if (letters.length > 0) inside.push(joined(letters));
      letters = [];
      if (each instanceof Y.XmlElement) inside.push(contentOf(each));
      else if (each) inside.push(String(each));
    }
  }
  return piece instanceof Y.XmlElement ? [piece.nodeName, piece.getAttributes(), ...inside] : inside;
}
interface Letters {
  insert: unknown;
  attributes?: object;
}
function joined(letters: readonly Letters[]): unknown[] {
  const runs: { said: string; marks: string }[] = [];
  for (const { insert, attributes = {} } of letters) {
    const said = typeof insert === 'string' ? insert : JSON.stringify(insert);
    const marks = JSON.stringify(Object.entries(attributes).sort());
    const last = runs.at(-1);
    if (last?.marks === marks) last.said += said;
    else runs.push({ said, marks });
  }
  return runs;
}
/** What y-tiptap makes of it, which deletes from the document what it cannot read. */
function opened(doc: Y.Doc) {
  const before = contentOf(bodyOf(doc));
  const node = yXmlFragmentToProseMirrorRootNode(bodyOf(doc), schema);
  expect(contentOf(bodyOf(doc))).toEqual(before);
  return node;
}

describe('the shape that everybody without an editor goes by', () => {
  it('names the nodes, marks and attributes of the editor’s schema, no more and no less', () => {
    const names = Object.keys(schema.nodes).filter((name) => name !== 'doc' && name !== 'text');
    expect([...NODES.keys()].sort()).toEqual(names.sort());
    expect([...MARKS.keys()].sort()).toEqual(Object.keys(schema.marks).sort());
    for (const [name, shape] of NODES)
      expect([name, Object.keys(shape.attrs).sort()]).toEqual([
        name,
        Object.keys(schema.nodes[name]!.spec.attrs ?? {}).sort(),
      ]);
  });

  it('says of each pair of nodes what the schema says', () => {
    for (const [outer, { within }] of NODES)
      for (const inner of NODES.keys()) {
        const type = schema.nodes[outer]!;
        const first = within === 'item' ? [schema.nodes.paragraph!.create()] : [];
        const filled = type.contentMatch.matchFragment(
          (first.length > 0 ? type.create(null, first) : type.create()).content,
        );
        const takes = filled?.matchType(schema.nodes[inner]!) !== null && filled !== null;
        expect([outer, inner, fits(inner, within as Within)]).toEqual([outer, inner, takes]);
      }
  });
});

describe('a draft that no editor can read', () => {
  const cases: [string, () => unknown, string][] = [
    ['a text at the root', () => new Y.XmlText('字'), 'doc(paragraph("字"))'],
    ['letters at the root', () => '一二', 'doc(paragraph("一二"))'],
    ['an unknown node', () => element('callout', {}, paragraphOf('字')), 'doc(paragraph("字"))'],
    ['an item outside of a list', () => element('listItem', {}, paragraphOf('字')), 'doc(paragraph("字"))'],
    [
      'a list of texts',
      () => element('bulletList', {}, new Y.XmlText('字')),
      'doc(bulletList(listItem(paragraph("字"))))',
    ],
    [
      'an item that begins with a list',
      () =>
        element(
          'bulletList',
          {},
          element('listItem', {}, element('bulletList', {}, element('listItem', {}, paragraphOf('字')))),
        ),
      'doc(bulletList(listItem(paragraph, bulletList(listItem(paragraph("字"))))))',
    ],
    [
      'a line that holds a text',
      () => element('horizontalRule', {}, new Y.XmlText('字')),
      'doc(horizontalRule, paragraph("字"))',
    ],
    ['a block in a paragraph', () => element('paragraph', {}, paragraphOf('字')), 'doc(paragraph("字"))'],
    ['an empty list', () => element('bulletList', {}), 'doc'],
    [
      'a list without items in a cell',
      () => element('table', {}, element('tableRow', {}, element('tableCell', {}, element('taskList', {})))),
      'doc(table(tableRow(tableCell(paragraph))))',
    ],
  ];
  it.each(cases)('%s is replaced by what it says', (_what, make, want) => {
    const doc = draftWith(make());
    expect(isReadable(doc)).toBe(false);
    expect(mendDraft(doc)).toBe(true);
    expect(isReadable(doc)).toBe(true);
    expect(mendDraft(doc)).toBe(false);
    expect(opened(doc).toString()).toBe(want);
  });

  it.each([
    ['colspan', 1e9],
    ['rowspan', 1e9],
    ['colspan', -1],
    ['colspan', '2'],
    ['colwidth', [1e9]],
    ['align', 'x'.repeat(100)],
  ])('a cell with %s %j loses the attribute and keeps its words', (key, value) => {
    const cell = element('tableCell', { [key]: value }, paragraphOf('格子'));
    const doc = draftWith(element('table', {}, element('tableRow', {}, cell)));
    mendDraft(doc);
    const node = opened(doc);
    node.check();
    expect(node.firstChild!.firstChild!.firstChild!.attrs).toMatchObject({
      colspan: 1,
      rowspan: 1,
      colwidth: null,
    });
    expect(node.textContent).toBe('格子');
  });

  it('a table whose allowed spans add up to too much is laid out cell by cell', () => {
    const row = () =>
      element(
        'tableRow',
        {},
        ...Array.from({ length: 30 }, () =>
          element('tableCell', { colspan: 60, rowspan: 900 }, paragraphOf('格')),
        ),
      );
    const doc = draftWith(element('table', {}, row(), row()));
    mendDraft(doc);
    expect(opened(doc).textContent).toBe('格'.repeat(60));
    expect(bodyOf(doc).toString()).not.toContain('span');
  });

  it('a table of too many cells becomes paragraphs', () => {
    const cells = Array.from({ length: 100 }, () => element('tableCell', {}, paragraphOf('格')));
    const doc = draftWith(element('table', {}, element('tableRow', {}, ...cells)));
    mendDraft(doc);
    expect(opened(doc).childCount).toBe(100);
  });

  it('unknown formats and embedded things go, the words stay', () => {
    const text = new Y.XmlText();
    text.applyDelta([
      { insert: '一', attributes: { comment: {} } },
      { insert: { image: 'x' } },
      { insert: '二', attributes: { link: { href: 'x'.repeat(5_000) }, bold: {} } },
    ]);
    const doc = draftWith(element('paragraph', {}, text));
    mendDraft(doc);
    expect(opened(doc).toString()).toBe('doc(paragraph("一", bold("二")))');
  });

  it('what can be read is left as it is, to the last byte', () => {
    const doc = draftWith(
      element('heading', { level: 2 }, new Y.XmlText('标题')),
      element('taskList', {}, element('taskItem', { checked: true }, paragraphOf('做了'))),
      element('codeBlock', { language: 'ts' }, new Y.XmlText('let a;')),
    );
    const before = Y.encodeStateAsUpdate(doc);
    expect(mendDraft(doc)).toBe(false);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  });
});

const spoilt = fc.array(fc.record({ odd: fc.boolean(), n: fc.nat(1_000_000_000) }), {
  minLength: 1,
  maxLength: 25,
});

describe('whatever was done to it (fast-check)', () => {
  const runs = { numRuns: Number(process.env.DRAFT_RUNS ?? 300) };
  function ruin(deeds: { odd: boolean; n: number }[]): { doc: Y.Doc; words: string[] } {
    const doc = draftWith(paragraphOf('首'));
    const words = deeds.map((_, i) => String.fromCharCode(0x4e00 + i));
    for (const [i, { odd, n }] of deeds.entries()) {
      const holder = holdersIn(bodyOf(doc))[(n >> 7) % holdersIn(bodyOf(doc)).length]!;
      if (odd) insertAny(holder, n % (holder.length + 1), oddity(n, words[i]!));
      else spoil(bodyOf(doc), n);
    }
    return { doc, words: words.filter((_, i) => deeds[i]!.odd) };
  }

  it('mended it can be opened, y-tiptap deletes nothing of it, and every word is there once', () => {
    fc.assert(
      fc.property(spoilt, (deeds) => {
        const { doc, words } = ruin(deeds);
        mendDraft(doc);
        const node = opened(doc);
        node.descendants((each) => expect(each.type.validContent(each.content)).toBe(true));
        for (const word of words) expect(node.textContent.split(word)).toHaveLength(2);
        expect(mendDraft(doc)).toBe(false);
      }),
      // Letters with one odd mark that were two pieces, and were one after reading.
      {
        ...runs,
        examples: [
          [
            [
              [true, 18602408],
              [false, 143303304],
              [false, 818069038],
              [false, 0],
            ].map(([odd, n]) => ({ odd: odd as boolean, n: n as number })),
          ],
        ],
      },
    );
  });

  it('its nodes as JSON say the same, and made into a draft again they are readable', () => {
    fc.assert(
      fc.property(spoilt, (deeds) => {
        const { doc, words } = ruin(deeds);
        const nodes = draftNodes(bodyOf(doc));
        const copy = new Y.Doc();
        bodyOf(copy).insert(0, sharedTypes(nodes));
        expect(isReadable(copy)).toBe(true);
        const said = opened(copy).textContent;
        for (const word of words) expect(said.split(word)).toHaveLength(2);
      }),
      runs,
    );
  });
});
