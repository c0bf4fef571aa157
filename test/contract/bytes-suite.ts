import { describe, expect, it } from 'vitest';
import type { Place } from './storage-suite.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
/** Bytes that differ all along, so that a lost or exchanged part shows. */
function pattern(length: number, seed: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  let x = seed;
  for (let i = 0; i < words.length; i++) words[i] = x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
  return new Uint8Array(words.buffer, 0, length);
}
const same = (a: Uint8Array | undefined, b: Uint8Array) => a !== undefined && Buffer.compare(a, b) === 0;
let made = 0;
const name = () => `list.${++made}-${Math.random().toString(36).slice(2)}`;

export function bytesSuite(place: () => Place): void {
  const updates = () => place().storage.updates;
  const blobs = () => place().storage.blobs;
  const piles = async (doc: string) =>
    (await updates().load(doc)).map((u) => [...u.update].join()).toSorted();

  describe('updates', () => {
    it('R20 what was appended is loaded, each with an id of its own, by its document only', async () => {
      const [a, b] = [name(), name()];
      await updates().append([
        { doc: a, update: bytes(1) },
        { doc: b, update: bytes(2) },
        { doc: a, update: bytes(1) },
        { doc: a, update: bytes() },
      ]);
      expect(await piles(a)).toEqual(['', '1', '1']);
      expect(await piles(b)).toEqual(['2']);
      expect(new Set((await updates().load(a)).map((u) => u.id)).size).toBe(3);
      expect(await updates().load(name())).toEqual([]);
    });

    it('R20 an update comes back as plain bytes of its own', async () => {
      const doc = name();
      await updates().append([{ doc, update: bytes(9, 8, 7, 6).subarray(1, 3) }]);
      const [stored] = await updates().load(doc);
      expect(stored?.update.constructor).toBe(Uint8Array);
      expect(stored?.update).toEqual(bytes(8, 7));
      await place().reopen();
      expect(await piles(doc)).toEqual(['8,7']);
    });

    it('R20 an empty batch does nothing, an unusable name is INVALID_INPUT and stores nothing of the batch', async () => {
      const doc = name();
      await updates().append([]);
      const batch = [
        { doc, update: bytes(1) },
        { doc: 'a\0b', update: bytes(2) },
      ];
      await expect(updates().append(batch)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      expect(await piles(doc)).toEqual([]);
    });

    it('R21 compacting puts the snapshot in the place of exactly what it replaces', async () => {
      const doc = name();
      const other = name();
      await updates().append([1, 2, 3].map((n) => ({ doc, update: bytes(n) })));
      await updates().append([{ doc: other, update: bytes(4) }]);
      const loaded = await updates().load(doc);
      const foreign = await updates().load(other);
      await updates().append([{ doc, update: bytes(5) }]);
      await updates().compact(
        doc,
        bytes(1, 2, 3),
        [...loaded, ...foreign].map((u) => u.id),
      );
      expect(await piles(doc)).toEqual(['1,2,3', '5']);
      expect(await piles(other)).toEqual(['4']);
      await updates().compact(
        doc,
        bytes(9),
        loaded.map((u) => u.id),
      );
      expect(await piles(doc)).toEqual(['1,2,3', '5', '9']);
    });

    it('R21 the id of a removed update is never given to another', async () => {
      const doc = name();
      await updates().append([{ doc, update: bytes(1) }]);
      const [first] = await updates().load(doc);
      await updates().compact(doc, bytes(2), [first?.id ?? '']);
      const [snapshot] = await updates().load(doc);
      await updates().compact(doc, bytes(3), [snapshot?.id ?? '']);
      const ids = (await updates().load(doc)).map((u) => u.id);
      expect(ids).not.toContain(first?.id);
      expect(ids).not.toContain(snapshot?.id);
    });

    it('R22 a snapshot larger than any document of the engine is kept whole, and removed whole', async () => {
      const doc = name();
      const large = pattern(20 * 1024 * 1024 + 3, 1);
      await updates().append([{ doc, update: bytes(1) }]);
      await updates().compact(
        doc,
        large,
        (await updates().load(doc)).map((u) => u.id),
      );
      const loaded = await updates().load(doc);
      expect(loaded).toHaveLength(1);
      expect(same(loaded[0]?.update, large)).toBe(true);
      await updates().compact(
        doc,
        bytes(7),
        loaded.map((u) => u.id),
      );
      expect(await piles(doc)).toEqual(['7']);
    });

    it('R23 twenty appends at once are all there', async () => {
      const doc = name();
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          updates().append([
            { doc, update: bytes(n) },
            { doc, update: bytes(n, n) },
          ]),
        ),
      );
      expect(await updates().load(doc)).toHaveLength(40);
    });
  });

  describe('blobs', () => {
    it('R30 a blob is stored once and never changes', async () => {
      const id = name();
      await blobs().put(id, bytes(1, 2));
      await blobs().put(id, bytes(3));
      expect(await blobs().get(id)).toEqual(bytes(1, 2));
      expect(await blobs().get(name())).toBeUndefined();
      await blobs().put(`${id}-empty`, bytes());
      expect(await blobs().get(`${id}-empty`)).toEqual(bytes());
    });

    it('R30 of several who store under one id, the bytes of one are kept unmixed', async () => {
      const id = name();
      const all = [1, 2, 3].map((seed) => pattern(9 * 1024 * 1024, seed));
      await Promise.all(all.map((each) => blobs().put(id, each)));
      const stored = await blobs().get(id);
      expect(all.filter((each) => same(stored, each))).toHaveLength(1);
    });

    it('R31 a removed blob is gone and its id free', async () => {
      const id = name();
      await blobs().put(id, bytes(1));
      expect(await blobs().remove(id)).toBe(true);
      expect(await blobs().remove(id)).toBe(false);
      expect(await blobs().get(id)).toBeUndefined();
      await blobs().put(id, bytes(2));
      expect(await blobs().get(id)).toEqual(bytes(2));
    });

    it('R32 64 MiB are kept, one byte more is TOO_LARGE', async () => {
      const id = name();
      const most = pattern(64 * 1024 * 1024, 4);
      await blobs().put(id, most);
      expect(same(await blobs().get(id), most)).toBe(true);
      await blobs().remove(id);
      await expect(blobs().put(id, new Uint8Array(64 * 1024 * 1024 + 1))).rejects.toMatchObject({
        code: 'TOO_LARGE',
      });
      await expect(blobs().put('', bytes(1))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    });
  });
}
