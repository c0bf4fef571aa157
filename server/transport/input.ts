import { z } from 'zod';
import { AppError, type Failure } from '../../shared/errors.ts';
import type { Procedure } from '../../shared/procedure.ts';

type Kind = 'string' | 'number' | 'boolean' | 'other';
/** How one procedure's raw input becomes its typed input. */
export interface Reader {
  /** Converts path and query strings by declared type, before a parse that coerces nothing. */
  convert(strings: Record<string, string>): Record<string, unknown>;
  /** Strict: an unknown key is INVALID_INPUT. */
  parse(raw: unknown): unknown;
}

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

/** INVALID_INPUT with the fields at fault; the first one's reason and facts speak for the whole. */
export function invalidInput(error: z.ZodError): AppError {
  const fields = error.issues.slice(0, 20).map((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
    return { path: [...issue.path, ...keys].join('.'), reason: reasonOf(issue) };
  });
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

/** Joins path, query and body to one input; a key in two places is INVALID_INPUT. */
export function joinInput(...parts: readonly Record<string, unknown>[]): Record<string, unknown> {
  // Without a prototype, so that a key `__proto__` is an unknown key like any other.
  const joined = Object.create(null) as Record<string, unknown>;
  for (const part of parts) {
    for (const [key, value] of Object.entries(part)) {
      if (Object.hasOwn(joined, key)) {
        throw new AppError('INVALID_INPUT', 'input.twice', {
          fields: [{ path: key, reason: 'input.twice' }],
        });
      }
      joined[key] = value;
    }
  }
  return joined;
}
