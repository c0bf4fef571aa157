import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { copyStorage } from '../../server/storage/copy.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { fresh } from './entries.ts';
import type { Place } from './storage-suite.ts';

const Item = z.object({ id: z.string(), version: z.number(), title: z.string() });

async function collected(names: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const name of names) all.push(name);
  return all;
}

export function transferSuite(place: () => Place): void {
  describe('moving', () => {
    it('R40 everything of another storage arrives, versions included, also when it is copied twice', async () => {
      const from = await openSqlite(':memory:');
      const c = fresh<z.infer<typeof Item>>(Item, { byTitle: { fields: ['title'], unique: true } });
      const drafts = Array.from({ length: 450 }, (_, i) => ({ id: `i${i}`, title: `t${i}` }));
      const [first] = await from.records.insertMany(c, drafts);
      await from.records.replace(c, { ...(first as z.infer<typeof Item>), title: '改' });
      const doc = `moved.${c.name}`;
      await from.updates.append([1, 2, 3].map((n) => ({ doc, update: Uint8Array.of(n) })));
      await from.blobs.put(`file.${c.name}`, Uint8Array.of(5));
      const to = place().storage;
      const collections = [c];
      expect(await copyStorage(from, to, collections)).toEqual({ records: 450, documents: 1, blobs: 1 });
      await copyStorage(from, to, collections);
      expect(await to.records.get(c, 'i0')).toEqual({ id: 'i0', version: 2, title: '改' });
      expect(await to.records.list(c, 'id', {})).toEqual(await from.records.list(c, 'id', {}));
      const updates = (await to.updates.load(doc)).map((u) => u.update[0]).toSorted();
      expect(updates).toEqual([1, 2, 3]);
      expect(await to.blobs.get(`file.${c.name}`)).toEqual(Uint8Array.of(5));
      await from.close();
    });

    it('R41 documents and blobs can be named', async () => {
      const { updates, blobs, transfer } = place().storage;
      const [a, b] = [`a.${Math.random()}`, `b.${Math.random()}`];
      await updates.append([a, b, a].map((doc) => ({ doc, update: Uint8Array.of(1) })));
      await blobs.put(a, Uint8Array.of(1));
      const documents = await collected(transfer.documents());
      expect(documents.filter((doc) => doc === a || doc === b)).toEqual([a, b]);
      const ids = await collected(transfer.blobIds());
      expect(ids).toContain(a);
    });
  });
}
