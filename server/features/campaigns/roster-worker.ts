import { serveAside } from '../../platform/aside.ts';
import { readRoster } from './roster-file.ts';
import type { Chosen, Roster } from './roster-problem.ts';

export interface RosterInput {
  bytes: Uint8Array;
  fileName: string;
  chosen: Chosen;
}

serveAside<RosterInput, Roster>(({ bytes, fileName, chosen }) => readRoster(bytes, fileName, chosen));
