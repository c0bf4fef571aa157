import { AppError } from '../../shared/errors.ts';
import type { Collection } from './collection.ts';
import { plainJson } from './json.ts';
import { wellFormed } from './limits.ts';
import type { Stored } from './port.ts';

/** Above this weight a record is refused by every engine, so that none of them meets its own limit (MongoDB: 16 MB). */
export const MOST_WEIGHT = 12 * 1024 * 1024;

const invalid = (c: string, path: string, reason: string) =>
  new AppError('INVALID_INPUT', 'record.shape', { facts: { collection: c }, fields: [{ path, reason }] });

/**
 * The last check before an engine writes: parses the record by its collection's shape and gives back the plain JSON that will be
 * stored. INVALID_INPUT for what the shape refuses, for keys it does not name, for lone surrogates (BSON would change them) and for
 * an index field that an engine could not compare; TOO_LARGE above 12 MiB.
 */
export function accept<R extends Stored>(c: Collection<R>, value: unknown): R {
  const parsed = c.shape.safeParse(value);
  if (!parsed.success) {
    const fields = parsed.error.issues
      .slice(0, 10)
      .map((i) => ({ path: i.path.join('.'), reason: i.message }));
    throw new AppError('INVALID_INPUT', 'record.shape', { facts: { collection: c.name }, fields });
  }
  const { json, bytes } = plainJson(parsed.data, value, (path, reason) => invalid(c.name, path, reason));
  const record = json as R;
  if (bytes > MOST_WEIGHT)
    throw new AppError('TOO_LARGE', 'record.large', { facts: { collection: c.name, max: MOST_WEIGHT } });
  checkIndexed(c, record);
  return record;
}

function checkIndexed<R extends Stored>(c: Collection<R>, record: R): void {
  for (const { fields } of Object.values(c.indexes))
    for (const field of fields) checkScalar(c.name, field, record[field]);
  checkScalar(c.name, 'id', record.id);
}

/**
 * What an index compares: text without NUL of at most 300 code units, whole numbers, booleans. (SQLite cuts text at NUL and reads a
 * fraction from JSON a bit off; MongoDB and SQLite agree on all that is left.)
 */
export function checkScalar(
  c: string,
  field: string,
  value: unknown,
  kind: string = typeof value,
): asserts value is string | number | boolean {
  if (typeof value !== kind) throw invalid(c, field, `not a ${kind}`);
  if (typeof value === 'string') {
    if (value.includes('\0')) throw invalid(c, field, 'text.nul');
    if (value.length > 300) throw invalid(c, field, 'text.long');
    if (!wellFormed(value)) throw invalid(c, field, 'text.surrogate');
  } else if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw invalid(c, field, 'number.whole');
  } else if (typeof value !== 'boolean') throw invalid(c, field, 'index.scalar');
}
