import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Stored } from '../../server/storage/port.ts';
import { fresh } from './records-suite.ts';
import type { Place } from './storage-suite.ts';

const base = { id: z.string(), version: z.number().int() };

const Name = z.string().superRefine((text, issue) => {
  if ([...text].length > 3) issue.addIssue({ code: 'custom', message: 'text.long' });
});

const Deep = z.object({
  ...base,
  name: Name.optional(),
  empty: z.string(),
  state: z.enum(['open', 'closed', '']),
  maybe: z.enum(['a', 'b']).nullable().optional(),
  none: z.string().nullable(),
  count: z.number().min(-10).max(1e300),
  done: z.boolean(),
  host: z.object({ unit: z.string(), room: z.object({ no: z.string().optional() }).optional() }).optional(),
  tags: z.array(z.string()).optional(),
  grid: z.array(z.array(z.number())).optional(),
  people: z
    .array(z.object({ name: z.string(), seat: z.number().optional(), notes: z.array(z.string()).optional() }))
    .optional(),
  holes: z.array(z.string().nullable()).optional(),
  gaps: z.array(z.object({ a: z.number() }).nullable()).optional(),
  scores: z.record(z.string(), z.number()).optional(),
  nested: z.record(z.string(), z.record(z.string(), z.array(z.object({ x: z.string() })))).optional(),
  maps: z.array(z.record(z.string(), z.string())).optional(),
  blocks: z
    .array(
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('text'), text: z.string() }),
        z.object({
          type: z.literal('table'),
          rows: z.array(z.array(z.string())),
          widths: z.record(z.string(), z.number()),
        }),
      ]),
    )
    .optional(),
  either: z.union([z.string(), z.number(), z.object({ by: z.string() })]).optional(),
  free: z.unknown().optional(),
  frees: z.array(z.unknown()).optional(),
  lists: z.array(z.object({ id: z.string(), version: z.number(), items: z.array(z.string()) })).optional(),
  cubes: z.array(z.array(z.array(z.string().nullable()).nullable())).optional(),
  type: z.string().optional(),
});
type Deep = z.infer<typeof Deep>;

const plain = { empty: '', state: 'open', none: null, count: 0, done: false } as const;

const CASES: Record<string, Partial<Deep>> = {
  'nothing but what is required': {},
  'empty text in an enum, in arrays and in objects': { state: '', tags: [''], host: { unit: '' }, name: '' },
  'null where null may stand': { maybe: null, none: null, holes: ['a', null, ''], gaps: [null, { a: 1 }] },
  'empty containers': {
    tags: [],
    grid: [],
    people: [],
    scores: {},
    nested: {},
    maps: [],
    blocks: [],
    free: {},
  },
  'an empty optional object inside another': { host: { unit: 'u', room: {} } },
  'objects in arrays with and without their optional parts': {
    people: [{ name: '周敏' }, { name: '何清', seat: 0, notes: [] }],
  },
  'nested arrays, empty ones among them': { grid: [[], [1, -2.5], [0]] },
  'numbers at the edges': {
    count: -0.1,
    grid: [
      [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 5e-324, 1.7976931348623157e308, 2 ** 31, 2 ** 53],
    ],
  },
  'a negative zero becomes zero': { count: 0 },
  'three characters beyond the first plane': {
    name: '𠮷😀𠮷',
    tags: ['👩‍👩‍👧', 'e\u0301', '\u00e9', '\ufeff', ' \t\n '],
  },
  'text with NUL outside of indexes': { empty: 'a\0b', tags: ['\0'] },
  'maps with awkward keys': {
    scores: {
      'a.b': 1,
      $set: 2,
      '': 3,
      '2': 4,
      '1': 5,
      k: 6,
      v: 7,
      周敏: 8,
      constructor: 9,
      toString: 10,
      '%2e': 11,
    },
    nested: { 'x.y': { $where: [{ x: '1' }] }, empty: {} },
    maps: [{ 'a.b': 'c' }, {}],
  },
  'unions inside of arrays': {
    blocks: [
      { type: 'text', text: '' },
      { type: 'table', rows: [[], ['', '一']], widths: { 'col.1': 20, $x: 0 } },
    ],
  },
  'unions of unlike things': { either: { by: '陆远航' } },
  'a text in a union that looks like a number': { either: '1' },
  'a number in a union': { either: 1 },
  'anything in a free part': {
    free: [
      {
        'a.b': { $gt: 1, '%': '', '%2e': 0, '': 1 },
        _bsontype: 'ObjectId',
        _id: 5,
        constructor: 'x',
        toBSON: 1,
        toJSON: 'j',
        __v: 1,
        type: null,
        length: 3,
      },
      null,
      [[]],
      {},
      'x',
      1.5,
      true,
    ],
  },
  'arrays in arrays, free and typed': {
    frees: [[[]], [['a'], { items: [1] }], { '%[': 2 }, null, ['x']],
    cubes: [[], [null, [null, 'a'], []]],
  },
  'objects that look like a wrapped array': {
    lists: [
      { id: 'a', version: 0, items: ['x'] },
      { id: 'b', version: 9, items: [] },
    ],
  },
  'a free null and a field named type': { free: null, type: 'meeting' },
};

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
