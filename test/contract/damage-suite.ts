import { describe, expect, it } from 'vitest';
import type { Damage } from '../../server/storage/damage.ts';
import { copyStorage } from '../../server/storage/copy.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { entries, entry, seqs } from './entries.ts';
import type { Place } from './storage-suite.ts';

const damaged = { failure: { code: 'UNAVAILABLE', reason: 'storage.damaged' } };
const bytes = (...values: number[]) => Uint8Array.from(values);
let made = 0;
const name = () => `list.damage${++made}-${Math.random().toString(36).slice(2)}`;

export function damageSuite(place: () => Place): void {
  const { updates, records, blobs, damage } = {
    updates: () => place().storage.updates,
    records: () => place().storage.records,
    blobs: () => place().storage.blobs,
    damage: () => place().storage.damage,
  };
  const spoil = () => place().spoil;
  const five = () => [1, 2, 3, 4, 5].map((n) => ({ ...entry(n), body: 'right' }));

  describe('damage', () => {
    it('R60 a document with a changed byte is given to nobody, others go on, and nothing is deleted', async () => {
      const [doc, other] = [name(), name()];
      await updates().append([doc, doc, other].map((each) => ({ doc: each, update: bytes(1, 2, 3) })));
      await spoil().update(doc);
      await expect(updates().load(doc)).rejects.toMatchObject(damaged);
      await expect(updates().load(doc)).rejects.toMatchObject({ failure: { facts: { place: doc } } });
      expect((await updates().load(other)).map((u) => [...u.update])).toEqual([[1, 2, 3]]);
      await place().reopen();
      await expect(updates().load(doc)).rejects.toMatchObject(damaged);
    });

    it('R60 a changed blob is refused', async () => {
      const id = name();
      await blobs().put(id, bytes(1, 2, 3));
      await spoil().blob(id);
      await expect(blobs().get(id)).rejects.toMatchObject(damaged);
    });

    it('R61 a changed record is refused by its id and key, and left out of lists, which go on and fill their pages', async () => {
      const c = entries();
      await records().insertMany(c, five());
      await spoil().record(c.name, 's1:2');
      await spoil().record(c.name, 's1:4');
      await expect(records().get(c, 's1:2')).rejects.toMatchObject(damaged);
      await expect(records().find(c, 'bySeq', { sessionId: 's1', seq: 2 })).rejects.toMatchObject(damaged);
      expect(seqs(await records().list(c, 'bySeq', { sessionId: 's1' }))).toEqual([1, 3, 5]);
      const page = { limit: 3, order: 'desc' } as const;
      expect(seqs(await records().list(c, 'bySeq', { sessionId: 's1' }, page))).toEqual([5, 3, 1]);
      expect(await records().count(c, 'bySeq', { sessionId: 's1' })).toBe(5);
    });

    it('R62 what is found is told once, to everybody who watches', async () => {
      const c = entries();
      await records().insertMany(c, five());
      await spoil().record(c.name, 's1:3');
      await place().reopen();
      const told: Damage[] = [];
      damage().watch((each) => told.push(each));
      for (let n = 0; n < 2; n++) await records().list(c, 'id', {});
      expect(told).toEqual([{ kind: 'record', place: c.name, id: 's1:3', why: expect.any(String) }]);
      expect(damage().found()).toEqual(told);
      const late: Damage[] = [];
      damage().watch((each) => late.push(each));
      expect(late).toEqual(told);
    });

    it('R63 what an older program has stored has no checksum: it is taken as it is, and gets one when it is rewritten', async () => {
      const [doc, id] = [name(), name()];
      const c = entries();
      await updates().append([{ doc, update: bytes(1, 2, 3) }]);
      await blobs().put(id, bytes(1, 2, 3));
      const [first] = await records().insertMany(c, five());
      await spoil().forgetSums(doc, id, c.name);
      await place().reopen();
      expect(await updates().load(doc)).toHaveLength(1);
      expect(await blobs().get(id)).toEqual(bytes(1, 2, 3));
      expect(await records().count(c, 'id', {})).toBe(5);
      await records().replace(c, first!);
      await spoil().record(c.name, first!.id);
      await expect(records().get(c, first!.id)).rejects.toMatchObject(damaged);
      const [old] = await updates().load(doc);
      await updates().compact(doc, bytes(7, 8, 9), [old!.id]);
      await spoil().update(doc);
      await expect(updates().load(doc)).rejects.toMatchObject(damaged);
    });

    it('R64 copying to another engine refuses to leave damaged records behind', async () => {
      const c = entries();
      await records().insertMany(c, five());
      await spoil().record(c.name, 's1:3');
      const to = await openSqlite(':memory:');
      await expect(copyStorage(place().storage, to, [c])).rejects.toThrow(/damaged/);
      await to.close();
    });
  });
}
