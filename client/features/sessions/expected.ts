import type { RosterPerson } from '../../../shared/contract/campaigns.ts';

export interface Chosen {
  units: readonly string[];
  people: readonly string[];
}

/** Everybody who is expected: all people of the units, and the people chosen one by one, each once. */
export function expectedPeople(roster: readonly RosterPerson[], chosen: Chosen): RosterPerson[] {
  const units = new Set(chosen.units);
  const people = new Set(chosen.people);
  return roster.filter((person) => units.has(person.unitId) || people.has(person.personId));
}

// Names are stored without the blank that printed lists put into two-character names.
const key = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');

/** The part of the roster that a search and a level leave. */
export function findPeople(roster: readonly RosterPerson[], search: string, level: string): RosterPerson[] {
  const wanted = key(search);
  return roster.filter(
    (person) =>
      (level === '' || person.level === level) &&
      (wanted === '' || key(`${person.name}\n${person.unitName}\n${person.position}`).includes(wanted)),
  );
}

/** The levels in use, in the order of the roster. */
export function levelsOf(roster: readonly RosterPerson[]): string[] {
  return [...new Set(roster.map((person) => person.level).filter((level) => level !== ''))];
}
