import { z } from 'zod';

export const base = { id: z.string(), version: z.number().int() };

const Name = z.string().superRefine((text, issue) => {
  if ([...text].length > 3) issue.addIssue({ code: 'custom', message: 'text.long' });
});

export const Deep = z.object({
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
export type Deep = z.infer<typeof Deep>;

export const plain = { empty: '', state: 'open', none: null, count: 0, done: false } as const;

export const CASES: Record<string, Partial<Deep>> = {
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
