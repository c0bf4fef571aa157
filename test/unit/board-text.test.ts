import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  caretAfter,
  changeBetween,
  type TextChange,
  Trail,
} from '../../client/features/board/text-change.ts';

const applied = (before: string, { at, remove, insert }: TextChange): string =>
  before.slice(0, at) + insert + before.slice(at + remove);

/** Few letters, so that they repeat, and some outside the BMP that share a half. */
const words = fc
  .array(fc.constantFrom('甲', '乙', 'n', 'i', '𠮷', '𠮶', '👍'), { maxLength: 12 })
  .map((letters) => letters.join(''));

const halves = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

describe('the difference between two texts', () => {
  it('turns any text into any other, wherever the caret is', () => {
    fc.assert(
      fc.property(words, words, fc.nat(30), (before, after, caret) => {
        const change = changeBetween(before, after, Math.min(caret, after.length));
        expect(change ? applied(before, change) : before).toBe(after);
        expect(change === undefined).toBe(before === after);
      }),
      { numRuns: 2000 },
    );
  });

  it('never cuts a character in two', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const change = changeBetween(before, after);
        if (!change) return;
        expect(halves.test(change.insert)).toBe(false);
        expect(halves.test(before.slice(change.at, change.at + change.remove))).toBe(false);
      }),
      { numRuns: 2000 },
    );
    expect(changeBetween('a𠮷', 'a𠮶')).toEqual({ at: 1, remove: 2, insert: '𠮶' });
  });

  it('finds the new one among equal letters by the caret', () => {
    expect(changeBetween('好好好', '好好好好', 1)).toEqual({ at: 0, remove: 0, insert: '好' });
    expect(changeBetween('好好好', '好好好好', 3)).toEqual({ at: 2, remove: 0, insert: '好' });
    expect(changeBetween('好好好', '好好', 1)).toEqual({ at: 1, remove: 1, insert: '' });
  });
});

describe('a caret in a text that others change', () => {
  it('stays before and behind the same characters', () => {
    expect(caretAfter([{ insert: '远' }], 2)).toBe(3);
    expect(caretAfter([{ retain: 2 }, { insert: '远' }], 2)).toBe(2);
    expect(caretAfter([{ retain: 1 }, { delete: 3 }], 2)).toBe(1);
    expect(caretAfter([{ delete: 1 }, { retain: 3 }, { insert: '远' }], 2)).toBe(1);
  });
});

describe('a word composed while others write into the same text', () => {
  it('lands where it was begun and takes nothing of theirs away', () => {
    const remote = fc.array(
      fc.record({ at: fc.nat(20), remove: fc.nat(3), insert: fc.constantFrom('', '远', '方🙂') }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(words, fc.nat(12), fc.nat(4), remote, (base, from, length, theirs) => {
        const doc = new Y.Doc();
        const text = doc.getText('t');
        text.insert(0, base);
        const at = boundary(base, Math.min(from, base.length));
        const remove = boundary(base, Math.min(at + length, base.length)) - at;
        const trail = new Trail(base.length);
        text.observe((event) => trail.follow(event.delta));
        const letters = base.split('').map((_, i) => Y.createRelativePositionFromTypeIndex(text, i));
        for (const edit of theirs) {
          const start = boundary(text.toString(), Math.min(edit.at, text.length));
          const end = boundary(text.toString(), Math.min(start + edit.remove, text.length));
          doc.transact(() => {
            text.delete(start, end - start);
            text.insert(start, edit.insert);
          });
        }
        const before = text.toString();
        const { at: place, runs } = trail.translate({ at, remove, insert: '你好' });
        for (const run of runs.reverse()) text.delete(run.at, run.length);
        text.insert(place, '你好');
        expect(letters.slice(at, at + remove).filter((letter) => alive(doc, letter))).toEqual([]);
        expect(text.toString()).toContain('你好');
        expect(halves.test(text.toString())).toBe(false);
        expect(before.length + 2 - text.length).toBeLessThanOrEqual(remove);
        const theirWords = (whole: string) =>
          whole
            .split('')
            .filter((unit) => '远方'.includes(unit))
            .join('');
        expect(theirWords(text.toString())).toBe(theirWords(before));
      }),
      { numRuns: 1000 },
    );
  });

  it('stands between the characters it was typed between', () => {
    const text = new Y.Doc().getText('t');
    text.insert(0, '甲乙丙');
    const trail = new Trail(3);
    text.observe((event) => trail.follow(event.delta));
    text.insert(0, '远');
    text.insert(4, '方');
    const { at } = trail.translate({ at: 2, remove: 0, insert: '你好' });
    text.insert(at, '你好');
    expect(text.toString()).toBe('远甲乙你好丙方');
  });
});

function boundary(text: string, at: number): number {
  return halves.test(text.slice(0, at)) ? at - 1 : at;
}

/** True while the character that the position was made at is not deleted. */
function alive(doc: Y.Doc, position: Y.RelativePosition): boolean {
  if (!position.item) return false;
  const item = Y.getItem(doc.store, position.item) as Y.Item;
  return !item.deleted;
}
