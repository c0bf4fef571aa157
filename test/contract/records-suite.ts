import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Collection, defineCollection } from '../../server/storage/collection.ts';
import type { Stored } from '../../server/storage/port.ts';
import type { Place } from './storage-suite.ts';

const Entry = z.object({
  id: z.string(),
  version: z.number().int(),
  sessionId: z.string(),
  seq: z.number().int(),
  body: z.string().max(50).optional(),
});
type Entry = z.infer<typeof Entry>;

let made = 0;
/** A collection that no other test uses. */
export const fresh = <R extends Stored>(shape: z.ZodType<R>, indexes: Collection<R>['indexes'] = {}) =>
  defineCollection(`t${++made}_${Math.random().toString(36).slice(2, 8)}`, shape, indexes);
const entries = () => fresh<Entry>(Entry, { bySeq: { fields: ['sessionId', 'seq'], unique: true } });
const entry = (n: number, sessionId = 's1') => ({ id: `${sessionId}:${n}`, sessionId, seq: n });
const seqs = (list: Entry[]) => list.map((e) => e.seq);
const conflict = (reason: string, facts: object) =>
  expect.objectContaining({
    failure: expect.objectContaining({ code: 'CONFLICT', reason, facts: expect.objectContaining(facts) }),
  });
const refused = (code: string) => expect.objectContaining({ failure: expect.objectContaining({ code }) });

export function recordsSuite(place: () => Place): void {
  const records = () => place().storage.records;

  describe('records', () => {
    it('R1 a draft becomes version 1 and is found by its id', async () => {
      const c = entries();
      const inserted = await records().insert(c, { ...entry(1), body: '你好' });
      expect(inserted).toEqual({ id: 's1:1', version: 1, sessionId: 's1', seq: 1, body: '你好' });
      expect(await records().get(c, 's1:1')).toEqual(inserted);
      expect(await records().get(c, 's1:2')).toBeUndefined();
    });

    it('R1 a record survives closing and opening', async () => {
      const c = entries();
      await records().insert(c, entry(1));
      await place().reopen();
      expect(await records().get(c, 's1:1')).toEqual({ ...entry(1), version: 1 });
    });

    it('R3 what the shape refuses is INVALID_INPUT and stores nothing', async () => {
      const c = entries();
      const bad = { ...entry(1), seq: 'one' } as unknown as Entry;
      await expect(records().insert(c, bad)).rejects.toEqual(refused('INVALID_INPUT'));
      await expect(records().insertMany(c, [entry(2), bad])).rejects.toEqual(refused('INVALID_INPUT'));
      const kept = await records().insert(c, entry(3));
      await expect(records().replace(c, { ...kept, body: 'x'.repeat(51) })).rejects.toEqual(
        refused('INVALID_INPUT'),
      );
      expect(await records().list(c, 'id', {})).toEqual([kept]);
    });

    it('R3 a key that the shape does not name is refused, not dropped', async () => {
      const c = entries();
      const more = { ...entry(1), version: 1, mood: 'good' };
      await expect(records().insert(c, more)).rejects.toEqual(refused('INVALID_INPUT'));
      const kept = await records().insert(c, entry(2));
      await expect(records().replace(c, { ...kept, extra: { deep: true } } as Entry)).rejects.toEqual(
        refused('INVALID_INPUT'),
      );
      expect(await records().count(c, 'id', {})).toBe(1);
    });

    it('R3 a lone surrogate is refused in values and in keys', async () => {
      const c = fresh(
        z.object({ id: z.string(), version: z.number(), map: z.record(z.string(), z.string()) }),
      );
      await expect(records().insert(c, { id: 'a', map: { a: 'x\ud800' } })).rejects.toEqual(
        refused('INVALID_INPUT'),
      );
      await expect(records().insert(c, { id: 'b', map: { '\udc00': 'x' } })).rejects.toEqual(
        refused('INVALID_INPUT'),
      );
    });

    it('R3 what is no JSON, or nested beyond 90 levels, is refused in a free part', async () => {
      const c = fresh(z.object({ id: z.string(), version: z.number(), free: z.unknown() }));
      const nested = (levels: number): unknown => (levels === 0 ? 'x' : { in: nested(levels - 1) });
      const lists = (levels: number): unknown => (levels === 0 ? 'x' : [lists(levels - 1)]);
      for (const free of [
        new Date(),
        Number.NaN,
        Number.POSITIVE_INFINITY,
        1n,
        () => 1,
        new Map(),
        nested(90),
        lists(46),
        [undefined],
      ]) {
        await expect(records().insert(c, { id: 'a', free })).rejects.toEqual(refused('INVALID_INPUT'));
      }
      await records().insert(c, { id: 'b', free: nested(89) });
      await records().insert(c, { id: 'c', free: lists(45) });
      expect(await records().get(c, 'b')).toEqual({ id: 'b', version: 1, free: nested(89) });
      expect(await records().get(c, 'c')).toEqual({ id: 'c', version: 1, free: lists(45) });
    });

    it('R4 a taken id and a taken unique index are told apart, the id first', async () => {
      const c = entries();
      await records().insert(c, entry(1));
      await expect(records().insert(c, { ...entry(2), id: 's1:1' })).rejects.toEqual(
        conflict('record.id', { id: 's1:1' }),
      );
      await expect(records().insert(c, entry(1))).rejects.toEqual(conflict('record.id', { id: 's1:1' }));
      await expect(records().insert(c, { ...entry(1), id: 'other' })).rejects.toEqual(
        conflict('record.index', { index: 'bySeq' }),
      );
      expect(await records().count(c, 'id', {})).toBe(1);
    });

    it('R5 a batch is stored in order up to the conflict, which says how many', async () => {
      const c = entries();
      await records().insert(c, entry(3));
      const batch = [entry(1), entry(2), { ...entry(3), id: 'late' }, entry(4)];
      await expect(records().insertMany(c, batch)).rejects.toEqual(
        conflict('record.index', { index: 'bySeq', stored: 2 }),
      );
      expect(seqs(await records().list(c, 'bySeq', { sessionId: 's1' }))).toEqual([1, 2, 3]);
    });

    it('R5 a batch without a conflict comes back whole, an empty one does nothing', async () => {
      const c = entries();
      expect(await records().insertMany(c, [])).toEqual([]);
      const stored = await records().insertMany(c, [entry(2), entry(1)]);
      expect(stored).toEqual([
        { ...entry(2), version: 1 },
        { ...entry(1), version: 1 },
      ]);
    });

    it('R5 a batch that repeats its own id stops there', async () => {
      const c = entries();
      const batch = [entry(1), { ...entry(2), id: 's1:1' }];
      await expect(records().insertMany(c, batch)).rejects.toEqual(conflict('record.id', { stored: 1 }));
    });

    it('R6 a list is ordered and bounded by the last field of its index', async () => {
      const c = entries();
      await records().insertMany(
        c,
        [10, 9, 2, 1, -1, 0].map((n) => entry(n)),
      );
      await records().insert(c, entry(5, 's2'));
      const list = async (page: object) => seqs(await records().list(c, 'bySeq', { sessionId: 's1' }, page));
      expect(await list({})).toEqual([-1, 0, 1, 2, 9, 10]);
      expect(await list({ order: 'desc' })).toEqual([10, 9, 2, 1, 0, -1]);
      expect(await list({ after: 1 })).toEqual([2, 9, 10]);
      expect(await list({ before: 1 })).toEqual([-1, 0]);
      expect(await list({ after: -1, before: 10, limit: 2 })).toEqual([0, 1]);
      expect(await list({ before: 10, order: 'desc', limit: 2 })).toEqual([9, 2]);
      expect(await list({ after: 10 })).toEqual([]);
    });

    it('R6 every collection can be walked by id', async () => {
      const c = entries();
      await records().insertMany(
        c,
        [3, 1, 2].map((n) => entry(n)),
      );
      expect(seqs(await records().list(c, 'id', {}, { after: 's1:1', limit: 1 }))).toEqual([2]);
      expect(await records().find(c, 'id', { id: 's1:3' })).toMatchObject({ seq: 3 });
    });

    it('R7 text is compared by code points, exactly: no case, no width, no language', async () => {
      const Named = z.object({ id: z.string(), version: z.number(), name: z.string() });
      const c = fresh<z.infer<typeof Named>>(Named, { byName: { fields: ['name'], unique: true } });
      const sorted = [
        '',
        '1',
        '10',
        '2',
        'A',
        'a',
        'e\u0301',
        '\u00e9',
        '何清',
        '周敏',
        '\uffee',
        '😀',
        '𠮷',
      ];
      await records().insertMany(
        c,
        sorted.toReversed().map((name, i) => ({ id: `n${i}`, name })),
      );
      expect((await records().list(c, 'byName', {})).map((r) => r.name)).toEqual(sorted);
      expect((await records().list(c, 'byName', {}, { after: '\uffee' })).map((r) => r.name)).toEqual([
        '😀',
        '𠮷',
      ]);
      expect(await records().find(c, 'byName', { name: 'A' })).toMatchObject({ name: 'A' });
      expect(await records().find(c, 'byName', { name: '周' })).toBeUndefined();
    });

    it('R7 the text "1", the number 1 and true are three things', async () => {
      const Kinds = z.object({
        id: z.string(),
        version: z.number(),
        text: z.string(),
        count: z.number(),
        on: z.boolean(),
      });
      const c = fresh<z.infer<typeof Kinds>>(Kinds, {
        byText: { fields: ['text', 'id'] },
        byCount: { fields: ['count', 'id'] },
        byOn: { fields: ['on', 'count', 'id'] },
      });
      await records().insert(c, { id: 'a', text: '1', count: 1, on: true });
      await records().insert(c, { id: 'b', text: 'true', count: 0, on: false });
      await records().insert(c, { id: 'c', text: '01', count: Number.MAX_SAFE_INTEGER, on: true });
      const ids = async (index: string, match: object) =>
        (await records().list(c, index, match)).map((r) => r.id);
      expect(await ids('byText', { text: '1' })).toEqual(['a']);
      expect(await ids('byCount', { count: Number.MAX_SAFE_INTEGER })).toEqual(['c']);
      expect(await ids('byOn', { on: true, count: 1 })).toEqual(['a']);
      expect(await ids('byOn', { on: false, count: 0 })).toEqual(['b']);
      await expect(records().list(c, 'byText', { text: 1 as unknown as string })).rejects.toEqual(
        refused('INVALID_INPUT'),
      );
      await expect(records().list(c, 'byText', { text: { $gt: '' } as unknown as string })).rejects.toEqual(
        refused('INVALID_INPUT'),
      );
    });

    it('R7 an index takes neither text with NUL nor fractions', async () => {
      const Odd = z.object({ id: z.string(), version: z.number(), key: z.string(), n: z.number() });
      const c = fresh<z.infer<typeof Odd>>(Odd, { byKey: { fields: ['key', 'n'] } });
      await expect(records().insert(c, { id: 'a', key: 'x\0y', n: 1 })).rejects.toEqual(
        refused('INVALID_INPUT'),
      );
      await expect(records().insert(c, { id: 'a\0b', key: 'x', n: 1 })).rejects.toEqual(
        refused('INVALID_INPUT'),
      );
      await expect(records().insert(c, { id: 'a', key: 'x', n: 0.5 })).rejects.toEqual(
        refused('INVALID_INPUT'),
      );
      await expect(records().list(c, 'byKey', { key: 'x\0' })).rejects.toEqual(refused('INVALID_INPUT'));
      await records().insert(c, { id: 'x', key: 'x', n: 1 });
      expect(await records().get(c, 'x\0y')).toBeUndefined();
      expect(await records().remove(c, 'x\0y')).toBe(false);
      expect(await records().count(c, 'id', {})).toBe(1);
    });

    it('R8 counting needs no page and counts one match', async () => {
      const c = entries();
      await records().insertMany(c, [entry(1), entry(2), entry(1, 's2')]);
      expect(await records().count(c, 'bySeq', { sessionId: 's1' })).toBe(2);
      expect(await records().count(c, 'bySeq', { sessionId: 'none' })).toBe(0);
    });

    it('R9 a unique key finds its one record', async () => {
      const c = entries();
      await records().insertMany(c, [entry(1), entry(2)]);
      expect(await records().find(c, 'bySeq', { sessionId: 's1', seq: 2 })).toEqual({
        ...entry(2),
        version: 1,
      });
      expect(await records().find(c, 'bySeq', { sessionId: 's1', seq: 3 })).toBeUndefined();
    });

    it('R10 replacing counts the version up and forgets what is left out', async () => {
      const c = entries();
      const first = await records().insert(c, { ...entry(1), body: 'a' });
      const second = await records().replace(c, { ...entry(7), id: first.id, version: first.version });
      expect(second).toEqual({ id: first.id, version: 2, sessionId: 's1', seq: 7 });
      expect(await records().get(c, first.id)).toEqual(second);
      expect(await records().find(c, 'bySeq', { sessionId: 's1', seq: 1 })).toBeUndefined();
    });

    it('R10 of twenty who replace the same version exactly one wins', async () => {
      const c = entries();
      const first = await records().insert(c, entry(1));
      const tries = Array.from({ length: 20 }, (_, i) => records().replace(c, { ...first, body: `${i}` }));
      const results = await Promise.allSettled(tries);
      const won = results.filter((r) => r.status === 'fulfilled');
      const lost = results.filter((r) => r.status === 'rejected').map((r) => r.reason);
      expect(won).toHaveLength(1);
      for (const reason of lost) expect(reason).toEqual(conflict('record.version', { id: first.id }));
      expect(await records().get(c, first.id)).toEqual(won[0]?.value);
    });

    it('R11 an old version, a missing record and a taken index are told apart', async () => {
      const c = entries();
      const first = await records().insert(c, entry(1));
      await records().insert(c, entry(2));
      await records().replace(c, { ...first, body: 'newer' });
      await expect(records().replace(c, first)).rejects.toEqual(conflict('record.version', { id: first.id }));
      await expect(records().replace(c, { ...first, version: 2, seq: 2 })).rejects.toEqual(
        conflict('record.index', { index: 'bySeq' }),
      );
      await expect(records().replace(c, { ...first, id: 'gone' })).rejects.toEqual(refused('NOT_FOUND'));
      expect(await records().get(c, first.id)).toMatchObject({ version: 2, seq: 1, body: 'newer' });
    });

    it('R12 removing says whether there was one; its keys are free again', async () => {
      const c = entries();
      await records().insert(c, entry(1));
      expect(await records().remove(c, 's1:1')).toBe(true);
      expect(await records().remove(c, 's1:1')).toBe(false);
      expect((await records().insert(c, entry(1))).version).toBe(1);
    });

    it('R13 of twenty who take the same unique key exactly one gets it', async () => {
      const c = entries();
      const tries = Array.from({ length: 20 }, (_, i) => records().insert(c, { ...entry(1), id: `by${i}` }));
      const results = await Promise.allSettled(tries);
      expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
      for (const r of results)
        if (r.status === 'rejected') expect(r.reason).toEqual(conflict('record.index', { index: 'bySeq' }));
      expect(await records().count(c, 'id', {})).toBe(1);
    });

    it('R14 a record of some megabytes is kept, one above 12 MiB is TOO_LARGE and stores nothing', async () => {
      const Big = z.object({
        id: z.string(),
        version: z.number(),
        text: z.string(),
        list: z.array(z.number()),
      });
      const c = fresh(Big);
      const text = '破立'.repeat(1_000_000);
      await records().insert(c, { id: 'big', text, list: [] });
      expect((await records().get(c, 'big'))?.text).toBe(text);
      await expect(records().insert(c, { id: 'b', text: 'x'.repeat(13 << 20), list: [] })).rejects.toEqual(
        refused('TOO_LARGE'),
      );
      const list = Array.from({ length: 600_000 }, (_, i) => i);
      await expect(records().insert(c, { id: 'l', text: '', list })).rejects.toEqual(refused('TOO_LARGE'));
      const most = Array.from({ length: 500_000 }, (_, i) => i);
      await records().insert(c, { id: 'm', text: '', list: most });
      expect((await records().get(c, 'm'))?.list).toEqual(most);
      expect(await records().count(c, 'id', {})).toBe(2);
    });

    it('R15 a wrong declaration or question is an error of the program', async () => {
      const c = entries();
      await expect(records().list(c, 'byMood', {})).rejects.toThrow(/no index byMood/);
      await expect(records().list(c, 'bySeq', {})).rejects.toThrow(/needs sessionId/);
      await expect(records().list(c, 'bySeq', { sessionId: 's', seq: 1 })).rejects.toThrow(
        /does not take seq/,
      );
      const optional = fresh<Entry>(Entry, { byBody: { fields: ['body'] } });
      await expect(records().get(optional, 'x')).rejects.toThrow(/no required scalar/);
      const dates = fresh(z.object({ id: z.string(), version: z.number(), at: z.date() }));
      await expect(records().get(dates, 'x')).rejects.toThrow(/not plain JSON/);
      await records().insert(c, entry(1));
      await expect(records().get({ ...c }, 'x')).rejects.toThrow(/declared twice/);
    });

    it('R16 indexes follow their declaration when it changes', async () => {
      const c = entries();
      await records().insertMany(c, [entry(1), entry(2)]);
      await place().reopen();
      const later = defineCollection<Entry>(c.name, Entry, {
        bySeq: { fields: ['seq'], unique: true },
        bySession: { fields: ['sessionId', 'id'] },
      });
      expect(seqs(await records().list(later, 'bySession', { sessionId: 's1' }))).toEqual([1, 2]);
      await expect(records().insert(later, entry(1, 's2'))).rejects.toEqual(
        conflict('record.index', { index: 'bySeq' }),
      );
    });
  });
}
