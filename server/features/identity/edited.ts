import { isDeepStrictEqual } from 'node:util';
import { AppError, isError } from '../../../shared/errors.ts';
import type { Collection } from '../../storage/collection.ts';
import type { RecordStore, Stored } from '../../storage/port.ts';

/** What people edit in a form says who was the last, for who comes too late. */
export interface Edited extends Stored {
  editedBy: string;
  editedAt: string;
}

/** The version that the form showed, and who sends it when. */
export interface Edit {
  version: number;
  by: string;
  at: string;
}

const late = ({ editedBy, editedAt }: Edited) =>
  new AppError('CONFLICT', 'edit.late', { facts: { by: editedBy, at: editedAt } });

/**
 * Replaces a record by what `change` makes of it, if nobody has edited it since the form was opened. Who is late gets
 * CONFLICT `edit.late` {by, at}; the same edit sent twice is done once. NOT_FOUND `unknown` when there is none.
 */
export async function editRecord<R extends Edited>(
  records: RecordStore,
  c: Collection<R>,
  id: string,
  edit: Edit & { unknown: string },
  change: (record: R) => R,
): Promise<R> {
  const record = await records.get(c, id);
  if (!record) throw new AppError('NOT_FOUND', edit.unknown);
  const next = change(record);
  if (record.version !== edit.version) {
    if (record.version === edit.version + 1 && isDeepStrictEqual(next, record)) return record;
    throw late(record);
  }
  try {
    return await records.replace(c, { ...next, editedBy: edit.by, editedAt: edit.at });
  } catch (error) {
    const winner = isError(error, 'CONFLICT') && error.failure.reason === 'record.version';
    const now = winner ? await records.get(c, id) : undefined;
    throw now ? late(now) : error;
  }
}

/** Turns the store's "this unique index is taken" into the slice's own word. */
export async function unlessTaken<T>(reason: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isError(error, 'CONFLICT') || error.failure.reason !== 'record.index') throw error;
    throw new AppError('CONFLICT', reason, { fields: [{ path, reason }] });
  }
}
