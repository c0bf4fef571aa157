import { Aside, AsideFailure, asideFile } from '../../platform/aside.ts';
import { type Chosen, type Roster, refused } from './roster-problem.ts';
import type { RosterInput } from './roster-worker.ts';

/** A roster of 5,000 people takes 0.2 s and 30 MB; whatever needs much more is no roster. */
const LIMITS = { heapMb: 192, ms: 5000, waiting: 8, most: 8, idleMs: 0 };

const WHY = { time: 'roster.too-slow', memory: 'roster.too-large' } as const;

export interface RosterReader {
  /** As `readRoster`, on a thread of its own. UNAVAILABLE `work.busy` while too many others import. */
  read(bytes: Uint8Array, fileName: string, chosen?: Chosen): Promise<Roster>;
  close(): Promise<void>;
}

export function createRosterReader(limits: Partial<typeof LIMITS> = {}): RosterReader {
  const aside = new Aside<RosterInput, Roster>(asideFile(import.meta.url, 'roster-worker'), {
    ...LIMITS,
    ...limits,
  });
  return {
    async read(bytes, fileName, chosen = new Map()) {
      try {
        return await aside.run({ bytes, fileName, chosen });
      } catch (error) {
        if (!(error instanceof AsideFailure) || error.why === 'crash') throw error;
        return refused(WHY[error.why]);
      }
    },
    close: () => aside.close(),
  };
}
