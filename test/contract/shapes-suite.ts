import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Stored } from '../../server/storage/port.ts';
import { fresh } from './entries.ts';
import { base, CASES, Deep, plain } from './shapes.ts';
import type { Place } from './storage-suite.ts';

const Variant = z.discriminatedUnion('kind', [
  z.object({
    ...base,
    sessionId: z.string(),
    seq: z.number().int(),
    kind: z.literal('said'),
    body: z.string(),
    pinned: z.boolean().optional(),
  }),
  z.object({
    ...base,
    sessionId: z.string(),
    seq: z.number().int(),
    kind: z.enum(['joined', 'left']),
    who: z.object({ name: z.string() }),
  }),
  z.object({
    ...base,
    sessionId: z.string(),
    seq: z.number().int(),
    kind: z.literal('poll'),
    body: z.array(z.string()),
    tally: z.record(z.string(), z.number()),
  }),
]);
type Variant = z.infer<typeof Variant>;

// Names that an object mapper uses itself.
const AWKWARD = [
  'errors',
  'collection',
  'get',
  'set',
  'init',
  'save',
  'isNew',
  'schema',
  'on',
  'emit',
  'remove',
  'model',
  'db',
  'op',
  'parent',
  'populated',
  'listeners',
  'length',
  'size',
  'update',
  'keys',
  'kind',
  'type',
  'options',
  'name',
  'path',
  'base',
  'increment',
  'modified',
  'domain',
  'discriminators',
  'hooks',
  'events',
  'doc',
  'index',
  'default',
  'required',
  'ref',
  'enum',
  'of',
] as const;

export function shapesSuite(place: () => Place): void {
  const records = () => place().storage.records;

  describe('what goes in comes out', () => {
    const c = fresh<Deep>(Deep);
    for (const [title, part] of Object.entries(CASES)) {
      it(`R2 ${title}`, async () => {
        const draft = { id: title, ...plain, ...part };
        const inserted = await records().insert(c, draft);
        expect(inserted).toStrictEqual({ ...draft, version: 1 });
        const read = (await records().get(c, title)) as Deep;
        expect(read).toStrictEqual({ ...draft, version: 1 });
        const replaced = await records().replace(c, { ...plain, id: title, version: 1, tags: ['before'] });
        const again = await records().replace(c, { ...draft, version: replaced.version });
        expect(await records().get(c, title)).toStrictEqual({ ...draft, version: 3 });
        expect(again.version).toBe(3);
      });
    }

    it('R2 fields come in the order of the shape, so that a digest over the JSON stays the same', async () => {
      const draft = {
        done: true,
        count: 1,
        none: 'x',
        state: 'open' as const,
        empty: '',
        host: { room: { no: '1' }, unit: 'u' },
        id: 'order',
      };
      const inserted = await records().insert(c, draft);
      expect(JSON.stringify(await records().get(c, 'order'))).toBe(JSON.stringify(inserted));
      expect(Object.keys(inserted)).toEqual([
        'id',
        'version',
        'empty',
        'state',
        'none',
        'count',
        'done',
        'host',
      ]);
    });

    it('R2 an undefined field is an absent one; minus zero is zero', async () => {
      const draft = {
        id: 'undefined',
        ...plain,
        count: -0,
        tags: undefined,
        host: { unit: 'u', room: undefined },
      };
      await records().insert(c, draft as unknown as Deep);
      expect(await records().get(c, 'undefined')).toStrictEqual({
        id: 'undefined',
        version: 1,
        ...plain,
        host: { unit: 'u' },
      });
    });

    it('R2 length is counted in code points where the shape does so', async () => {
      await expect(records().insert(c, { id: 'long', ...plain, name: '𠮷𠮷𠮷𠮷' })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    });

    it('R2 a record whose shape is a union keeps each variant apart, also when it changes', async () => {
      const u = fresh<Variant>(Variant, {
        bySeq: { fields: ['sessionId', 'seq'], unique: true },
        byKind: { fields: ['kind', 'seq'] },
      });
      const drafts = [
        { id: '1', sessionId: 's', seq: 1, kind: 'said' as const, body: '你好' },
        { id: '2', sessionId: 's', seq: 2, kind: 'joined' as const, who: { name: '唐雨' } },
        { id: '3', sessionId: 's', seq: 3, kind: 'left' as const, who: { name: '唐雨' } },
        { id: '4', sessionId: 's', seq: 4, kind: 'poll' as const, body: ['甲', '乙'], tally: { 'a.b': 1 } },
      ];
      const stored = await records().insertMany(u, drafts as never);
      expect(await records().list(u, 'bySeq', { sessionId: 's' })).toStrictEqual(stored);
      expect((await records().list(u, 'byKind', { kind: 'left' })).map((r) => r.id)).toEqual(['3']);
      const changed = {
        id: '1',
        version: 1,
        sessionId: 's',
        seq: 1,
        kind: 'poll' as const,
        body: [],
        tally: {},
      };
      await records().replace(u, changed);
      expect(await records().get(u, '1')).toStrictEqual({ ...changed, version: 2 });
      const mixed = { id: '5', sessionId: 's', seq: 5, kind: 'said', body: 'x', who: { name: 'y' } };
      await expect(records().insert(u, mixed as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    });

    it.each(AWKWARD)('R2 a field may be named %s', async (name) => {
      const inner = z.object({ [name]: z.string().optional() });
      const shape = z.object({
        ...base,
        [name]: z.string(),
        deep: inner,
        list: z.array(inner),
      }) as unknown as z.ZodType<Stored>;
      const a = fresh<Stored>(shape);
      const draft = { id: name, [name]: 'x', deep: { [name]: 'y' }, list: [{ [name]: 'z' }, {}] };
      await records().insert(a, draft);
      expect(await records().get(a, name)).toStrictEqual({ ...draft, version: 1 });
      await records().replace(a, { ...draft, version: 1 });
      expect(await records().get(a, name)).toStrictEqual({ ...draft, version: 2 });
    });
  });
}
