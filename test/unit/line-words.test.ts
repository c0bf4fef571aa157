import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { LineWords } from '../../client/features/board/line-words.ts';
import { edited, caretAfter, type Delta } from '../../client/features/board/text-change.ts';
import { ProblemList } from '../../client/features/board/problem-list.ts';
import { ensureRow, rowMap } from '../../shared/board.ts';
import { newId } from '../../shared/ids.ts';

const rowId = newId();

/** Somebody's page with the caret at the end of 涉及单位. */
function page(doc: Y.Doc) {
  const list = new ProblemList(doc);
  const map = rowMap(doc, rowId)!;
  const words = new LineWords({ map, field: 'units', set: (value) => list.type(rowId, 'units', value) });
  let caret = words.read().length;
  words.observe((delta: Delta) => {
    caret = caretAfter(delta, caret);
  });
  return {
    doc,
    list,
    words,
    type(letter: string) {
      const at = Math.min(caret, words.read().length);
      words.edit([], at, letter);
      caret = at + letter.length;
    },
    read: () => words.read(),
  };
}

function pages(units: string, count: number) {
  const first = new Y.Doc();
  ensureRow(first, { rowId, units });
  const docs = [first, ...Array.from({ length: count - 1 }, () => new Y.Doc())];
  for (const doc of docs.slice(1)) Y.applyUpdate(doc, Y.encodeStateAsUpdate(first));
  return docs.map(page);
}

/** Everybody hears everything, in the order it was said, until nothing new is said. */
function meet(all: readonly { doc: Y.Doc }[]): void {
  for (let round = 0; round < 10; round++)
    for (const from of all)
      for (const to of all)
        if (from !== to) Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)));
}

describe('a short cell', () => {
  test('has each letter in the document at once, and undoes a run of them in one step', () => {
    const [mine, theirs] = pages('教科研一室', 2) as [ReturnType<typeof page>, ReturnType<typeof page>];
    for (const letter of '、电教馆') {
      mine.type(letter);
      meet([mine, theirs]);
      expect(theirs.read()).toBe(mine.read());
    }
    expect(theirs.read()).toBe('教科研一室、电教馆');
    mine.list.undo();
    meet([mine, theirs]);
    expect(theirs.read()).toBe('教科研一室');
    mine.list.redo();
    expect(mine.read()).toBe('教科研一室、电教馆');
  });

  test('keeps the letters of both when two write before they hear of each other', () => {
    for (let run = 0; run < 20; run++) {
      const [a, b] = pages('单位：', 2) as [ReturnType<typeof page>, ReturnType<typeof page>];
      for (const letter of '甲乙') a.type(letter);
      for (const letter of '丙丁') b.type(letter);
      meet([a, b]);
      expect(a.read()).toBe(b.read());
      expect(['单位：甲乙丙丁', '单位：丙丁甲乙']).toContain(a.read());
    }
  });

  test('takes what an old page writes when it is done, and does not bring back what was deleted knowingly', () => {
    const [mine, old] = pages('', 2) as [ReturnType<typeof page>, ReturnType<typeof page>];
    mine.type('甲');
    meet([mine, old]);
    old.list.set(rowId, 'units', '乙');
    meet([mine, old]);
    expect([mine.read(), old.read()]).toEqual(['乙', '乙']);
  });

  test('loses no letter, whoever types when and whoever hears what when', () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ who: fc.nat(2), letters: fc.integer({ min: 1, max: 3 }) }) },
      { weight: 2, arbitrary: fc.record({ from: fc.nat(2), to: fc.nat(2) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const all = pages('', 3);
        let code = 0x4e00;
        for (const each of steps) {
          if ('who' in each)
            for (let i = 0; i < each.letters; i++) all[each.who]!.type(String.fromCodePoint(code++));
          else {
            const [from, to] = [all[each.from]!.doc, all[each.to]!.doc];
            if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
          }
        }
        meet(all);
        expect(new Set(all.map((each) => each.read())).size).toBe(1);
        const letters = [...all[0]!.read()].toSorted().join('');
        expect(letters).toBe(
          Array.from({ length: code - 0x4e00 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join(''),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('is changed as one text', () => {
    expect(
      edited(
        '甲乙丙丁',
        [
          { at: 1, length: 1 },
          { at: 3, length: 1 },
        ],
        1,
        '新',
      ),
    ).toBe('甲新丙');
  });
});
