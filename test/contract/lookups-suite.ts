import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Entry, entries, entry, fresh, refused, seqs } from './entries.ts';
import type { Place } from './storage-suite.ts';

export function lookupsSuite(place: () => Place): void {
  const records = () => place().storage.records;

  describe('questions', () => {
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
  });
}
