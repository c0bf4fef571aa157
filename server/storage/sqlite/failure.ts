import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../../shared/errors.ts';
import type { Damages } from '../damage.ts';

const BUSY = 5;
// Primary result codes of SQLite that mean: the file cannot be used right now.
const AWAY = new Set([
  BUSY,
  6 /* LOCKED */,
  8 /* READONLY */,
  10 /* IOERR */,
  13 /* FULL */,
  14 /* CANTOPEN */,
]);
/** Milliseconds to wait for another process (backup, admin link) that holds the write lock. */
export const PATIENCE = 5_000;
/** Between tries: they cost next to nothing, and nobody else has to wait for them. */
const MOST_PAUSE = 40;

/** SQLite's own words for a code: the package for older Node leaves the code out where rows are read. */
const WORDS: readonly [RegExp, number][] = [
  [/^database is locked/, BUSY],
  [/^attempt to write a readonly database/, 8],
  [/^disk I\/O error/, 10],
  [/^database disk image is malformed/, 11],
  [/^database or disk is full/, 13],
  [/^unable to open database file/, 14],
  [/^file is not a database/, 26],
];

/** The primary result code of SQLite behind an error; undefined for any other error. */
export function primaryCode(error: unknown): number | undefined {
  const { errcode, message } = (error ?? {}) as { errcode?: unknown; message?: string };
  if (typeof errcode === 'number') return errcode & 0xff;
  return WORDS.find(([words]) => words.test(message ?? ''))?.[1];
}

const closed = (error: unknown) => error instanceof Error && /not open|closed/i.test(error.message);

/** Runs one call of the engine; what means "not now" becomes UNAVAILABLE with the engine's own error as its cause. */
export function atOnce<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (!AWAY.has(primaryCode(error) ?? 0) && !closed(error)) throw error;
    throw Object.assign(new AppError('UNAVAILABLE', 'storage.away'), { cause: error });
  }
}

const isBusy = (error: unknown) =>
  error instanceof AppError && primaryCode((error as { cause?: unknown }).cause) === BUSY;

const isCorrupt = (error: unknown) => [11 /* CORRUPT */, 26 /* NOTADB */].includes(primaryCode(error) ?? 0);

/** Runs one call of the engine, see `patiently`. */
export type Run = <T>(work: () => T) => Promise<T>;

/**
 * The same, and while another process holds the lock it is tried again for `patience` ms, without holding up this one. `work` must
 * leave nothing behind when it fails. The first try is made at once. With `damages`, pages of the file that cannot be read are noted, and
 * the call is refused as damaged.
 */
export const patiently =
  (patience = PATIENCE, damages?: Damages): Run =>
  async (work) => {
    const until = performance.now() + patience;
    for (let pause = 1; ; pause = Math.min(2 * pause, MOST_PAUSE)) {
      try {
        return atOnce(work);
      } catch (error) {
        if (damages && isCorrupt(error))
          throw damages.note({ kind: 'file', place: '', id: 'poli.db', why: String(error) });
        if (!isBusy(error) || performance.now() > until) throw error;
      }
      await wait(pause);
    }
  };

/** What a violated constraint names: an index (its name in the file) or the id; undefined for any other error. */
export function violated(error: unknown): { index?: string } | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  if (code !== 1555 /* PRIMARYKEY */ && code !== 2067 /* UNIQUE */) return undefined;
  const index = /index '([^']+)'/.exec((error as Error).message)?.[1];
  return index === undefined ? {} : { index };
}
