import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { withoutDeletedText, wordsOf } from '../../client/lib/doc/deleted-text.ts';
import { addRow, readRows, setField, textOf } from '../../shared/board.ts';
import { newId } from '../../shared/ids.ts';
import { seeded } from '../support/seeded.ts';

/** A document that keeps deleted text, as an editor with undo does, and its updates from here on. */
function kept(): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc({ gc: false });
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  return { doc, updates };
}
const holds = (update: Uint8Array, text: string): boolean => Buffer.from(update).includes(text);

describe('an update without what was typed and deleted again', () => {
  it('has none of the pinyin and all of the words', () => {
    const { doc, updates } = kept();
    const text = doc.getText('t');
    text.insert(0, '甲乙');
    text.insert(1, 'nihao');
    text.delete(1, 5);
    text.insert(1, '你好');
    const merged = Y.mergeUpdates(updates);
    const clean = withoutDeletedText(merged);
    expect(holds(merged, 'nihao')).toBe(true);
    expect(holds(clean, 'nihao')).toBe(false);
    const reader = new Y.Doc();
    Y.applyUpdate(reader, clean);
    expect(reader.getText('t').toString()).toBe('甲你好乙');
  });

  it('cuts a piece of which only the middle was deleted', () => {
    const { doc, updates } = kept();
    doc.getText('t').insert(0, '前qzw中qzx后');
    doc.getText('t').delete(5, 3);
    doc.getText('t').delete(1, 3);
    const clean = withoutDeletedText(Y.mergeUpdates(updates));
    expect(holds(clean, 'qz')).toBe(false);
    const reader = new Y.Doc();
    Y.applyUpdate(reader, clean);
    expect(reader.getText('t').toString()).toBe('前中后');
  });

  it('means the same as before, for 200 seeds of edits by two people', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = seeded(seed);
      const [a, b] = [kept(), kept()];
      for (let i = 0; i < 40; i++) {
        const { doc } = random() < 0.5 ? a : b;
        const text = doc.getText('t');
        const at = Math.floor(random() * (text.length + 1));
        if (random() < 0.6) text.insert(at, '文字abc'.slice(0, 1 + Math.floor(random() * 5)));
        else if (at < text.length) text.delete(at, 1 + Math.floor(random() * Math.min(4, text.length - at)));
        if (random() < 0.2) {
          Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc));
          Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc));
        }
      }
      const reader = new Y.Doc();
      Y.applyUpdate(reader, withoutDeletedText(Y.mergeUpdates(a.updates)));
      expect(reader.getText('t').toString(), `seed ${seed}`).toBe(a.doc.getText('t').toString());
      expect(Y.equalSnapshots(Y.snapshot(reader), Y.snapshot(a.doc)), `seed ${seed}`).toBe(true);
    }
  });
});

describe('the words of unsaved updates', () => {
  it('are what would have been read: runs joined, cells apart, deleted words left out', () => {
    const { doc, updates } = kept();
    const text = doc.getText('t');
    text.insert(0, '一');
    text.insert(1, '二x');
    text.delete(2, 1);
    text.insert(2, '三');
    doc.getMap('row').set('title', '问题');
    expect(wordsOf(updates)).toBe('一二三\n问题');
    expect(wordsOf([])).toBe('');
  });

  it('are of a row what somebody wrote into it, not what it is born with', () => {
    const { doc, updates } = kept();
    addRow(doc, { rowId: newId(), topic: newId(), source: 'symposium', proposer: '周敏' }, {});
    const [row] = readRows(doc).rows;
    textOf(doc, row!.rowId, 'problem')!.insert(0, '教研下沉不够');
    for (const units of ['教', '教科', '教科研一室']) setField(doc, row!.rowId, 'units', units);
    setField(doc, row!.rowId, 'topic', newId());
    expect(wordsOf(updates).split('\n').toSorted()).toEqual(['教研下沉不够', '教科研一室'].toSorted());
  });
});
