import { z } from 'zod';

interface Described {
  type?: string | string[];
  properties?: Record<string, Described>;
  additionalProperties?: Described | boolean;
  items?: Described;
  maxItems?: number;
  anyOf?: Described[];
  oneOf?: Described[];
  allOf?: Described[];
}

/** Where a schema says nothing about how many there may be. */
const UNBOUNDED = 1_000;
/** For input that is a little wrong: it is told what is wrong with it, field by field. */
const SLACK = 200;
/** Keys, values and brackets of one value are some tokens each. */
const TOKENS_PER_VALUE = 4;

const sum = (numbers: number[]): number => numbers.reduce((all, each) => all + each, 0);

/** How many values something of this form may consist of, at most. */
function valuesOf(schema: Described | boolean | undefined): number {
  if (typeof schema !== 'object') return 1;
  const { properties = {}, additionalProperties, items, maxItems = UNBOUNDED } = schema;
  const choices = [schema.anyOf, schema.oneOf].map((some) => Math.max(0, ...(some ?? []).map(valuesOf)));
  const open = typeof additionalProperties === 'object' ? UNBOUNDED * valuesOf(additionalProperties) : 0;
  return (
    1 +
    sum(Object.values(properties).map(valuesOf)) +
    open +
    (items ? maxItems * valuesOf(items) : 0) +
    sum(choices) +
    sum((schema.allOf ?? []).map(valuesOf))
  );
}

/** How many tokens the JSON text of a right input has at most, with room for input that is a little wrong. */
export function mostTokens(schema: z.ZodType): number {
  return (
    SLACK +
    TOKENS_PER_VALUE * valuesOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Described)
  );
}

const QUOTE = 34;
const BACKSLASH = 92;
const isToken = (code: number): boolean =>
  code === 44 || code === 58 || code === 91 || code === 123 || code === 93 || code === 125;

/** The place behind the string that begins after `at`, or -1 where it does not end. */
function behindString(text: string, at: number): number {
  for (let from = at; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return -1;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH && quote - 1 - slashes >= at) slashes++;
    if (slashes % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}

/**
 * True when a JSON text has no more than so many commas, colons and brackets outside of strings: what it costs to read and check is
 * then bounded, however long it is. Looks no further than it has to and makes nothing; whether it is JSON it does not say.
 */
export function isWithin(text: string, tokens: number, from = 0): boolean {
  let left = tokens;
  for (let at = from; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = behindString(text, at + 1);
      if (at < 0) return true;
      continue;
    }
    if (isToken(code) && --left < 0) return false;
    at++;
  }
  return true;
}
