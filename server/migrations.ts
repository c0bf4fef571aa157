import { boards } from './features/board/collections.ts';
import { campaigns } from './features/campaigns/collections.ts';
import {
  accounts,
  grants,
  links,
  people,
  rosterImports,
  tokens,
  units,
} from './features/identity/collections.ts';
import { minutes } from './features/minutes/collections.ts';
import { rooms } from './features/rooms/collections.ts';
import { codes, entries, involved, sessions } from './features/session/collections.ts';
import { involvedOfOldSessions } from './features/session/involved.ts';
import { fillings, type Migration } from './storage/migration.ts';

/**
 * All changes of stored records, whatever their slice: numbers are counted over the whole program. Those that fill a field of an index
 * stand at their collection (`filled`); the others are named here by number.
 */
export const migrations: readonly Migration[] = [
  ...fillings(accounts),
  ...fillings(boards),
  ...fillings(campaigns),
  ...fillings(codes),
  ...fillings(entries),
  ...fillings(grants),
  ...fillings(involved),
  ...fillings(links),
  ...fillings(minutes),
  ...fillings(people),
  ...fillings(rooms),
  ...fillings(rosterImports),
  ...fillings(sessions),
  ...fillings(tokens),
  ...fillings(units),
  involvedOfOldSessions,
];
