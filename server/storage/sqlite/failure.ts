import { AppError } from '../../../shared/errors.ts';

// Primary result codes of SQLite that mean: the file cannot be used right now.
const AWAY = new Set([
  5 /* BUSY */, 6 /* LOCKED */, 8 /* READONLY */, 10 /* IOERR */, 13 /* FULL */, 14 /* CANTOPEN */,
]);

function primaryCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
}

const closed = (error: unknown) => error instanceof Error && /not open|closed/i.test(error.message);

/** Runs one call of the engine; what means "not now" becomes UNAVAILABLE with the engine's own error as its cause. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (!AWAY.has(primaryCode(error) ?? 0) && !closed(error)) throw error;
    throw Object.assign(new AppError('UNAVAILABLE', 'storage.away'), { cause: error });
  }
}

/** What a violated constraint names: an index (its name in the file) or the id; undefined for any other error. */
export function violated(error: unknown): { index?: string } | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  if (code !== 1555 /* PRIMARYKEY */ && code !== 2067 /* UNIQUE */) return undefined;
  const index = /index '([^']+)'/.exec((error as Error).message)?.[1];
  return index === undefined ? {} : { index };
}
