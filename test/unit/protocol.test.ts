import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LIVE_EVENTS } from '../../shared/contract/events.ts';
import { contract } from '../../shared/contract/index.ts';
import { Entry, SessionState } from '../../shared/log.ts';
import { PINNED_SCHEMAS } from '../../shared/pinned-schemas.ts';
import type { Slice } from '../../shared/procedure.ts';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' });

/** Everything a client can notice of a procedure; what it leaves in the audit is no affair of the wire. */
const linesOf = (slice: Slice): unknown =>
  mapped(slice, ({ input, output, audit: _, ...line }) => ({
    ...line,
    input: schemaOf(input, 'input'),
    output: schemaOf(output, 'output'),
  }));

const mapped = <T>(all: Readonly<Record<string, T>>, to: (one: T) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(all).map(([key, one]) => [key, to(one)]));

/** Without the order in which things are declared: to move them is no change. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unordered).sort((a, b) => (inWords(a) < inWords(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(mapped(value as Record<string, unknown>, unordered)).sort());
}
const inWords = (value: unknown): string => JSON.stringify(value);

const digestOf = (told: unknown): string => hash('sha256', inWords(unordered(told))).slice(0, 16);

function digests(): Record<string, string> {
  const slices = Object.entries(contract).map(([name, slice]) => [name, digestOf(linesOf(slice))]);
  const events = mapped(LIVE_EVENTS, (event) => schemaOf(event, 'output'));
  const log = [Entry, SessionState].map((each) => schemaOf(each, 'output'));
  return Object.fromEntries([...slices, ['events', digestOf(events)], ['log', digestOf(log)]]);
}

describe('the schemas of the wire', () => {
  test('are those that the protocol version stands for (the rule is in shared/pinned-schemas.ts)', () => {
    expect(PINNED_SCHEMAS).toEqual(digests());
  });

  test('a digest tells of a field, of its limit and of its being optional', () => {
    const of = (shape: z.ZodRawShape) => digestOf(schemaOf(z.object(shape), 'input'));
    const told = [
      of({ id: z.string() }),
      of({ id: z.string(), more: z.string() }),
      of({ id: z.string(), more: z.string().optional() }),
      ...[60, 120].map((max) => of({ id: z.string().max(max) })),
      of({ id: z.enum(['a', 'b']) }),
      of({ id: z.enum(['a', 'b', 'c']) }),
    ];
    expect(new Set(told).size).toBe(told.length);
  });
});
