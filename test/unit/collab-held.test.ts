import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { Deletions } from '../../server/collab/deletions.ts';
import { admit } from '../../server/collab/gatekeeper.ts';
import { type Clocks, Held } from '../../server/collab/held.ts';
import { readFrame } from '../../server/collab/protocol.ts';
import type { Outgoing } from '../../server/platform/outgoing.ts';
import { same } from '../support/collab-server.ts';
import { seeded } from '../support/seeded.ts';

/** What a client has that begins with `doc` and is sent these frames, at the moment when it calls itself synced. */
function synced(frames: readonly Outgoing[], doc = new Y.Doc()): Y.Doc {
  for (const frame of frames.flatMap((each) => each.messages).map(readFrame)) {
    if (frame.kind === 'step2' || frame.kind === 'update') Y.applyUpdate(doc, frame.update);
    if (frame.kind === 'step2') return doc;
  }
  throw new Error('never synced');
}

/** Two people who write, delete and take over from each other; their updates one by one. */
function history(seed: number, edits: number, word: () => string): { updates: Uint8Array[]; whole: Y.Doc } {
  const random = seeded(seed);
  const people = [new Y.Doc(), new Y.Doc()];
  const updates: Uint8Array[] = [];
  for (const doc of people)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'other') return;
      updates.push(update);
      for (const other of people) if (other !== doc) Y.applyUpdate(other, update, 'other');
    });
  for (let i = 0; i < edits; i++) {
    const text = people[Math.floor(random() * 2)]!.getText('t');
    if (text.length > 3 && random() < 0.4) text.delete(Math.floor(random() * (text.length - 2)), 2);
    else text.insert(Math.floor(random() * (text.length + 1)), word());
  }
  return { updates, whole: people[0]! };
}

/** `warm`: somebody reads the document all the time. */
function heldFrom(stored: readonly Uint8Array[], then: readonly Uint8Array[], warm = false): Held {
  const held = new Held(stored);
  const known: Clocks = new Map(held.clocks);
  for (const update of then) {
    if (warm) held.look();
    const { clients, deletions } = admit(update, known);
    const clocks = clients.map((client): [number, number] => [client, known.get(client)!]);
    expect(held.add({ update, deletions: [deletions], clocks })).toBe(true);
  }
  return held;
}

/** How many clocks are deleted. */
function deleted({ clients }: { clients: Map<number, { len: number }[]> }): number {
  return [...clients.values()].flat().reduce((sum, { len }) => sum + len, 0);
}

describe('a document held as bytes', () => {
  it.each([
    ['small', 300, '字', false],
    ['large, with a tail that is not merged into it', 300, '一个很长的段落'.repeat(60), false],
    ['large and read all the time', 600, '一个很长的段落'.repeat(60), true],
  ])('says the same as a Y.Doc, to whoever asks: %s', (_what, edits, word, warm) => {
    for (let seed = 1; seed <= 10; seed++) {
      const { updates, whole } = history(seed, edits, () => word);
      const half = updates.length >> 1;
      const held = heldFrom(updates.slice(0, half), updates.slice(half), warm);
      expect(same(synced(held.since(new Uint8Array([0]))), whole), `seed ${seed}`).toBe(true);
      const behind = new Y.Doc();
      for (const update of updates.slice(0, half)) Y.applyUpdate(behind, update);
      expect(same(synced(held.since(Y.encodeStateVector(behind)), behind), whole)).toBe(true);
      expect(same(held.look(), whole)).toBe(true);
      expect(Y.decodeStateVector(held.stateVector())).toEqual(
        Y.decodeStateVector(Y.encodeStateVector(whole)),
      );
    }
  });

  it.each([
    ['small', '密'],
    ['large', '一个很长的段落'.repeat(40)],
  ])('sends nobody what was deleted before he came: %s', (_what, filler) => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    const text = doc.getText('t');
    for (let i = 0; i < 300; i++) text.insert(i, filler);
    text.insert(0, '不该看见');
    for (let i = 0; i < 20; i++) text.insert(text.length, '后');
    text.delete(1, 2);
    const secret = (frames: readonly Outgoing[]): boolean =>
      frames.some(({ wire }) => Buffer.from(wire).includes('该看'));
    const held = heldFrom(updates.slice(0, 100), updates.slice(100));
    expect(secret(held.since(new Uint8Array([0])))).toBe(false);
    expect(same(synced(held.since(new Uint8Array([0]))), doc)).toBe(true);
    const loaded = new Held(updates);
    expect(loaded.holdsDeleted).toBe(true);
    expect(secret(loaded.since(new Uint8Array([0])))).toBe(false);
    expect(new Held([Y.encodeStateAsUpdate(doc)]).holdsDeleted).toBe(false);
  });

  it('collects for a crowd that comes while somebody deletes only now and then, at the latest after five seconds', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const doc = new Y.Doc();
    doc.getText('t').insert(0, '一个很长的段落'.repeat(20_000));
    const held = new Held([Y.encodeStateAsUpdate(doc)]);
    const known: Clocks = new Map(held.clocks);
    const add = (update: Uint8Array): void => {
      const { clients, deletions } = admit(update, known);
      const clocks = clients.map((client): [number, number] => [client, known.get(client)!]);
      held.add({ update, deletions: [deletions], clocks });
    };
    doc.on('update', add);
    doc.getText('t').delete(0, 1);
    held.since(new Uint8Array([0]));
    doc.getText('t').insert(9, '刚删的');
    doc.getText('t').delete(9, 3);
    const sent = (): boolean =>
      held.since(new Uint8Array([0])).some(({ wire }) => Buffer.from(wire).includes('刚删的'));
    expect(sent(), 'a moment ago').toBe(true);
    vi.setSystemTime(Date.now() + 5_001);
    expect(sent()).toBe(false);
    vi.useRealTimers();
  });

  it('says the same after tidying, in less room when much was deleted, and goes on', () => {
    const { updates, whole } = history(7, 40, () => '反反复复');
    whole.on('update', (update: Uint8Array) => updates.push(update));
    whole.getText('t').insert(0, '一个后来不要了的段落'.repeat(100));
    whole.getText('t').delete(0, 1_000);
    const held = heldFrom([], updates);
    const before = Y.mergeUpdates(updates).byteLength;
    held.tidy(Date.now() + 60_000);
    const after = held.since(new Uint8Array([0]));
    expect(after).toHaveLength(1);
    expect(after[0]!.wire.byteLength).toBeLessThan(before);
    expect(same(synced(after), whole)).toBe(true);
    const more: Uint8Array[] = [];
    whole.on('update', (update: Uint8Array) => more.push(update));
    whole.getText('t').insert(0, '又一句');
    const known = new Map(held.clocks);
    const { clients, deletions } = admit(more[0]!, known);
    held.add({ update: more[0]!, deletions: [deletions], clocks: clients.map((id) => [id, known.get(id)!]) });
    expect(same(synced(held.since(new Uint8Array([0]))), whole)).toBe(true);
  });

  it.each(['cold', 'warm'])(
    'forgets what was replaced without waiting for a pause, and nothing else: %s',
    (how) => {
      const doc = new Y.Doc();
      const updates: Uint8Array[] = [];
      doc.on('update', (update: Uint8Array) => updates.push(update));
      const text = doc.getText('t');
      for (let i = 0; i < 100; i++)
        doc.transact(() => {
          text.delete(0, text.length);
          text.insert(0, String(i % 10).repeat(40_000));
        });
      const held = heldFrom([], updates, how === 'warm');
      const whole = held.since(new Uint8Array([0]));
      expect(whole.reduce((sum, frame) => sum + frame.wire.byteLength, 0)).toBeLessThan(600_000);
      expect(same(synced(whole), doc)).toBe(true);
    },
  );

  it('keeps its own copy of what it is given', () => {
    const { updates, whole } = history(3, 20, () => '字');
    const given = updates.map((update) => update.slice());
    const held = heldFrom([], given);
    for (const update of given) update.fill(255);
    expect(same(synced(held.since(new Uint8Array([0]))), whole)).toBe(true);
  });

  it('deletes nothing by itself: marks that text has no more use for stay until somebody deletes them', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()];
    const text = (doc: Y.Doc): Y.Text => doc.getMap<Y.Text>('rows').get('row')!;
    a.getMap('rows').set('row', new Y.Text('一段要强调的话'));
    const first = Y.encodeStateAsUpdate(a);
    Y.applyUpdate(b, first);
    text(a).format(1, 3, { bold: true });
    text(b).delete(1, 3);
    const stored = [first, Y.encodeStateAsUpdate(a), Y.encodeStateAsUpdate(b)];
    const held = heldFrom([first], stored.slice(1));
    const told = deleted(Y.decodeUpdate(Y.mergeUpdates(stored)).ds);
    held.look();
    expect(deleted(Y.createDeleteSetFromStructStore(held.look().store))).toBe(told);
    held.tidy(Date.now() + 60_000);
    const [frame] = held.since(new Uint8Array([0]));
    const read = readFrame(frame!.messages[0]!);
    if (read.kind !== 'step2') throw new Error('no step 2');
    expect(deleted(Y.decodeUpdate(read.update).ds)).toBe(told);
    const showing = new Y.Doc();
    for (const update of stored) Y.applyUpdate(showing, update);
    expect(deleted(Y.createDeleteSetFromStructStore(showing.store))).toBeGreaterThan(told);
  });

  it('refuses to be made of what is no update', () => {
    expect(() => new Held([new Uint8Array([9, 9, 9])])).toThrow();
    expect(() => new Held([]).since(new Uint8Array([255, 255]))).toThrow();
  });
});

it('deletions cover exactly what was deleted, in whatever order it came', () => {
  const range = fc.record({ clock: fc.nat(60), len: fc.integer({ min: 1, max: 12 }) });
  fc.assert(
    fc.property(fc.array(range, { maxLength: 30 }), range, (ranges, asked) => {
      const deletions = new Deletions();
      const gone = new Set<number>();
      for (const each of ranges) {
        deletions.add(new Map([[1, [each]]]));
        for (let at = each.clock; at < each.clock + each.len; at++) gone.add(at);
      }
      const all = Array.from({ length: asked.len }, (_, n) => asked.clock + n).every((at) => gone.has(at));
      expect(deletions.cover(1, asked.clock, asked.clock + asked.len)).toBe(all);
      expect(deletions.cover(2, asked.clock, asked.clock + asked.len)).toBe(false);
    }),
  );
});
