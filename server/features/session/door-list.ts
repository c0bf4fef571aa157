import type { DoorView } from '../../../shared/contract/session.ts';
import type { SessionRecord } from './collections.ts';
import type { Core } from './core.ts';

type Units = DoorView['units'];

/** So long the list that one phone has been shown is good for the next. */
const GOOD_MS = 1000;

/**
 * The names to choose from at the door of a session: this session's units and expected people. Making the list reads the whole
 * roster (20 ms for 2,000 people), so a hall of phones that come at once shares one; an edit of the session makes a new one.
 */
export function createDoorList(core: Core): (record: SessionRecord) => Promise<Units> {
  const made = new Map<string, { at: number; rev: number; units: Promise<Units> }>();

  async function make(record: SessionRecord): Promise<Units> {
    const expected = await core.logs.of(record.id).read(({ state }) => state.schedule?.expected ?? []);
    const named = new Set([...record.expectedUnits, record.unitId]);
    const roster = await core.places.roster(record.campaignId);
    const ids = new Set(expected.map((person) => person.personId));
    const units = new Map<string, Units[number]>();
    for (const person of roster) {
      if (!ids.has(person.personId) && !(expected.length === 0 && named.has(person.unitId))) continue;
      const unit = units.get(person.unitId) ?? { unitId: person.unitId, name: person.unitName, people: [] };
      unit.people.push({ personId: person.personId, name: person.name });
      units.set(person.unitId, unit);
    }
    return [...units.values()];
  }

  return (record) => {
    const now = core.now();
    for (const [id, { at }] of made) if (Math.abs(now - at) > GOOD_MS) made.delete(id);
    const known = made.get(record.id);
    if (known?.rev === record.rev) return known.units;
    const units = make(record);
    made.set(record.id, { at: now, rev: record.rev, units });
    units.catch(() => made.delete(record.id));
    return units;
  };
}
