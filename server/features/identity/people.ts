import { AppError, isError } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import { reservedName } from '../../../shared/names.ts';
import type { Draft, RecordStore } from '../../storage/port.ts';
import { people, type PersonRecord, units } from './collections.ts';
import type { Rights } from './rights.ts';
import { iso, nameSlot, ownSlot } from './rules.ts';
import type { Staff } from './staff.ts';

/** A person with the name of their unit: `unitName` is '' for guests and the office. */
export interface KnownPerson extends PersonRecord {
  unitName: string;
}

export interface WalkIn {
  campaignId: string;
  /** '' when the unit was typed and is not on the list. */
  unitId: string;
  unitName: string;
  name: string;
}

const blank = {
  campaignId: '',
  unitId: '',
  typedUnit: '',
  sessionId: '',
  position: '',
  level: '',
  importId: '',
};

const isTaken = (error: unknown) =>
  isError(error, 'CONFLICT') &&
  (error.failure.reason === 'record.index' || error.failure.reason === 'record.id');

export interface PeopleParts {
  records: RecordStore;
  now: () => number;
  rights: Rights;
  staff: Staff;
}

/** Everybody the installation knows by name, except their rights. */
export function createPeople(parts: PeopleParts) {
  const { records, now, rights, staff } = parts;

  async function known(person: PersonRecord): Promise<KnownPerson> {
    const unit = person.unitId === '' ? undefined : await records.get(units, person.unitId);
    return { ...person, unitName: unit?.name ?? person.typedUnit };
  }

  const draft = (given: Partial<PersonRecord> & Pick<PersonRecord, 'id' | 'kind' | 'name' | 'slot'>) =>
    ({ ...blank, order: now(), editedBy: '', editedAt: iso(now()), ...given }) as Draft<PersonRecord>;

  /** Inserts unless the id exists: a step that is run again makes nobody twice. */
  async function ensure(wanted: Draft<PersonRecord>): Promise<PersonRecord> {
    const found = await records.get(people, wanted.id);
    if (found) return found;
    try {
      return await records.insert(people, wanted);
    } catch (error) {
      const other = isTaken(error) ? await records.get(people, wanted.id) : undefined;
      if (other) return other;
      throw error;
    }
  }

  /**
   * Refuses a new person whom others would take for an office or for one of the staff: INVALID_INPUT `name.reserved`, `name.staff`.
   * A namesake of the staff adds a mark to the name, comes by a link, or is put on the roster.
   */
  async function requireFreeName(campaignId: string, name: string): Promise<void> {
    const staffed = (await staff.called(campaignId, name)).length > 0;
    const reason = reservedName(name) ?? (staffed ? 'name.staff' : undefined);
    if (reason)
      throw new AppError('INVALID_INPUT', reason, { facts: { name }, fields: [{ path: 'name', reason }] });
  }

  const unitOf = (typed: WalkIn) => ({
    unitId: typed.unitId,
    typedUnit: typed.unitId === '' ? typed.unitName : '',
  });

  /** The person of that unit with the name typed (blanks ignored), on the roster or walked in before. */
  async function called(typed: WalkIn): Promise<KnownPerson | undefined> {
    const slot = nameSlot(typed.campaignId, unitOf(typed), typed.name);
    const found = await records.find(people, 'slot', { slot });
    return found && known(found);
  }

  return {
    draft,
    ensure,
    requireFreeName,
    called,
    async get(personId: string): Promise<KnownPerson | undefined> {
      const person = await records.get(people, personId);
      return person && known(person);
    },
    bySlot: (slot: string) => records.find(people, 'slot', { slot }),

    /**
     * Who typed this name at the door: the person of that unit with the same name (blanks ignored), on the roster or
     * walked in before, else a new walk-in. INVALID_INPUT `name.reserved`, `name.staff` for a new one (see `requireFreeName`).
     */
    async ensureWalkIn(typed: WalkIn): Promise<KnownPerson> {
      const unit = { unitId: typed.unitId, typedUnit: typed.unitId === '' ? typed.unitName : '' };
      const slot = nameSlot(typed.campaignId, unit, typed.name);
      for (;;) {
        const found = await records.find(people, 'slot', { slot });
        if (found) return known(found);
        const { campaignId, name } = typed;
        await requireFreeName(campaignId, name);
        const wanted = draft({ id: newId(now()), kind: 'walk-in', slot, campaignId, name, ...unit });
        try {
          return await known(await records.insert(people, wanted));
        } catch (error) {
          if (!isTaken(error)) throw error;
        }
      }
    },

    /** An administrator of the installation; a new name when they had one. */
    async ensureOffice(id: string, name: string): Promise<void> {
      const person = await ensure(draft({ id, kind: 'office', name, slot: ownSlot(id) }));
      if (person.name === name) return;
      await records.replace(people, { ...person, name, editedAt: iso(now()) });
      rights.renamed(id);
    },
  };
}
export type People = ReturnType<typeof createPeople>;
