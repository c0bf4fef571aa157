import { AppError, isError } from '../../shared/errors.ts';
import type { Collection } from './collection.ts';
import type { RecordStore, Stored } from './port.ts';

/** Tries before a record counts as too busy. Each lost try means that somebody else's change went through. */
const MOST_TRIES = 20;

/**
 * Reads the record, applies the pure function `change`, replaces it, and does so again when somebody was faster. `change` returns the
 * new record, or undefined to leave it as it is; what it throws comes out. Gives back the record as stored. Errors: NOT_FOUND when it
 * is missing, CONFLICT `record.busy` after 20 lost tries, CONFLICT `record.index` when the new record takes another's unique key.
 */
export async function modify<R extends Stored>(
  records: RecordStore,
  c: Collection<R>,
  id: string,
  change: (record: R) => R | undefined,
): Promise<R> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const record = await records.get(c, id);
    if (!record) throw new AppError('NOT_FOUND', 'record.gone', { facts: { id } });
    const { version } = record;
    const changed = change(record);
    if (!changed) return record;
    try {
      return await records.replace(c, { ...changed, id, version });
    } catch (error) {
      if (!isError(error, 'CONFLICT') || error.failure.reason !== 'record.version') throw error;
    }
  }
  throw new AppError('CONFLICT', 'record.busy', { facts: { id } });
}
