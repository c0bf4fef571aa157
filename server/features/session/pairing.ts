import { randomInt } from 'node:crypto';
import { digest } from '../../platform/secrets.ts';

/** How long a code on a screen is good, in ms; then the screen shows another. */
export const CODE_LIFE = 120_000;
/** Screens that wait at a time; the oldest gives way, and asks again by itself. Of one address fewer, so that it cannot push out all. */
const MOST = 1000;
const MOST_OF_ONE = 100;

interface Waiting {
  code: string;
  network: string;
  /** ms since 1970 */
  until: number;
  /** '' until somebody has entered the code. */
  sessionId: string;
}

export interface PairingState {
  code: string;
  until: number;
  paired: boolean;
}

/**
 * Screens that show a code and wait. Each knows itself by a secret of its own, which stays in its page. Kept in memory: after a restart
 * a page asks again and shows another code.
 */
export function createPairing(now: () => number, draw = () => String(randomInt(100_000, 1_000_000))) {
  const waiting = new Map<string, Waiting>();
  const byCode = new Map<string, string>();

  function forget(key: string): void {
    const known = waiting.get(key);
    if (known && byCode.get(known.code) === key) byCode.delete(known.code);
    waiting.delete(key);
  }

  function makeRoom(network: string): void {
    for (const [key, { until }] of waiting) if (until <= now()) forget(key);
    const same = [...waiting].filter(([, each]) => each.network === network);
    if (same.length >= MOST_OF_ONE) forget(same[0]![0]);
    if (waiting.size >= MOST) forget(waiting.keys().next().value!);
  }

  function freeCode(): string {
    for (;;) {
      const code = draw();
      if (!byCode.has(code)) return code;
    }
  }

  const alive = (key: string): Waiting | undefined => {
    const known = waiting.get(key);
    return known && known.until > now() ? known : undefined;
  };

  return {
    /** The code that this page shows now: a new one when it has none that is still good. */
    of(secret: string, network: string): PairingState {
      const key = digest(secret);
      let known = alive(key);
      if (!known) {
        forget(key);
        makeRoom(network);
        known = { code: freeCode(), network, until: now() + CODE_LIFE, sessionId: '' };
        waiting.set(key, known);
        byCode.set(known.code, key);
      }
      return { code: known.code, until: known.until, paired: known.sessionId !== '' };
    },
    /** Uses the code up for this session; false when no screen shows it. */
    pair(code: string, sessionId: string): boolean {
      const known = alive(byCode.get(code) ?? '');
      if (!known || known.sessionId !== '') return false;
      byCode.delete(code);
      known.sessionId = sessionId;
      // Time for its page to ask, also over a slow network.
      known.until = now() + CODE_LIFE;
      return true;
    },
    /** The session for which the page's code was entered, told once; '' for none. */
    claim(secret: string): string {
      const key = digest(secret);
      const sessionId = alive(key)?.sessionId ?? '';
      if (sessionId !== '') forget(key);
      return sessionId;
    },
  };
}
