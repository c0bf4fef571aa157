import { AppError } from '../../../shared/errors.ts';
import type { SessionRecord } from './collections.ts';
import type { Core } from './core.ts';

type Expected = Pick<SessionRecord, 'expectedUnits' | 'expectedPeople'>;
const NOBODY: Expected = { expectedUnits: [], expectedPeople: [] };

function refuse(path: keyof Expected, reason: string): never {
  throw new AppError('NOT_FOUND', reason, { fields: [{ path, reason }] });
}

/**
 * Whom a session expects belongs to its campaign: NOT_FOUND `unit.unknown`, `person.unknown` otherwise. What the record names
 * already (`from`) is left alone, since a unit may have been removed since.
 */
export async function requireExpected(
  core: Core,
  campaignId: string,
  to: Expected,
  from: Expected = NOBODY,
): Promise<void> {
  const added = (key: keyof Expected) => new Set(to[key].filter((id) => !from[key].includes(id)));
  for (const unitId of added('expectedUnits'))
    if ((await core.places.unitName(campaignId, unitId)) === undefined)
      refuse('expectedUnits', 'unit.unknown');
  const people = added('expectedPeople');
  // One reading of the roster for all of them; who walked in earlier is not on it and may be expected too.
  const roster = people.size > 0 ? await core.places.roster(campaignId) : [];
  for (const { personId } of roster) people.delete(personId);
  for (const personId of people) {
    const person = await core.identity.person(personId);
    // A guest belongs to one session.
    if (person?.campaignId !== campaignId || person.kind === 'guest')
      refuse('expectedPeople', 'person.unknown');
  }
}
