import { isDeepStrictEqual } from 'node:util';
import { AppError, isError } from '../../../shared/errors.ts';
import type { RecordStore } from '../../storage/port.ts';
import { people, type UnitRecord, units } from './collections.ts';
import { type Edit, editRecord, unlessTaken } from './edited.ts';
import type { Rights } from './rights.ts';
import { iso, unitSlot } from './rules.ts';

export interface NewUnit {
  id: string;
  campaignId: string;
  name: string;
}

export interface UnitParts {
  records: RecordStore;
  now: () => number;
  rights: Rights;
  /** Imports that are not finished: what they have made so far is not shown. */
  unfinished(): Promise<ReadonlySet<string>>;
}

const EXISTS = 'unit.exists';
const UNKNOWN = 'unit.unknown';

/** Units of a campaign, in the order that the office keeps. They stand here because a person's identity names one. */
export function createUnits({ records, now, rights, unfinished }: UnitParts) {
  async function list(campaignId: string): Promise<UnitRecord[]> {
    const [found, hidden] = await Promise.all([
      records.list(units, 'byCampaign', { campaignId }),
      unfinished(),
    ]);
    return found
      .filter((unit) => !hidden.has(unit.importId))
      .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  }

  /** NOT_FOUND `unit.unknown` also for a unit of another campaign. */
  async function need(campaignId: string, unitId: string): Promise<UnitRecord> {
    const unit = await records.get(units, unitId);
    if (unit?.campaignId !== campaignId) throw new AppError('NOT_FOUND', UNKNOWN);
    return unit;
  }

  async function tellPeople(unitId: string): Promise<void> {
    for (const person of await records.list(people, 'byUnit', { unitId })) rights.renamed(person.id);
  }

  return {
    list,
    need,
    get: (unitId: string) => records.get(units, unitId),
    find: (campaignId: string, name: string) =>
      records.find(units, 'slot', { slot: unitSlot(campaignId, name) }),

    /** CONFLICT `unit.exists` when the campaign has one of that name; sent again it answers with what it made. */
    async add(unit: NewUnit & { importId?: string; order?: number }, by: string): Promise<UnitRecord> {
      const { id, campaignId, name } = unit;
      const last = unit.order ?? ((await list(campaignId)).at(-1)?.order ?? 0) + 1;
      const draft = { id, campaignId, name, slot: unitSlot(campaignId, name), order: last };
      try {
        return await unlessTaken(EXISTS, 'name', () =>
          records.insert(units, {
            ...draft,
            importId: unit.importId ?? '',
            editedBy: by,
            editedAt: iso(now()),
          }),
        );
      } catch (error) {
        const known = isError(error, 'CONFLICT') ? await records.get(units, id) : undefined;
        if (known && isDeepStrictEqual([known.campaignId, known.slot], [campaignId, draft.slot]))
          return known;
        throw known ? new AppError('CONFLICT', 'id.taken') : error;
      }
    },

    async edit(campaignId: string, unitId: string, edit: Edit, to: { name: string; order: number }) {
      const before = await need(campaignId, unitId);
      const slot = unitSlot(campaignId, to.name);
      const unit = await unlessTaken(EXISTS, 'name', () =>
        editRecord(records, units, unitId, { ...edit, unknown: UNKNOWN }, (u) => ({ ...u, ...to, slot })),
      );
      if (unit.name !== before.name) await tellPeople(unitId);
      return unit;
    },

    people: (unitId: string) => records.count(people, 'byUnit', { unitId }),
    remove: (unitId: string) => records.remove(units, unitId),
  };
}
export type Units = ReturnType<typeof createUnits>;
