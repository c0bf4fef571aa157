import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Flight } from '../../server/platform/flight.ts';
import { createReader, invalidInput, queryStrings } from '../../server/transport/input.ts';
import { isWithin, mostTokens } from '../../server/transport/json-shape.ts';
import { decoderOf, TOO_MANY } from '../../server/transport/packets.ts';
import { createSeats } from '../../server/transport/seats.ts';
import { procedures } from '../../shared/contract/index.ts';

describe('the shape of JSON', () => {
  it.each<[string, number, boolean]>([
    ['{"a":1}', 3, true],
    ['{"a":1}', 2, false],
    ['{"a":"[[[[,,,,::::"}', 3, true],
    ['{"a":"\\"[[[["}', 3, true],
    ['{"a":"\\\\","b":[]}', 7, true],
    ['{"a":"\\\\","b":[]}', 6, false],
    ['"never ends [[[[', 0, true],
    ['[[[[', 3, false],
    ['', 0, true],
  ])('%s has at most %i tokens: %s', (text, tokens, right) => {
    expect(isWithin(text, tokens)).toBe(right);
  });

  it('is looked at no further than it has to be', () => {
    const text = `{${'"k":1,'.repeat(20_000)}`;
    let read = 0;
    const watched = {
      length: text.length,
      charCodeAt: (at: number) => {
        read = Math.max(read, at);
        return text.charCodeAt(at);
      },
      indexOf: (what: string, from: number) => text.indexOf(what, from),
    };
    expect(isWithin(watched as unknown as string, 100)).toBe(false);
    expect(read).toBeLessThan(400);
  });

  it.each([...procedures.keys()])('has room for the largest input of %s', (name) => {
    const { input } = procedures.get(name)!;
    const tokens = mostTokens(input);
    expect(tokens).toBeGreaterThanOrEqual(200);
    expect(tokens).toBeLessThan(60_000);
    expect(
      isWithin(
        JSON.stringify(largest(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as never)),
        tokens,
      ),
    ).toBe(true);
  });
});

type Schema = {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  maxItems?: number;
  anyOf?: Schema[];
};
/** A value with as many parts as the schema lets there be. */
function largest(schema: Schema): unknown {
  if (schema.anyOf) return largest(schema.anyOf[0]!);
  if (schema.properties)
    return Object.fromEntries(Object.entries(schema.properties).map(([key, each]) => [key, largest(each)]));
  if (schema.type === 'array')
    return Array.from({ length: schema.maxItems ?? 3 }, () => largest(schema.items ?? {}));
  return 'x,:[]{}';
}

describe('an answer to a wrong input', () => {
  const { parse } = createReader(procedures.get('identity.signIn')!);
  const refusal = (input: unknown) => {
    try {
      parse(input);
      return undefined;
    } catch (error) {
      return (error as { failure: { fields: { path: string }[] } }).failure;
    }
  };

  it('names five of the keys that nobody knows, with 40 characters each', () => {
    const keys = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`${n}`.padEnd(5_000, 'k'), 1]));
    const failure = refusal({ login: 'somebody', password: 'long enough 8', ...keys })!;
    expect(failure.fields).toHaveLength(5);
    for (const { path } of failure.fields) expect(path).toHaveLength(40);
    expect(JSON.stringify(failure).length).toBeLessThan(700);
  });

  it('names five wrong items of a list, whatever their number and depth', () => {
    const schema = z.object({ list: z.array(z.object({ a: z.number() })) });
    const { error } = schema.safeParse({ list: Array.from({ length: 500 }, () => ({ a: 'x' })) });
    expect(invalidInput(error!).failure.fields).toHaveLength(5);
  });

  it('cuts the name of a query that comes twice', () => {
    const twice = 'k'.repeat(7_000);
    expect(() => queryStrings(`/x?${twice}=1&${twice}=2`)).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({ fields: [{ path: 'k'.repeat(40), reason: 'input.twice' }] }),
      }),
    );
    expect(() => queryStrings(`/x?${'a&'.repeat(200)}`)).toThrow('input.many');
    expect(queryStrings('/x?a=1&b=%E7%A0%B4')).toEqual({ a: '1', b: '破' });
  });
});

describe('bytes under way', () => {
  it('are bounded for each payer and for all, and free when they are whole', () => {
    const flight = new Flight({ each: 100, all: 250 });
    const [a, b, c] = [flight.hold('a'), flight.hold('b'), flight.hold('c')];
    expect([a.grow(100), a.grow(1)]).toEqual([true, false]);
    a.drop();
    expect([a.grow(100), b.grow(100), c.grow(50)]).toEqual([true, true, true]);
    expect(c.grow(1)).toBe(false);
    expect(flight.hold('d').grow(0)).toBe(false);
    for (const each of [a, a, b, c]) each.drop();
    expect(flight.bytes).toBe(0);
    expect(flight.hold('a').grow(100)).toBe(true);
  });
  it('of one payer in two messages count together', () => {
    const flight = new Flight({ each: 100, all: 1_000 });
    expect([flight.hold('a').grow(60), flight.hold('a').grow(60)]).toEqual([true, false]);
  });
});

describe('sockets of one person', () => {
  it('are capped: the oldest of the device that has the most goes', () => {
    const seats = createSeats(4);
    const ended: string[] = [];
    const enter = (tokenId: string, name: string) =>
      seats.enter({ personId: 'p', tokenId }, () => ended.push(name));
    enter('honest', 'honest 1');
    for (const n of [1, 2, 3, 4, 5]) enter('other', `other ${n}`);
    expect(ended).toEqual(['other 1', 'other 2']);
    enter('honest', 'honest 2');
    expect(ended).toEqual(['other 1', 'other 2', 'other 3']);
  });
  it('that have left make room, and others do not count', () => {
    const seats = createSeats(2);
    const ended: string[] = [];
    const enter = (personId: string, name: string) =>
      seats.enter({ personId, tokenId: personId }, () => ended.push(name));
    const [leave] = [
      enter('p', 'p1'),
      enter('p', 'p2'),
      enter('q', 'q1'),
      enter('', 'nobody'),
      enter('', 'nobody'),
    ];
    leave!();
    enter('p', 'p3');
    expect(ended).toEqual([]);
    enter('p', 'p4');
    expect(ended).toEqual(['p2']);
  });
});

describe('packets of Socket.IO', () => {
  const taken = new Map([
    ['/', { events: new Map([['say', 10]]), attachments: 0 as const }],
    ['/docs', { events: new Map([['frame', 10]]), attachments: 1 as const }],
  ]);
  const Decoder = decoderOf(taken, 3);
  function hearing() {
    const decoder = new Decoder();
    const heard: unknown[] = [];
    decoder.on('decoded', ({ type, nsp, data, id }) => heard.push([type, nsp, data, id]));
    return { decoder, heard };
  }

  it('that are right are read', () => {
    const { decoder, heard } = hearing();
    decoder.add('0{"protocol":2}');
    decoder.add('27["say",{"a":[1]}]');
    decoder.add('51-/docs,["frame",1,{"_placeholder":true,"num":0}]');
    decoder.add(Buffer.from([1, 2]));
    decoder.add('1/docs,');
    expect(heard).toEqual([
      [0, '/', { protocol: 2 }, undefined],
      [2, '/', ['say', { a: [1] }], 7],
      [2, '/docs', ['frame', 1, Buffer.from([1, 2])], undefined],
      [1, '/docs', undefined, undefined],
    ]);
  });

  it('of an unknown event are heard without being read, three times', () => {
    const { decoder, heard } = hearing();
    for (let n = 0; n < 3; n++) decoder.add('21["shout",{"a":1}]');
    expect(heard).toEqual(Array(3).fill([2, '/', ['shout'], 1]));
    expect(() => decoder.add('2["shout"]')).toThrow('nonsense');
  });

  it('with more parts than there can be are not read', () => {
    const { decoder, heard } = hearing();
    decoder.add(`25["say",[${'1,'.repeat(100_000)}1]]`);
    expect(heard).toEqual([[2, '/', ['say', TOO_MANY], 5]]);
  });

  it('with binary parts lose them where none are taken', () => {
    const { decoder, heard } = hearing();
    decoder.add('52-9["say",{"_placeholder":true,"num":0}]');
    decoder.add(Buffer.alloc(10));
    expect(() => decoder.add('2["say"]')).toThrow('binary part');
    decoder.add(Buffer.alloc(10));
    expect(() => decoder.add(Buffer.alloc(10))).toThrow('binary part of nothing');
    expect(heard).toEqual([[2, '/', ['say', { _placeholder: true, num: 0 }], 9]]);
  });

  it.each([
    ['two binary parts of a document', '52-/docs,["frame",1,{"_placeholder":true,"num":0}]'],
    ['eleven binary parts', '511-["say"]'],
    ['a binary event without a part', '50-["say"]'],
    ['an answer to nothing', '31[1]'],
    ['a refusal', '4{"message":"x"}'],
    ['an event for nobody', '2/nowhere,["say"]'],
    ['a name of a namespace that goes on and on', `0/${'n'.repeat(200)}`],
    ['a greeting of 5 KB', `0{"a":"${'x'.repeat(5_000)}"}`],
    ['no packet', 'x'],
    ['nothing', ''],
    ['a farewell with words', '1["x"]'],
  ])('%s ends the line', (_what, packet) => {
    const { decoder, heard } = hearing();
    expect(() => decoder.add(packet)).toThrow();
    expect(heard).toEqual([]);
  });

  it('that come in again and again end the line', () => {
    const { decoder } = hearing();
    expect(() => {
      for (let n = 0; n < 100; n++) decoder.add('0');
    }).toThrow('too much to come in');
  });
});
