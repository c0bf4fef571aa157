import { Aside, AsideFailure, asideFile } from '../../platform/aside.ts';
import type { Roster } from './roster-problem.ts';
import type { RosterInput } from './roster-worker.ts';

/** A roster of 5,000 people takes 0.2 s and 30 MB; whatever needs much more is no roster. */
const LIMITS = { heapMb: 192, ms: 5000, waiting: 8, most: 8, idleMs: 0 };

const WHY = { time: 'roster.too-slow', memory: 'roster.too-large' } as const;

export interface RosterReader {
  /** As `readRoster`, on a thread of its own. UNAVAILABLE `work.busy` while too many others import. */
  read(bytes: Uint8Array, fileName: string): Promise<Roster>;
  close(): Promise<void>;
}

export function createRosterReader(limits: Partial<typeof LIMITS> = {}): RosterReader {
  const aside = new Aside<RosterInput, Roster>(asideFile(import.meta.url, 'roster-worker'), {
    ...LIMITS,
    ...limits,
  });
  return {
    async read(bytes, fileName) {
      try {
        return await aside.run({ bytes, fileName });
      } catch (error) {
        if (!(error instanceof AsideFailure) || error.why === 'crash') throw error;
        return { rows: [], problems: [{ line: 0, column: '', reason: WHY[error.why] }] };
      }
    },
    close: () => aside.close(),
  };
}
