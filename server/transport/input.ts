import { z } from 'zod';
import { AppError, type Failure } from '../../shared/errors.ts';
import type { Procedure } from '../../shared/procedure.ts';
import { mostTokens } from './json-shape.ts';

type Kind = 'string' | 'number' | 'boolean' | 'other';

/** Faults that an answer names, and how much of a name that the caller made up it repeats. */
const MOST_NAMED = 5;
const NAME_SHOWN = 40;
/** Names in a query string: more than any procedure knows. */
const MOST_IN_QUERY = 60;

/** How one procedure's raw input becomes its typed input. */
export interface Reader {
  /** Converts path and query strings by declared type, before a parse that coerces nothing. */
  convert(strings: Record<string, string>): Record<string, unknown>;
  /** Strict: an unknown key is INVALID_INPUT. */
  parse(raw: unknown): unknown;
  /** How many tokens of JSON an input may have before it is read at all. */
  readonly tokens: number;
}

const twice = (key: string): AppError =>
  new AppError('INVALID_INPUT', 'input.twice', { fields: [{ path: shown(key), reason: 'input.twice' }] });

/** More than this is no input of this procedure: it is not read. */
export const tooMany = (): AppError => new AppError('INVALID_INPUT', 'input.many');

function kindOf(schema: unknown): Kind {
  const type = (schema as { type?: string } | undefined)?.type;
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'boolean' || type === 'string' ? type : 'other';
}

function convertOne(kind: Kind | undefined, text: string): unknown {
  if (kind === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function reasonOf(issue: z.core.$ZodIssue): string {
  const own = /^[a-z]+(\.[a-z-]+)+$/.test(issue.message);
  return own ? issue.message : `input.${issue.code}`;
}

const shown = (name: PropertyKey): string => String(name).slice(0, NAME_SHOWN);

/** The names at fault in one issue: the keys that nobody knows, each by itself, or the one place. */
function pathsOf(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(shown);
  if (issue.code !== 'unrecognized_keys') return [path.join('.')];
  return issue.keys.slice(0, MOST_NAMED).map((key) => [...path, shown(key)].join('.'));
}

/** INVALID_INPUT with the first fields at fault; the first one's reason and facts speak for the whole. */
export function invalidInput(error: z.ZodError): AppError {
  const fields = error.issues
    .slice(0, MOST_NAMED)
    .flatMap((issue) => pathsOf(issue).map((path) => ({ path, reason: reasonOf(issue) })))
    .slice(0, MOST_NAMED);
  const params = (error.issues[0] as { params?: Record<string, string | number> } | undefined)?.params;
  const more: Omit<Failure, 'code' | 'reason'> = { fields };
  if (params) more.facts = params;
  return new AppError('INVALID_INPUT', fields[0]?.reason ?? 'input.wrong', more);
}

export function createReader(procedure: Procedure): Reader {
  const schema = (procedure.input as z.ZodObject).strict();
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const kinds = new Map(Object.entries(described.properties ?? {}).map(([key, s]) => [key, kindOf(s)]));
  return {
    tokens: mostTokens(schema),
    convert: (strings) =>
      Object.fromEntries(
        Object.entries(strings).map(([key, text]) => [key, convertOne(kinds.get(key), text)]),
      ),
    parse(raw) {
      const parsed = schema.safeParse(raw ?? {});
      if (!parsed.success) throw invalidInput(parsed.error);
      return parsed.data;
    },
  };
}

/** The query of an address by name. INVALID_INPUT when a name comes twice, or more come than there can be. */
export function queryStrings(address: string): Record<string, string> {
  const at = address.indexOf('?');
  if (at < 0) return {};
  if (!hasFew(address, '&', at, MOST_IN_QUERY)) throw tooMany();
  const strings = Object.create(null) as Record<string, string>;
  for (const [key, value] of new URLSearchParams(address.slice(at + 1))) {
    if (Object.hasOwn(strings, key)) throw twice(key);
    strings[key] = value;
  }
  return strings;
}

function hasFew(text: string, mark: string, from: number, most: number): boolean {
  let at = from;
  for (let left = most; left > 0; left--) {
    at = text.indexOf(mark, at + 1);
    if (at < 0) return true;
  }
  return false;
}

/** Joins path, query and body to one input; a key in two places is INVALID_INPUT. */
export function joinInput(...parts: readonly Record<string, unknown>[]): Record<string, unknown> {
  // Without a prototype, so that a key `__proto__` is an unknown key like any other.
  const joined = Object.create(null) as Record<string, unknown>;
  for (const part of parts) {
    for (const [key, value] of Object.entries(part)) {
      if (Object.hasOwn(joined, key)) throw twice(key);
      joined[key] = value;
    }
  }
  return joined;
}
