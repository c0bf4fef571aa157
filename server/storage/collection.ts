import type { z } from 'zod';
import { defaulted } from './form.ts';

/** What every record has. `version` starts at 1 and grows by one with each replace. */
export interface Stored {
  id: string;
  version: number;
}

/** `fields` are required scalars of the record; the last one orders a list. `id` may be the last field. */
export interface Index<R extends Stored> {
  fields: readonly (keyof R & string)[];
  unique?: boolean;
}

/** A kind of record, defined once: engines derive tables, schemas and indexes from it. */
export interface Collection<R extends Stored> {
  name: string;
  /** Full schema of a record, `id` and `version` included. */
  shape: z.ZodType<R>;
  indexes: Readonly<Record<string, Index<R>>>;
  /** Indexed fields that older records lack, each with the number of the migration that writes their default into them. */
  filled: Readonly<Record<string, number>>;
}

/**
 * Declares a collection. Name: lower case, digits, underscore. A field with a default may stand in an index only when `filled` gives
 * the number of its migration: no index finds what a record does not hold, so that older records would be hidden (rule R17).
 */
export function defineCollection<R extends Stored>(
  name: string,
  shape: z.ZodType<R>,
  indexes: Readonly<Record<string, Index<R>>> = {},
  filled?: Readonly<{ [field in keyof R & string]?: number }>,
): Collection<R> {
  if (!/^[a-z][a-z0-9_]{1,40}$/.test(name)) throw new Error(`collection name ${name}`);
  const late = defaulted(shape);
  for (const [index, { fields }] of Object.entries(indexes) as [string, Index<R>][])
    for (const field of fields)
      if (late.has(field) && filled?.[field] === undefined)
        throw new Error(`index ${name}.${index}: ${field} has a default, so a migration must fill it`);
  return { name, shape, indexes, filled: (filled ?? {}) as Record<string, number> };
}
