/** The closed table of everything that can go wrong, with the one HTTP status of each code. */
export const ERROR_STATUS = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  WRONG_STATE: 409,
  TOO_LARGE: 413,
  OUTDATED: 426,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/**
 * What a client is told. `reason` is a stable word that `labels.ts` translates (for example `name.taken`);
 * `facts` fill its sentence (who, when, which limit). `fields` names the inputs at fault by dotted path.
 */
export interface Failure {
  code: ErrorCode;
  reason: string;
  facts?: Record<string, string | number> | undefined;
  fields?: { path: string; reason: string }[] | undefined;
}

/** The one error that handlers throw on purpose; anything else becomes INTERNAL and is logged with its stack. */
export class AppError extends Error {
  readonly failure: Failure;
  constructor(code: ErrorCode, reason: string, more: Omit<Failure, 'code' | 'reason'> = {}) {
    super(`${code}: ${reason}`);
    this.name = 'AppError';
    this.failure = { code, reason, ...more };
  }
  get code(): ErrorCode {
    return this.failure.code;
  }
}

/** True for an AppError of this code. */
export function isError(error: unknown, code: ErrorCode): error is AppError {
  return error instanceof AppError && error.code === code;
}

/** True for the error that says: what is stored is not what was stored, and trying again does not mend it. */
export const isDamaged = (error: unknown): boolean =>
  error instanceof AppError && error.failure.reason === 'storage.damaged';

/** Closes the socket of a document that is damaged; like all 44xx it is not retried by itself. */
export const CLOSE_DAMAGED = 4422;

/** The WebSocket close code of an error: 44xx never comes back by itself, everything that retrying can mend is 4503. */
export function closeCode(code: ErrorCode): number {
  const status = ERROR_STATUS[code];
  return [401, 403, 404, 413, 426].includes(status) ? 4000 + status : 4503;
}
