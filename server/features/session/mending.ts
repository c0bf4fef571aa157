import { isDamaged } from '../../../shared/errors.ts';

/** Remembers in which sessions nothing is left undone between log, record and list. */
export interface Mending {
  /** Runs `mend` unless it has run in this process and nothing has failed since. */
  ensure(sessionId: string, mend: () => Promise<void>): Promise<void>;
  /** Runs what a command does after its entry; when that fails, the next opening mends, also if nobody tries again. */
  finish<T>(sessionId: string, steps: () => Promise<T>): Promise<T>;
}

/** What is damaged cannot be mended by repeating: it is refused where it is asked for, and the meeting goes on without. */
function unlessDamaged(error: unknown): void {
  if (!isDamaged(error)) throw error;
}

export function createMending(): Mending {
  const mended = new Map<string, Promise<void>>();
  const forgetting = async <T>(sessionId: string, steps: () => Promise<T>): Promise<T> => {
    try {
      return await steps();
    } catch (error) {
      mended.delete(sessionId);
      throw error;
    }
  };
  return {
    ensure(sessionId, mend) {
      const under = mended.get(sessionId) ?? forgetting(sessionId, mend).catch(unlessDamaged);
      mended.set(sessionId, under);
      return under;
    },
    finish: forgetting,
  };
}
