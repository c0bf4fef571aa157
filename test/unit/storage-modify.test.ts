import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { defineCollection } from '../../server/storage/collection.ts';
import { modify } from '../../server/storage/modify.ts';
import type { RecordStore, Storage } from '../../server/storage/port.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';

const Tally = z.object({ id: z.string(), version: z.number(), votes: z.number() });
type Tally = z.infer<typeof Tally>;
const tallies = defineCollection<Tally>('tallies', Tally);
const oneMore = (tally: Tally) => ({ ...tally, votes: tally.votes + 1 });

let storage: Storage;
beforeEach(async () => {
  storage = await openSqlite(':memory:');
});
afterEach(() => storage.close());

/** Records in which somebody else votes before each replace. */
function contested(records: RecordStore, times: number): RecordStore {
  let left = times;
  return {
    ...records,
    async replace(c, record) {
      if (left-- > 0) await modify(records, tallies, record.id, oneMore);
      return records.replace(c, record);
    },
  };
}

it('ten votes at once are ten votes', async () => {
  await storage.records.insert(tallies, { id: 't', votes: 0 });
  await Promise.all(Array.from({ length: 10 }, () => modify(storage.records, tallies, 't', oneMore)));
  expect(await storage.records.get(tallies, 't')).toEqual({ id: 't', version: 11, votes: 10 });
});

it('a vote that was overtaken is counted on top of the other', async () => {
  await storage.records.insert(tallies, { id: 't', votes: 0 });
  expect((await modify(contested(storage.records, 3), tallies, 't', oneMore)).votes).toBe(4);
});

it('a record that never rests is CONFLICT, not an endless wait', async () => {
  await storage.records.insert(tallies, { id: 't', votes: 0 });
  const busy = modify(contested(storage.records, Number.POSITIVE_INFINITY), tallies, 't', oneMore);
  await expect(busy).rejects.toMatchObject({ failure: { code: 'CONFLICT', reason: 'record.busy' } });
});

it('a change that answers undefined leaves the record and its version', async () => {
  const inserted = await storage.records.insert(tallies, { id: 't', votes: 0 });
  expect(await modify(storage.records, tallies, 't', () => undefined)).toEqual(inserted);
  expect(await storage.records.get(tallies, 't')).toEqual(inserted);
});

it('a missing record is NOT_FOUND', async () => {
  await expect(modify(storage.records, tallies, 'none', oneMore)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
