import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { conflict, type Entry, entries, entry, fresh, refused, seqs } from './entries.ts';
import type { Place } from './storage-suite.ts';

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
  });
}
