import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { remembering } from '../../server/features/session/remembering.ts';
import { defineCollection } from '../../server/storage/collection.ts';
import type { RecordStore } from '../../server/storage/port.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { isError } from '../../shared/errors.ts';

const shape = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  tags: z.array(z.string()),
});
const things = defineCollection('things', shape, {});
const others = defineCollection('others', shape, {});

let engine: RecordStore;
let reads: string[];
let records: RecordStore;
beforeEach(async () => {
  engine = (await openSqlite(':memory:')).records;
  reads = [];
  const counted: RecordStore = Object.assign(Object.create(engine) as RecordStore, {
    get: (c: typeof things, id: string) => {
      reads.push(id);
      return engine.get(c, id);
    },
  });
  records = remembering(counted, things, 2);
});
const add = (id: string, c = things) => records.insert(c, { id, title: '一', tags: ['甲'] });
const title = async (id: string) => (await records.get(things, id))?.title;

test('a record is read once, also by several who ask at the same time after the first', async () => {
  await add('a');
  expect([await title('a'), await title('a'), await title('a')]).toEqual(['一', '一', '一']);
  expect(reads).toEqual(['a']);
});

test('what is not there is asked for again, and seen as soon as it is', async () => {
  expect(await title('a')).toBeUndefined();
  await add('a');
  expect(await title('a')).toBe('一');
});

test('a change and a removal are seen at once', async () => {
  const made = await add('a');
  await title('a');
  await records.replace(things, { ...made, title: '二' });
  expect(await title('a')).toBe('二');
  await records.remove(things, 'a');
  expect(await title('a')).toBeUndefined();
});

test('who lost a race reads what stands', async () => {
  const made = await add('a');
  await title('a');
  await engine.replace(things, { ...made, title: '别处' });
  const lost = await records.replace(things, { ...made, title: '二' }).catch((error: unknown) => error);
  expect(isError(lost, 'CONFLICT')).toBe(true);
  expect(await title('a')).toBe('别处');
});

test('what was read while it was written is not remembered', async () => {
  const made = await add('a');
  const slow = records.get(things, 'a');
  await Promise.all([slow, records.replace(things, { ...made, title: '二' })]);
  expect(await title('a')).toBe('二');
});

test('nobody can change what the others are given', async () => {
  await add('a');
  const record = (await records.get(things, 'a'))!;
  expect(() => record.tags.push('乙')).toThrow(TypeError);
  expect(() => Object.assign(record, { title: '二' })).toThrow(TypeError);
});

test('other collections are not remembered, and of this one not more than asked', async () => {
  await add('x', others);
  await records.get(others, 'x');
  await records.get(others, 'x');
  expect(reads).toEqual(['x', 'x']);
  for (const id of ['a', 'b', 'c']) await add(id);
  for (const id of ['a', 'b', 'c', 'a']) await title(id);
  expect(reads.slice(2)).toEqual(['a', 'b', 'c', 'a']);
});
