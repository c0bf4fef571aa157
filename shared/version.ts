/**
 * Raised when an older client would misread what a newer server sends, or the other way round; `pinned-schemas.ts` says when
 * that is. A page of another number is told OUTDATED and loads itself anew, what is unsent kept.
 *   1  2026-11  the first one
 *   2  2026-11  events carry what has changed; meetings come as cards in pages; a room says of what kind it is
 *   3  2026-11  what is said is marked for the minutes
 */
export const PROTOCOL_VERSION = 3;
