/**
 * Raised when an older client would misread what a newer server sends, or the other way round.
 *   1  2026-11  the first one
 */
export const PROTOCOL_VERSION = 1;
