import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineCollection } from '../../server/storage/collection.ts';
import { defineMigration, fillings, migrateRecords } from '../../server/storage/migration.ts';
import type { RecordStore } from '../../server/storage/port.ts';
import { conflict, refused } from './entries.ts';
import type { Place } from './storage-suite.ts';

const Old = z.object({ id: z.string(), version: z.number(), title: z.string(), note: z.string().optional() });
const New = Old.extend({
  parentId: z.string().default(''),
  tags: z.array(z.string()).default([]),
  mood: z.string().optional(),
});
type Old = z.infer<typeof Old>;
type New = z.infer<typeof New>;

/** One collection as the older and as the newer of two programs declares it. Migration numbers are unique in a database. */
function ages() {
  const name = `t_${Math.random().toString(36).slice(2, 12)}`;
  const number = Math.floor(Math.random() * 1e9);
  const older = defineCollection<Old>(name, Old, { byTitle: { fields: ['title'] } });
  const newer = defineCollection<New>(
    name,
    New,
    { byTitle: { fields: ['title'] }, byParent: { fields: ['parentId', 'title'], unique: true } },
    { parentId: number },
  );
  return { older, newer, number };
}

export function agesSuite(place: () => Place): void {
  const records = () => place().storage.records;
  const older = async <T>(work: (store: RecordStore) => Promise<T>): Promise<T> => {
    await place().reopen();
    return work(records());
  };

  describe('programs of different age', () => {
    it('R10 what a newer program has put beside the named fields outlives a replace and is shown to nobody', async () => {
      const c = ages();
      const made = await records().insert(c.newer, {
        id: 'a',
        title: '甲',
        note: '旧',
        parentId: 'p',
        tags: ['x'],
        mood: '好',
      });
      const seen = await older((store) => store.get(c.older, 'a'));
      expect(seen).toEqual({ id: 'a', version: 1, title: '甲', note: '旧' });
      await records().replace(c.older, { id: 'a', version: 1, title: '乙' });
      expect(await records().list(c.older, 'byTitle', {})).toEqual([{ id: 'a', version: 2, title: '乙' }]);
      await place().reopen();
      const { note: _, ...rest } = made;
      expect(await records().get(c.newer, 'a')).toEqual({ ...rest, version: 2, title: '乙' });
      await records().replace(c.newer, { id: 'a', version: 2, title: '乙', parentId: '', tags: [] });
      expect(await records().get(c.newer, 'a')).toEqual({
        id: 'a',
        version: 3,
        title: '乙',
        parentId: '',
        tags: [],
      });
    });

    it('R16 an older program leaves the indexes of a newer one; a missing one is made', async () => {
      const c = ages();
      await records().insert(c.newer, { id: 'a', title: '甲', parentId: 'p', tags: [] });
      await older((store) => store.insert(c.older, { id: 'old', title: '丙' }));
      await place().reopen();
      await expect(
        records().insert(c.newer, { id: 'b', title: '甲', parentId: 'p', tags: [] }),
      ).rejects.toEqual(conflict('record.index', { index: 'byParent' }));
      const again = defineCollection<New>(c.newer.name, New, { byNote: { fields: ['title', 'id'] } });
      await place().reopen();
      expect(await records().count(again, 'byNote', { title: '甲' })).toBe(1);
    });

    it('R16 an index of that name with another meaning is a fault of the program: it needs a new name', async () => {
      const c = ages();
      await records().insert(c.older, { id: 'a', title: '甲' });
      await place().reopen();
      const changed = defineCollection<Old>(c.older.name, Old, { byTitle: { fields: ['title', 'id'] } });
      await expect(records().get(changed, 'a')).rejects.toThrow(/needs a new name/);
    });

    it('R17 an indexed field with a default is refused unless a migration fills it', () => {
      const indexes = { byParent: { fields: ['parentId', 'id'] as const } };
      expect(() => defineCollection<New>('late', New, indexes)).toThrow(/parentId/);
      expect(() => defineCollection<New>('late', New, indexes, { parentId: 1 })).not.toThrow();
    });

    it('R17 old record, new index: found once the migration has run, also when it was broken off', async () => {
      const c = ages();
      const drafts = Array.from({ length: 450 }, (_, n) => ({ id: `r${1000 + n}`, title: `t${1000 + n}` }));
      await records().insertMany(c.older, drafts);
      await place().reopen();
      let writes = 0;
      const crashing: RecordStore = {
        ...records(),
        replace(collection, record) {
          if (++writes === 300) throw new Error('the process ends here');
          return records().replace(collection, record);
        },
      };
      await expect(migrateRecords(crashing, fillings(c.newer))).rejects.toThrow(/ends here/);
      await migrateRecords(records(), fillings(c.newer));
      expect(await records().count(c.newer, 'byParent', { parentId: '' })).toBe(450);
      const before = await records().get(c.newer, 'r1000');
      await migrateRecords(records(), fillings(c.newer));
      expect(await records().get(c.newer, 'r1000')).toEqual(before);
    });

    it('R17 migrations run in the order of their numbers, once; two of one number are a fault', async () => {
      const c = ages();
      await records().insertMany(c.older, [
        { id: 'a', title: '甲' },
        { id: 'b', title: '乙' },
      ]);
      const ran: string[] = [];
      const step = (n: number) =>
        defineMigration(c.number + n, `step ${n}`, c.older, async (page) => {
          ran.push(`${n}:${page.map((each) => each.id).join()}`);
        });
      await migrateRecords(records(), [step(3), step(2)]);
      await migrateRecords(records(), [step(3), step(2)]);
      expect(ran).toEqual(['2:a,b', '3:a,b']);
      await expect(migrateRecords(records(), [step(4), step(4)])).rejects.toThrow(/number/);
    });

    it('R18 a record of before a field is read with its default', async () => {
      const c = ages();
      await records().insert(c.older, { id: 'a', title: '甲' });
      await place().reopen();
      const read = await records().get(c.newer, 'a');
      expect(read).toEqual({ id: 'a', version: 1, title: '甲', parentId: '', tags: [] });
      read!.tags.push('mine');
      expect((await records().list(c.newer, 'byTitle', {}))[0]?.tags).toEqual([]);
      await expect(records().replace(c.older, read as Old)).rejects.toThrow();
      await place().reopen();
      await expect(records().replace(c.older, read as Old)).rejects.toEqual(refused('INVALID_INPUT'));
    });
  });
}
