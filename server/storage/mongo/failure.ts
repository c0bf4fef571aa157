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

/** Runs one call of the engine; what means "not now" becomes UNAVAILABLE with the engine's own error as its cause. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
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
