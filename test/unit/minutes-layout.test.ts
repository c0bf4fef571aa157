import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MinutesRecord } from '../../server/features/minutes/collections.ts';
import type { Composed } from '../../server/features/minutes/composed.ts';
import * as layout from '../../server/features/minutes/layout.ts';
import { merge, stillRemoved } from '../../server/features/minutes/merge.ts';
import { newId } from '../../shared/ids.ts';

const hand = { by: '周敏', at: '2026-03-18T08:00:00.000Z' };
const kindOf = (id: string): Composed['kind'] =>
  id.startsWith('H') ? 'heading' : id.startsWith('S') ? 'subheading' : 'item';
const composed = (ids: string): Composed[] =>
  ids.split(' ').map((id) => ({ id, kind: kindOf(id), label: '', composed: `文${id}`, from: [1] }));
const record = (ids: string): MinutesRecord => ({
  ...{ id: newId(), version: 1, campaignId: newId(), title: '座谈会', upTo: 1 },
  paragraphs: merge([], composed(ids)),
});
const order = ({ paragraphs }: Pick<MinutesRecord, 'paragraphs'>) => paragraphs.map((p) => p.id).join(' ');
/** As at the next opening. */
function again(old: MinutesRecord, ids: string): MinutesRecord {
  const removed = stillRemoved(old.removed ?? [], composed(ids));
  const away = new Set(removed.map((each) => each.paragraph.id));
  return { ...old, removed, paragraphs: merge(old.paragraphs, composed(ids), away) };
}
const moved = (of: MinutesRecord, id: string, after: string) => {
  const at = of.paragraphs.findIndex((p) => p.id === id);
  return layout.move(of, { id, was: of.paragraphs[at - 1]?.id ?? '', after }, hand);
};
const removed = (of: MinutesRecord, id: string) => layout.remove(of, id, 1, hand);
const added = (of: MinutesRecord, id: string, after: string) =>
  layout.add(of, { id, after, kind: 'item', text: `写${id}` }, hand);

describe('paragraphs by hand', () => {
  test('one that was moved stays where it was put when composed anew, and newcomers find their places', () => {
    const one = moved(record('H1 a b c'), 'c', 'H1');
    expect(order(one)).toBe('H1 c a b');
    expect(order(again(one, 'H1 a b c'))).toBe('H1 c a b');
    expect(order(again(one, 'H1 a x b c d'))).toBe('H1 c a x b d');
    expect(order(again(one, 'H1 a b'))).toBe('H1 a b');
  });

  test('a heading takes its section along, and what comes into the section later is in it', () => {
    const one = moved(record('H1 a S2 b H3 c'), 'H3', '');
    expect(order(one)).toBe('H3 c H1 a S2 b');
    expect(order(again(one, 'H1 a S2 b H3 c d'))).toBe('H3 c d H1 a S2 b');
    const sub = moved(record('H1 S1 a S2 b'), 'S2', 'H1');
    expect(order(sub)).toBe('H1 S2 b S1 a');
    expect(order(again(sub, 'H1 S1 a S2 b d'))).toBe('H1 S2 b d S1 a');
  });

  test('one moved out of its section takes no newcomers of the section with it', () => {
    const one = moved(record('H1 a b H2 c'), 'b', 'c');
    expect(order(again(one, 'H1 a b x H2 c'))).toBe('H1 a x H2 c b');
  });

  test('an added one stays behind what it stood behind, and is no words of the log', () => {
    const one = added(record('H1 a b'), 'hand.1', 'a');
    expect(order(one)).toBe('H1 a hand.1 b');
    expect(order(again(one, 'H1 b c'))).toBe('H1 hand.1 b c');
    expect(one.paragraphs[2]).toMatchObject({
      composed: '',
      from: [],
      added: hand,
      edited: { text: '写hand.1' },
    });
    expect(added(one, 'hand.1', 'b')).toBe(one);
  });

  test('what was taken out does not come back by itself, and comes back to its place when asked', () => {
    const one = removed(removed(record('H1 a b c'), 'a'), 'b');
    expect(order(one)).toBe('H1 c');
    const later = again(one, 'H1 a b c d');
    expect(order(later)).toBe('H1 c d');
    expect(order(layout.restore(later, 'b'))).toBe('H1 b c d');
    expect(order(layout.restore(layout.restore(later, 'a'), 'b'))).toBe('H1 a b c d');
    expect(order(layout.restore(layout.restore(later, 'b'), 'a'))).toBe('H1 a b c d');
  });

  test('words that were recalled after their paragraph was taken out are not kept anywhere', () => {
    const one = again(removed(record('H1 a b'), 'a'), 'H1 b');
    expect(JSON.stringify(one)).not.toContain('文a');
    expect(() => layout.restore(one, 'a')).toThrow('paragraph.unknown');
    expect(order(layout.restore(again(one, 'H1 a b'), 'a'))).toBe('H1 a b');
  });

  test('who comes second hears of it: the place has changed, the paragraph is out, the words are others', () => {
    const one = moved(record('H1 a b c'), 'c', 'H1');
    expect(() => layout.move(one, { id: 'c', was: 'b', after: 'a' }, hand)).toThrow('minutes.moved');
    expect(layout.move(one, { id: 'c', was: 'b', after: 'H1' }, hand)).toBe(one);
    const two = removed(one, 'a');
    expect(() => moved(removed(two, 'c'), 'c', '')).toThrow();
    expect(() => layout.remove(two, 'b', 7, hand)).toThrow('minutes.recomposed');
    expect(layout.remove(two, 'a', 1, hand)).toBe(two);
    // Behind one that is out: behind what that one stood behind.
    expect(order(added(two, 'hand.1', 'a'))).toBe('H1 c hand.1 b');
    expect(() => added(two, 'hand.2', 'nobody')).toThrow('minutes.changed');
  });

  test('a move that is taken back leaves no mark', () => {
    const one = moved(record('H1 a b'), 'b', 'H1');
    const back = layout.move(one, { id: 'b', was: 'H1', after: 'a', undo: true }, hand);
    expect(order(back)).toBe('H1 a b');
    expect(JSON.stringify(back.paragraphs)).not.toContain('moved');
  });

  test('nothing goes into final minutes', () => {
    const sealed = { ...record('H1 a b'), sealed: { ...hand, sha256: '' } };
    for (const step of [
      () => added(sealed, 'hand.1', 'a'),
      () => removed(sealed, 'a'),
      () => moved(sealed, 'b', 'H1'),
      () => layout.restore(sealed, 'a'),
    ])
      expect(step).toThrow('minutes.sealed');
  });
});

const ids = fc.constantFrom('H1', 'a', 'b', 'S2', 'c', 'd', 'H3', 'e', 'f', 'S4', 'g');
const steps = fc.array(
  fc.record({ what: fc.constantFrom('move', 'remove', 'restore', 'add', 'edit'), id: ids, other: ids }),
  { maxLength: 12 },
);
const composition = fc
  .subarray(['H1', 'a', 'b', 'S2', 'c', 'd', 'H3', 'e', 'f', 'S4', 'g'], { minLength: 1 })
  .map((each) => each.join(' '));

/** Whatever people do to a draft; what is refused changes nothing. */
function worked(ids: string, done: { what: string; id: string; other: string }[]): MinutesRecord {
  let at = record(ids);
  done.forEach(({ what, id, other }, n) => {
    const rev = at.paragraphs.find((p) => p.id === id)?.rev ?? 0;
    try {
      if (what === 'move') at = moved(at, id, other);
      else if (what === 'remove') at = layout.remove(at, id, rev, hand);
      else if (what === 'restore') at = layout.restore(at, id);
      else if (what === 'add') at = added(at, `hand.${n}`, other);
      else
        at = {
          ...at,
          paragraphs: at.paragraphs.map((p) => (p.id === id ? { ...p, edited: { text: '改', ...hand } } : p)),
        };
    } catch {
      // Refused.
    }
  });
  return at;
}

describe('any draft, composed anew', () => {
  const RUNS = { seed: 20260318, numRuns: 500 };

  test('has what the log gives and the hand left in, once, in the hand’s words', () => {
    fc.assert(
      fc.property(composition, composition, steps, (first, second, done) => {
        const old = worked(first, done);
        const next = again(old, second);
        const now = next.paragraphs.map((p) => p.id);
        expect(new Set(now).size).toBe(now.length);
        const out = new Set((next.removed ?? []).map((each) => each.paragraph.id));
        const kept = old.paragraphs.filter((p) => p.edited).map((p) => p.id);
        const given = second.split(' ').filter((id) => !out.has(id));
        expect(new Set(now)).toEqual(new Set([...given, ...kept]));
        for (const p of old.paragraphs)
          if (p.edited) expect(next.paragraphs.find((each) => each.id === p.id)?.edited).toEqual(p.edited);
      }),
      RUNS,
    );
  });

  test('of the same log is the same, in the same order', () => {
    fc.assert(
      fc.property(composition, steps, (first, done) => {
        const old = worked(first, done);
        expect(order(again(old, first))).toBe(order(old));
        expect(JSON.stringify(again(again(old, first), first))).toBe(JSON.stringify(again(old, first)));
      }),
      RUNS,
    );
  });
});
