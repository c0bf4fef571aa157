import { AppError } from '../../../shared/errors.ts';

// By name: the driver's classes are not re-exported one by one, and mongoose wraps some.
const AWAY =
  /^(Mongo(ose)?ServerSelectionError|MongoNetwork\w*|MongoNotConnectedError|MongoTopologyClosedError|MongoPool\w*|MongoExpiredSessionError|MongoClientClosedError|MongoWriteConcernError|MongoOperationTimeoutError|DisconnectedError)$/;
// Now and then a socket's own error comes through as it is.
const SOCKET = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
]);
// Not primary, shutting down, interrupted, time limit: the server will be back.
const CODES = new Set([
  6, 7, 50, 63, 64, 89, 91, 100, 150, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436,
]);

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, writeErrors } = error as { code?: unknown; writeErrors?: unknown[] };
  // The driver wraps whatever cut a batch short; a batch that the server answered has codes or refused documents.
  if (error.name === 'MongoBulkWriteError' && code === undefined && writeErrors?.length === 0) return true;
  if (AWAY.test(error.name) || (typeof code === 'number' && CODES.has(code))) return true;
  if (typeof code === 'string' && SOCKET.has(code)) return true;
  // Calls on a connection that is down or was closed; mongoose throws these as plain errors.
  return /initial connection is complete if `bufferCommands|must be connected|Connection was force closed|client was closed/i.test(
    error.message,
  );
}

/**
 * Milliseconds until a command that the server neither answers nor refuses is given up (PROMISES R12: everything is stored 10 s after
 * the server's return; so this and one more try must fit in there).
 */
export const COMMAND_MS = 8_000;
/** Indexes may take their time; a socket may be silent for so long. */
export const INDEX_MS = 120_000;
/** More for many bytes: 1 s for each MiB. */
export const patienceFor = (bytes: number) => COMMAND_MS + bytes / 1024;

const gaveUp = (ms: number) =>
  Object.assign(new Error(`no answer within ${ms} ms; whether it was done is not known`), {
    name: 'MongoOperationTimeoutError',
  });

/**
 * The driver's own bound is the silence of a socket, and that is a long one, since an index is made by one silent command. What comes
 * late is dropped: it may have been done.
 */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(gaveUp(ms)), ms);
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * Runs one call of the engine; what means "not now" becomes UNAVAILABLE with the engine's own error as its cause, and so does silence
 * for `ms` milliseconds.
 */
export async function guarded<T>(work: () => Promise<T>, ms = COMMAND_MS): Promise<T> {
  try {
    return await within(ms, work());
  } catch (error) {
    if (error instanceof AppError || !isAway(error)) throw error;
    throw Object.assign(new AppError('UNAVAILABLE', 'storage.away'), { cause: error });
  }
}

/** The position of the refused document if this is a duplicate key error, else undefined. */
export function duplicateAt(error: unknown): number | undefined {
  const { code, message, writeErrors } = error as {
    code?: unknown;
    message?: string;
    writeErrors?: { index: number }[];
  };
  // FerretDB lets its SQLite's own words through when an update meets a unique index.
  if (code !== 11000 && !/UNIQUE constraint failed/.test(message ?? '')) return undefined;
  return writeErrors?.[0]?.index ?? 0;
}
