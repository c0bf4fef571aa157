import type { z } from 'zod';

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
}

/** Declares a collection. Name: lower case, digits, underscore. */
export function defineCollection<R extends Stored>(
  name: string,
  shape: z.ZodType<R>,
  indexes: Readonly<Record<string, Index<R>>> = {},
): Collection<R> {
  if (!/^[a-z][a-z0-9_]{1,40}$/.test(name)) throw new Error(`collection name ${name}`);
  return { name, shape, indexes };
}
