/**
 * A browser has six connections for a host, and every page over long-polling holds one or two of them all the time: seven open pages
 * and nothing works any more. So a page that nobody sees gives its held lines up and asks from time to time.
 */
export const UNSEEN = {
  /** How often it asks. */
  askMs: 10_000,
  /** How long a line must have been quiet before it is given up. */
  quietMs: 2_000,
} as const;

export const unseen = (): boolean => globalThis.document?.visibilityState === 'hidden';

/** Calls when the page comes into sight or leaves it; returns how to stop. */
export function onSight(then: () => void): () => void {
  globalThis.document?.addEventListener('visibilitychange', then);
  globalThis.window?.addEventListener('pageshow', then);
  return () => {
    globalThis.document?.removeEventListener('visibilitychange', then);
    globalThis.window?.removeEventListener('pageshow', then);
  };
}
