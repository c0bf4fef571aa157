import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  addRow,
  documentName,
  draftText,
  ensureRow,
  freeze,
  moveRow,
  parseDocumentName,
  readRows,
  restoreRow,
  rowMap,
  rowsOf,
  setField,
  textOf,
  withdrawRow,
} from '../../shared/board.ts';
import { newId } from '../../shared/ids.ts';

const ME = { mine: true };
const ids = Array.from({ length: 8 }, () => newId()).sort();
const [a, b, c, d] = ids as [string, string, string, string];

function listOf(...problems: string[]): Y.Doc {
  const list = new Y.Doc();
  problems.forEach((problem, i) => ensureRow(list, { rowId: ids[i]!, problem }));
  return list;
}

function copyOf(list: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(list));
  return copy;
}

function meet(...docs: Y.Doc[]): void {
  for (const from of docs) for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
}

const problems = (list: Y.Doc) => readRows(list).rows.map((row) => row.problem);

describe('a problem list', () => {
  it('holds rows in the order they were added, with blank columns', () => {
    const list = listOf('教研下沉不够', '成果转化慢');
    expect(readRows(list)).toMatchObject({
      malformed: [],
      rows: [
        {
          rowId: a,
          problem: '教研下沉不够',
          cause: '',
          topic: '',
          source: '',
          status: 'open',
          withdrawn: false,
        },
        { rowId: b, problem: '成果转化慢' },
      ],
    });
  });

  it('gets a row once, however often it is asked for', () => {
    const list = listOf('教研下沉不够');
    expect(ensureRow(list, { rowId: a, problem: '另一句话' })).toBe(false);
    expect(problems(list)).toEqual(['教研下沉不够']);
  });

  it('keeps a withdrawn row and gives it back', () => {
    const list = listOf('教研下沉不够');
    withdrawRow(list, a);
    expect(readRows(list).rows[0]?.withdrawn).toBe(true);
    restoreRow(list, a);
    expect(readRows(list).rows[0]?.withdrawn).toBe(false);
  });

  it('refuses a value that does not fit its column and changes nothing', () => {
    const list = listOf('教研下沉不够');
    expect(() => setField(list, a, 'units', '长'.repeat(201))).toThrow('text.long');
    expect(() => setField(list, a, 'status', 'closed' as 'open')).toThrow('board.value');
    expect(() => ensureRow(list, { rowId: b, problem: '长'.repeat(5001) })).toThrow('text.long');
    expect(() => setField(list, c, 'units', '教科研一室')).toThrow('row.unknown');
    expect(readRows(list).rows).toMatchObject([{ units: '', status: 'open' }]);
  });

  it('says no at a thousand rows to a person, not to the meeting', () => {
    const list = new Y.Doc();
    list.transact(() => {
      for (let i = 0; i < 1000; i++) rowsOf(list).set(newId(), 0);
    });
    expect(() => addRow(list, { rowId: a }, ME)).toThrow('board.full');
    expect(ensureRow(list, { rowId: a, problem: '从发言转入' })).toBe(true);
  });

  it('takes back an added row by withdrawing it, with what others wrote into it', () => {
    const list = new Y.Doc();
    const undo = new Y.UndoManager(rowsOf(list), { trackedOrigins: new Set([ME]) });
    addRow(list, { rowId: a, problem: '初稿' }, ME);
    const other = copyOf(list);
    textOf(other, a, 'problem')!.insert(2, '，又补一句');
    meet(list, other);
    undo.undo();
    expect(readRows(list).rows).toMatchObject([{ problem: '初稿，又补一句', withdrawn: true }]);
    undo.redo();
    expect(readRows(list).rows).toMatchObject([{ problem: '初稿，又补一句', withdrawn: false }]);
  });
});

describe('rows moved by several people', () => {
  it('stand where the one mover put them, and keep what others wrote meanwhile', () => {
    const mine = listOf('甲', '乙', '丙');
    const theirs = copyOf(mine);
    moveRow(mine, c, a);
    textOf(theirs, c, 'problem')!.insert(1, '（补）');
    setField(theirs, c, 'owner', '陆远航');
    meet(mine, theirs);
    expect(problems(mine)).toEqual(['丙（补）', '甲', '乙']);
    expect(readRows(mine).rows[0]?.owner).toBe('陆远航');
    expect(readRows(theirs)).toEqual(readRows(mine));
  });

  it('moved to one place at once tie by id, and the next move between them still lands', () => {
    const mine = listOf('甲', '乙', '丙', '丁');
    const theirs = copyOf(mine);
    moveRow(mine, c, b);
    moveRow(theirs, d, b);
    meet(mine, theirs);
    const keys = readRows(mine).rows.map((row) => row.order);
    expect(keys[1]).toBe(keys[2]);
    expect(problems(mine)).toEqual(['甲', '丙', '丁', '乙']);
    moveRow(mine, a, d);
    expect(problems(mine)).toEqual(['丙', '甲', '丁', '乙']);
  });

  it('converge and lose nothing whatever is moved, written and withdrawn at once', () => {
    const act = fc.record({
      who: fc.nat(2),
      what: fc.constantFrom('move', 'write', 'withdraw', 'add', 'meet'),
      row: fc.nat(7),
      before: fc.option(fc.nat(7), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const first = listOf('甲', '乙', '丙', '丁');
        const docs = [first, copyOf(first), copyOf(first)];
        let written = 0;
        for (const { who, what, row, before } of acts) {
          const doc = docs[who]!;
          const id = ids[row]!;
          if (what === 'meet') meet(...docs);
          else if (what === 'add') ensureRow(doc, { rowId: newId() });
          else if (!rowMap(doc, id)) continue;
          else if (what === 'move') moveRow(doc, id, before === null ? null : ids[before]!);
          else if (what === 'withdraw') withdrawRow(doc, id);
          else {
            textOf(doc, id, 'problem')!.insert(0, '补');
            written++;
          }
        }
        meet(...docs);
        const [reading, ...others] = docs.map(readRows);
        for (const other of others) expect(other).toEqual(reading);
        expect(reading!.malformed).toEqual([]);
        expect(
          reading!.rows
            .map((row) => row.problem)
            .join('')
            .split('补').length - 1,
        ).toBe(written);
      }),
      { numRuns: 60 },
    );
  });

  it('stay in order after thousands of moves into the same gap', () => {
    const list = listOf('甲', '乙', '丙');
    for (let i = 0; i < 1500; i++) moveRow(list, i % 2 ? a : c, b);
    expect(problems(list)).toEqual(['丙', '甲', '乙']);
    expect(Math.max(...readRows(list).rows.map((row) => row.order.length))).toBeLessThanOrEqual(200);
  });
});

describe('a reader of a list that somebody broke', () => {
  it('skips what is no row and says so', () => {
    const list = listOf('教研下沉不够');
    rowsOf(list).set('not an id', new Y.Map());
    rowsOf(list).set(b, '一句话');
    rowsOf(list).set(c, new Y.Map<unknown>([['problem', '不是共享文本']]));
    rowsOf(list).set(d, new Y.XmlElement('p'));
    const { rows, malformed } = readRows(list);
    expect(rows.map((row) => row.problem)).toEqual(['教研下沉不够']);
    const skipped = malformed.filter(({ field }) => field === '');
    expect(new Set(skipped.map(({ rowId }) => rowId))).toEqual(new Set(['not an id', b, c, d]));
  });

  it('reads a bad column as blank and keeps the row', () => {
    const list = listOf('教研下沉不够', '成果转化慢');
    const row = rowMap(list, a)!;
    row.set('status', 'closed');
    row.set('units', { deep: ['教科研一室'] });
    row.set('withdrawn', 'yes');
    row.set('order', '!!');
    row.set('cause', new Y.XmlText('力量集中在城区'));
    const { rows, malformed } = readRows(list);
    expect(rows.map(({ rowId }) => rowId)).toEqual([b, a]);
    expect(rows[1]).toMatchObject({ status: 'open', units: '', withdrawn: false, cause: '', order: '' });
    expect(malformed.map(({ field }) => field).sort()).toEqual([
      'cause',
      'order',
      'status',
      'units',
      'withdrawn',
    ]);
    moveRow(list, a, b);
    expect(readRows(list).rows.map(({ rowId }) => rowId)).toEqual([a, b]);
  });

  it('never throws and never invents a row, whatever stands anywhere', () => {
    const anything = fc.oneof(
      fc.anything({ maxDepth: 2, withBigInt: false }).filter(isStorable),
      fc.constantFrom(
        () => new Y.Text('x'),
        () => new Y.Map([['a', 1]]),
        () => new Y.Array(),
        () => new Y.XmlText('x'),
      ),
    );
    const fields = [
      'problem',
      'cause',
      'order',
      'topic',
      'source',
      'proposedOn',
      'status',
      'withdrawn',
      'messageId',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields), anything), fc.string(), (values, stray) => {
        const list = listOf('甲');
        const row = new Y.Map<unknown>();
        for (const [field, value] of Object.entries(values))
          row.set(field, typeof value === 'function' ? (value as () => unknown)() : value);
        rowsOf(list).set(b, row);
        rowsOf(list).set(stray, 1);
        const { rows } = readRows(list);
        expect(rows.length).toBeLessThanOrEqual(2);
        expect(rows.find(({ rowId }) => rowId === a)?.problem).toBe('甲');
        ensureRow(list, { rowId: c });
        moveRow(list, c, a);
        expect(readRows(list).rows[0]?.rowId).toBe(c);
      }),
    );
  });

  it('cuts what two people filled beyond reading, between characters', () => {
    const list = listOf('');
    textOf(list, a, 'problem')!.insert(0, `甲${'𠮷'.repeat(10_000)}`);
    const { rows, malformed } = readRows(list);
    expect(rows[0]?.problem).toBe(`甲${'𠮷'.repeat(9_999)}`);
    expect(malformed).toEqual([{ rowId: a, field: 'problem', reason: 'long' }]);
  });
});

function isStorable(value: unknown): boolean {
  try {
    const doc = new Y.Doc();
    doc.getMap('m').set('k', value);
    Y.encodeStateAsUpdate(doc);
    return typeof value !== 'function';
  } catch {
    return false;
  }
}

describe('what leaves a board', () => {
  it('is frozen with topics and sources in words', () => {
    const list = listOf('教研下沉不够');
    setField(list, a, 'topic', d);
    setField(list, a, 'source', 'symposium');
    setField(list, a, 'sourceNote', '何清发言');
    expect(freeze(readRows(list).rows, new Map([[d, '畏难等靠']]))).toEqual([
      {
        rowId: a,
        topic: '畏难等靠',
        problem: '教研下沉不够',
        cause: '',
        source: '座谈会（何清发言）',
        withdrawn: false,
      },
    ]);
  });

  it('is the words of the draft, a line a block', () => {
    const draft = new Y.Doc();
    const block = (name: string, words: string) => {
      const element = new Y.XmlElement(name);
      const text = new Y.XmlText(words);
      text.format(0, 1, { bold: true });
      element.insert(0, [text]);
      return element;
    };
    const item = new Y.XmlElement('listItem');
    item.insert(0, [block('paragraph', '二是加强指导')]);
    draft.getXmlFragment('body').insert(0, [block('heading', '整改思路'), item]);
    expect(draftText(draft)).toBe('整改思路\n二是加强指导');
  });

  it('goes by the names of its two documents and no other', () => {
    expect(parseDocumentName(documentName('list', a))).toEqual({ part: 'list', boardId: a });
    expect(parseDocumentName(documentName('draft', a))).toEqual({ part: 'draft', boardId: a });
    for (const name of ['', a, `board.${a}`, `list.${a}.x`, 'list.x', `list.${a}\n`])
      expect(parseDocumentName(name)).toBeUndefined();
  });
});
