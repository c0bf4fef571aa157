import { AppError, type Failure } from '../../shared/errors.ts';
import { wallNow } from './clock.ts';

const RELOADED = 'poli.reloaded';

/** What to tell a person about anything that was thrown. */
export function failureOf(error: unknown): Failure {
  return error instanceof AppError ? error.failure : { code: 'INTERNAL', reason: 'page.broken' };
}

/**
 * Loads the page anew because the program behind it has changed; what is being typed is kept. Once a minute at most: a
 * server that goes on saying so must not make the page blink for ever.
 */
export function reloadOnce(): boolean {
  // Without a network a reload would leave nothing on the screen.
  if (!navigator.onLine) return false;
  try {
    // A clock that was set back meanwhile must not forbid it for as long.
    const since = wallNow() - Number(sessionStorage.getItem(RELOADED) ?? 0);
    if (since >= 0 && since < 60_000) return false;
    sessionStorage.setItem(RELOADED, String(wallNow()));
  } catch {
    return false;
  }
  location.reload();
  return true;
}

/** For a part of the page that did not come: an older build's is mended by a reload, a silent server's would be lost by it. */
export async function reloadIfServed(): Promise<void> {
  const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => undefined);
  if (answer?.ok) reloadOnce();
}

/** Called with every failure of a call; a page older than the server is loaded anew. */
export function noticeFailure(error: unknown): void {
  if (error instanceof AppError && error.code === 'OUTDATED') reloadOnce();
}
