import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { judge } from '../../server/collab/gatekeeper.ts';
import { type Clocks, Held } from '../../server/collab/held.ts';

function written(doc: Y.Doc, edit: (doc: Y.Doc) => void): Uint8Array {
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  edit(doc);
  return Y.mergeUpdates(updates);
}
const docOf = (update: Uint8Array): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc;
};
/** What is stored of a document that stands as this one does now. */
const held = (doc: Y.Doc = new Y.Doc()): Held => new Held([Y.encodeStateAsUpdate(doc)]);
const clocksOf = (doc: Y.Doc): Clocks => new Map(held(doc).clocks);
const forge = (...numbers: (number | string)[]): Uint8Array =>
  encoding.encode((encoder) => {
    for (const n of numbers)
      if (typeof n === 'string') encoding.writeVarString(encoder, n);
      else if (n < 0) encoding.writeUint8(encoder, -n);
      else encoding.writeVarUint(encoder, n);
  });
// Negative: written as one byte, as an item's info is.
const ITEM_UNDER_ROOT = -0x04;
const ITEM_WITH_ORIGIN = -0x84;
const MAP_WITH_KEY = -0x27;
const GC = 0;
const SKIP = 10;
/** `[client, clock, …structs]` for one client, then an empty delete set. */
const oneClient = (
  client: number,
  clock: number,
  count: number,
  ...structs: (number | string)[]
): Uint8Array => forge(1, count, client, clock, ...structs, 0);

describe('the gatekeeper passes (CO6)', () => {
  it('an honest edit and knows its clocks afterwards', () => {
    const doc = new Y.Doc();
    const known = clocksOf(doc);
    const author = new Y.Doc();
    const first = written(author, (d) => d.getText('t').insert(0, '一二'));
    const second = written(author, (d) => d.getText('t').insert(2, '三'));
    expect(judge(first, known, held(doc))).toMatchObject({ pass: true, news: true });
    expect(judge(second, known, held(doc))).toMatchObject({ pass: true, news: true });
    expect(known.get(author.clientID)).toBe(3);
  });

  it('one update with the work of two people who built on each other, whatever the order of their ids', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()];
    for (let i = 0; i < 20; i++) {
      const [from, to] = i % 2 === 0 ? [a, b] : [b, a];
      from.getText('t').insert(Math.floor(i / 2), '字');
      from.getMap('m').set('k', new Y.Map([['i', i]]));
      Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
    }
    expect(judge(Y.encodeStateAsUpdate(a), new Map(), held())).toMatchObject({ pass: true, news: true });
  });

  it('what is known already, as nothing new: a repeated insertion, a repeated deletion, an empty answer', () => {
    const author = new Y.Doc();
    written(author, (d) => {
      d.getText('t').insert(0, '一二三');
      d.getText('t').delete(1, 1);
    });
    const all = Y.encodeStateAsUpdate(author);
    const doc = docOf(all);
    const empty = Y.encodeStateAsUpdate(author, Y.encodeStateVector(doc));
    for (const update of [all, empty, new Uint8Array([0, 0])])
      expect(judge(update, clocksOf(doc), held(doc))).toMatchObject({ pass: true, news: false });
  });

  it('a deletion alone, as news', () => {
    const author = new Y.Doc();
    author.getText('t').insert(0, '一二三');
    const doc = docOf(Y.encodeStateAsUpdate(author));
    const deletion = written(author, (d) => d.getText('t').delete(0, 1));
    expect(judge(deletion, clocksOf(doc), held(doc))).toMatchObject({ pass: true, news: true });
  });
});

describe('the gatekeeper refuses (CO6)', () => {
  const author = new Y.Doc();
  const first = written(author, (d) => d.getText('t').insert(0, 'ab'));
  const second = written(author, (d) => d.getText('t').insert(2, 'cd'));
  const other = docOf(Y.encodeStateAsUpdate(author));
  const dependent = written(other, (d) => d.getText('t').insert(1, 'x'));

  it.each<[string, Uint8Array, string]>([
    ['noise', new Uint8Array([1, 2, 3, 255, 255, 255]), 'undecodable'],
    ['a gap in a client’s clock', second, 'gap'],
    ['an insertion whose neighbours are unknown', dependent, 'dependency'],
    ['a Skip', oneClient(1, 0, 1, SKIP, 5), 'skip'],
    ['a length that no client can write', oneClient(1, 0, 1, GC, 2 ** 40), 'length'],
    ['a length of nothing', oneClient(1, 0, 1, GC, 0), 'length'],
    ['a deletion of what does not exist', forge(0, 1, author.clientID, 1, 0, 5), 'delete'],
    ['a piece that hangs on itself', oneClient(1, 0, 1, ITEM_WITH_ORIGIN, 1, 0, 'x'), 'tangle'],
    [
      'two pieces that hang on each other',
      forge(2, 1, 2, 0, ITEM_WITH_ORIGIN, 1, 0, 'x', 1, 1, 0, ITEM_WITH_ORIGIN, 2, 0, 'y', 0),
      'tangle',
    ],
  ])('%s', (_what, update, why) => {
    const known = new Map();
    expect(judge(update, known, held())).toEqual({ pass: false, why });
    expect(known.size).toBe(0);
  });

  it('a document inside a document', () => {
    const update = written(new Y.Doc(), (d) => d.getMap('m').set('sub', new Y.Doc()));
    expect(judge(update, new Map(), held())).toEqual({ pass: false, why: 'subdocument' });
  });

  it('what Yjs would leave pending, and nothing else: the forged root item is integrated', () => {
    const fine = oneClient(1, 0, 1, ITEM_UNDER_ROOT, 1, 't', 'x');
    const doc = new Y.Doc();
    expect(judge(fine, new Map(), held(doc))).toMatchObject({ pass: true, news: true });
    Y.applyUpdate(doc, fine);
    expect(doc.getText('t').toString()).toBe('x');
    expect(judge(first, new Map(), held(doc))).toMatchObject({ pass: true, news: true });
  });

  it('types within types so deep that deleting them would run out of stack, in one update or over many', () => {
    const nest = (from: number, count: number): Uint8Array => {
      const structs = Array.from({ length: count }, (_, i) => {
        const parent = from + i === 0 ? [1, 'm'] : [0, 1, from + i - 1];
        return [MAP_WITH_KEY, ...parent, 'k', 1];
      });
      return oneClient(1, from, count, ...structs.flat());
    };
    expect(judge(nest(0, 5_000), new Map(), held())).toEqual({ pass: false, why: 'nesting' });
    const doc = new Y.Doc();
    const known = clocksOf(doc);
    let clock = 0;
    for (; clock < 1_000; clock += 50) {
      const update = nest(clock, 50);
      const verdict = judge(update, known, held(doc));
      if (verdict.pass !== true) break;
      Y.applyUpdate(doc, update);
    }
    expect(clock).toBe(200);
    expect(judge(nest(200, 1), known, held(doc))).toEqual({ pass: false, why: 'nesting' });
  });

  it('a value nested so deep that reading it again would run out of stack', () => {
    let value: unknown = 1;
    for (let i = 0; i < 300; i++) value = [value];
    const update = written(new Y.Doc(), (d) => d.getMap('m').set('k', value));
    expect(judge(update, new Map(), held())).toEqual({ pass: false, why: 'nesting' });
  });

  it('but not a long row of neighbours, nor a draft with lists within lists', () => {
    const doc = new Y.Doc();
    const row = written(doc, (d) => {
      for (let i = 0; i < 3_000; i++) d.getArray('a').push([new Y.Map()]);
    });
    expect(judge(row, new Map(), held())).toMatchObject({ pass: true, news: true });
    const lists = written(new Y.Doc(), (d) => {
      let at: Y.XmlFragment = d.getXmlFragment('draft');
      for (let i = 0; i < 60; i++) {
        const element = new Y.XmlElement('ul');
        at.insert(0, [element]);
        at = element;
      }
    });
    expect(judge(lists, new Map(), held())).toMatchObject({ pass: true, news: true });
  });

  it('later, what hangs deep on pieces that are accepted but not stored yet: depth cannot be hidden in one batch', () => {
    const known: Clocks = new Map();
    const stored = held();
    const parent = oneClient(1, 0, 1, MAP_WITH_KEY, 1, 'm', 'k', 1);
    const child = oneClient(1, 1, 1, MAP_WITH_KEY, 0, 1, 0, 'k', 1);
    expect(judge(parent, known, stored)).toMatchObject({ pass: true, news: true });
    expect(judge(child, known, stored)).toEqual({ pass: 'later' });
    expect(known.get(1)).toBe(1);
    stored.add({ update: parent, deletions: [], clocks: known });
    expect(judge(child, known, stored)).toMatchObject({ pass: true, news: true });
  });

  it('runs that Yjs would read a part of only: two under one id, or the lower id first', () => {
    const known = new Map([[1, 2]]);
    const piece = [GC, 1];
    const twice = forge(2, 1, 1, 2, ...piece, 1, 1, 3, ...piece, 0);
    expect(judge(twice, new Map(known), held())).toEqual({ pass: false, why: 'tangle' });
    const upwards = forge(2, 1, 6, 0, ...piece, 1, 2000, 0, ...piece, 0);
    expect(judge(upwards, new Map(), held())).toEqual({ pass: false, why: 'tangle' });
    const downwards = forge(2, 1, 2000, 0, ...piece, 1, 6, 0, ...piece, 0);
    expect(judge(downwards, new Map(), held())).toMatchObject({ pass: true, news: true });
    const apart = forge(3, 1, 1, 2, ...piece, 1, 5, 0, ...piece, 1, 1, 3, ...piece, 0);
    expect(judge(apart, new Map(known), held())).toEqual({ pass: false, why: 'tangle' });
  });
});

it('what is known already comes into the log only once, whatever it says the second time (CO6)', () => {
  const author = new Y.Doc();
  author.getText('t').insert(0, '真的');
  const stored = held(author);
  const known = new Map(stored.clocks);
  const liar = new Y.Doc();
  liar.clientID = author.clientID;
  liar.getText('t').insert(0, '假话');
  const forged = written(liar, (doc) => doc.getText('t').insert(2, '新'));
  const both = Y.mergeUpdates([Y.encodeStateAsUpdate(liar), forged]);
  const verdict = judge(both, known, stored);
  if (verdict.pass !== true) throw new Error('refused');
  const merged = docOf(Y.mergeUpdates([verdict.update, Y.encodeStateAsUpdate(author)]));
  expect(merged.getText('t').toString()).toBe('真的新');
  expect(Y.decodeUpdate(verdict.update).structs.map((struct) => struct.id.clock)).toEqual([2]);
});
