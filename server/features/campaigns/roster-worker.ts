import { serveAside } from '../../platform/aside.ts';
import { readRoster } from './roster-file.ts';
import type { Roster } from './roster-problem.ts';

export interface RosterInput {
  bytes: Uint8Array;
  fileName: string;
}

serveAside<RosterInput, Roster>(({ bytes, fileName }) => readRoster(bytes, fileName));
