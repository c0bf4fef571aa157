import { describe, expect, test } from 'vitest';
import { compose } from '../../server/features/minutes/compose.ts';
import { newId } from '../../shared/ids.ts';
import type { DraftEntry, Entry } from '../../shared/log.ts';
import {
  at,
  by,
  ended,
  ids,
  joined,
  log,
  opens,
  printed,
  SESSION,
  said,
  scheduled,
  started,
  talk,
} from '../support/told-log.ts';

const floor = (minute: number, name: string) =>
  at(minute, { kind: 'floor-given', by, personId: ids[name]!, seconds: 300 });
const over = (minute: number) => at(minute, { kind: 'floor-ended', by });
const mark = (minute: number, messageId: string, kind: 'marked' | 'unmarked' = 'marked') =>
  at(minute, { kind, by, messageId });

const meeting = (...told: [number, DraftEntry][]): Entry[] =>
  log(
    scheduled(),
    joined(-2, '何清'),
    joined(-1, '唐雨'),
    started,
    opens(0, talk),
    ...told,
    at(29, { kind: 'item-closed', by, itemId: talk }),
    ended(30),
  );
const text = (entries: Entry[]) => printed(entries).join('\n');

describe('what of the talk goes into the minutes', () => {
  test('what is said at the floor by who has it, and what is marked; the rest is counted', () => {
    const [side, marked, idea] = [newId(), newId(), newId()];
    const entries = meeting(
      floor(1, '何清'),
      said(2, newId(), '何清', 'speech', '轮到我说的'),
      said(3, side, '唐雨', 'problem', '插一句'),
      over(4),
      said(5, newId(), '何清', 'suggestion', '说完以后又说的'),
      said(6, marked, '唐雨', 'speech', '标了的'),
      said(7, idea, '唐雨', 'summary', '标了又取消的'),
      mark(8, marked),
      mark(8, idea),
      mark(9, idea, 'unmarked'),
    );
    expect(text(entries)).toContain('轮到我说的。（何清）');
    expect(text(entries)).toContain('标了的。（唐雨）');
    expect(text(entries)).not.toMatch(/插一句|说完以后又说的|标了又取消的/);
    expect(compose(SESSION, entries).speeches).toEqual({ shown: 'marked', leftOut: 3 });
    const all = compose(SESSION, entries, 'all');
    expect(all.speeches).toEqual({ shown: 'all', leftOut: 0 });
    const words = all.paragraphs.map((each) => each.composed).join('\n');
    for (const each of ['轮到我说的', '插一句', '说完以后又说的', '标了的', '标了又取消的'])
      expect(words).toContain(each);
  });

  test('where nobody had the floor and nothing is marked, everything, until a hand chooses', () => {
    const entries = meeting(said(1, newId(), '何清', 'speech', '随便谈谈'));
    expect(text(entries)).toContain('随便谈谈。（何清）');
    expect(compose(SESSION, entries).speeches).toEqual({ shown: 'all', leftOut: 0 });
    expect(compose(SESSION, entries, 'marked').speeches).toEqual({ shown: 'marked', leftOut: 1 });
  });

  test('what stands in the list of problems is neither told twice nor counted as left out', () => {
    const taken = newId();
    const row = { rowId: taken, topic: '', problem: '材料多', cause: '', source: '', withdrawn: false };
    const told = [
      floor(1, '何清'),
      said(2, newId(), '何清', 'speech', '轮到我说的'),
      over(3),
      said(4, taken, '唐雨', 'problem', '材料多'),
      at(5, { kind: 'problem-accepted', by, messageId: taken, rowId: taken }),
    ] satisfies [number, DraftEntry][];
    const entries = meeting(...told).map((each) => (each.kind === 'ended' ? { ...each, rows: [row] } : each));
    expect(printed(entries).filter((each) => each.includes('材料多'))).toHaveLength(1);
    expect(compose(SESSION, entries).speeches.leftOut).toBe(0);
  });

  test('the sources of a marked paragraph name who marked it', () => {
    const id = newId();
    const entries = meeting(said(1, id, '何清', 'speech', '一句话'), mark(2, id));
    const seqs = entries.flatMap(({ kind, seq }) => (kind === 'said' || kind === 'marked' ? [seq] : []));
    const paragraph = compose(SESSION, entries).paragraphs.find((each) => each.id === `message.${id}`);
    expect(paragraph?.from).toEqual(seqs);
  });
});
