import { AppError, isError } from '../../../shared/errors.ts';
import type { RecordStore } from '../../storage/port.ts';
import type { Accounts } from './accounts.ts';
import { people, type PersonRecord } from './collections.ts';
import { type Edit, editRecord, unlessTaken } from './edited.ts';
import type { Grants } from './grants.ts';
import type { Links } from './links.ts';
import type { KnownPerson, People } from './people.ts';
import type { Rights } from './rights.ts';
import { nameSlot } from './rules.ts';
import type { Tokens } from './tokens.ts';
import type { Units } from './units.ts';

/** What the office writes about a person. */
export interface PersonFields {
  unitId: string;
  name: string;
  position: string;
  level: string;
}

export interface RosterParts {
  records: RecordStore;
  accounts: Accounts;
  grants: Grants;
  links: Links;
  people: People;
  rights: Rights;
  tokens: Tokens;
  units: Units;
  unfinished(): Promise<ReadonlySet<string>>;
}

const EXISTS = 'person.exists';
const UNKNOWN = 'person.unknown';

const slotOf = (campaignId: string, { unitId, name }: PersonFields) =>
  nameSlot(campaignId, { unitId, typedUnit: '' }, name);

/** The office's side of a campaign's people: those on the roster and those who walked in under a unit of the list. */
export function createRoster(parts: RosterParts) {
  const { records, units } = parts;

  async function need(campaignId: string, personId: string): Promise<PersonRecord> {
    const person = await records.get(people, personId);
    if (person?.campaignId !== campaignId || person.unitId === '') throw new AppError('NOT_FOUND', UNKNOWN);
    return person;
  }

  const named = async (person: PersonRecord): Promise<KnownPerson> => ({
    ...person,
    unitName: (await units.get(person.unitId))?.name ?? '',
  });

  async function insert(campaignId: string, id: string, fields: PersonFields, by: string) {
    const slot = slotOf(campaignId, fields);
    const draft = parts.people.draft({ id, kind: 'roster', campaignId, slot, ...fields });
    try {
      return await unlessTaken(EXISTS, 'name', () => records.insert(people, { ...draft, editedBy: by }));
    } catch (error) {
      const known = isError(error, 'CONFLICT') ? await records.get(people, id) : undefined;
      if (known?.slot === slot) return known;
      throw known ? new AppError('CONFLICT', 'id.taken') : error;
    }
  }

  return {
    need,

    /** By units in their order, in each as entered. What an unfinished import made is left out. */
    async list(campaignId: string): Promise<KnownPerson[]> {
      const [found, places, hidden] = await Promise.all([
        records.list(people, 'byCampaign', { campaignId }),
        units.list(campaignId),
        parts.unfinished(),
      ]);
      const place = new Map(places.map((unit, i) => [unit.id, { i, name: unit.name }]));
      return found
        .filter((person) => place.has(person.unitId) && !hidden.has(person.importId))
        .map((person) => ({ ...person, unitName: place.get(person.unitId)!.name }))
        .sort(
          (a, b) =>
            place.get(a.unitId)!.i - place.get(b.unitId)!.i || a.order - b.order || (a.id < b.id ? -1 : 1),
        );
    },

    /** CONFLICT `person.exists` when the unit has somebody of that name; sent again it answers with what it made. */
    async add(campaignId: string, personId: string, fields: PersonFields, by: string): Promise<KnownPerson> {
      await units.need(campaignId, fields.unitId);
      return named(await insert(campaignId, personId, fields, by));
    },

    /** Whoever walked in belongs to the roster once the office has edited them. */
    async edit(campaignId: string, personId: string, edit: Edit, fields: PersonFields): Promise<KnownPerson> {
      const before = await need(campaignId, personId);
      await units.need(campaignId, fields.unitId);
      const slot = slotOf(campaignId, fields);
      const person = await unlessTaken(EXISTS, 'name', () =>
        editRecord(records, people, personId, { ...edit, unknown: UNKNOWN }, (p) => ({
          ...p,
          ...fields,
          slot,
          kind: 'roster' as const,
        })),
      );
      // Another unit's board is theirs from now on, and no session.
      if (before.unitId === fields.unitId) parts.rights.renamed(personId);
      else parts.rights.changed({ kind: 'moved', personId });
      return named(person);
    },

    /** Their rights and devices go first, so that a crash leaves a name without them and never the reverse. */
    async remove(campaignId: string, personId: string): Promise<void> {
      await need(campaignId, personId);
      await parts.links.removePersonal(campaignId, personId);
      await parts.accounts.remove(personId);
      for (const grant of await parts.grants.of(personId)) await parts.grants.remove(grant);
      await parts.tokens.dropAll(personId);
      if (await records.remove(people, personId))
        parts.rights.changed({ kind: 'taken', personId, sessionId: '' });
    },
  };
}
