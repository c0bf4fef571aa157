import type { Contract } from '../../../shared/contract/index.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import type { RecordStore } from '../../storage/port.ts';
import type { UnitRecord } from '../identity/collections.ts';
import { campaignHandlers } from './campaign-handlers.ts';
import { type CampaignParts, editableRoster, readyCampaign } from './parts.ts';
import { peopleHandlers } from './people-handlers.ts';
import { createRosterReader } from './roster-aside.ts';
import { unitHandlers } from './unit-handlers.ts';

export type { HangsOn, RoomMaker } from './parts.ts';

export interface UnitName {
  unitId: string;
  name: string;
}

export interface RosterEntry {
  personId: string;
  name: string;
  unitId: string;
  unitName: string;
  level: string;
}

export interface Campaigns {
  handlers: HandlersOf<Contract['campaigns']>;
  /** Undefined when the campaign has no such unit (any more). */
  unit(campaignId: string, unitId: string): Promise<UnitName | undefined>;
  /** The unit that is called so, blanks and width ignored. */
  unitCalled(campaignId: string, name: string): Promise<UnitName | undefined>;
  /** Whom the office has put on the roster, in its order; those who only walked in are left out. */
  roster(campaignId: string): Promise<RosterEntry[]>;
  /** Throws when the caller may not bring a roster for this campaign. */
  mayImport(context: Context, campaignId: string): Promise<void>;
  /** Finishes imports that a crash has interrupted; how many there were. */
  resumeImports(): Promise<number>;
  /** Stops what is being read of rosters. */
  close(): Promise<void>;
}

/** '' when there is none. */
export const campaignName = async (records: RecordStore, campaignId: string): Promise<string> =>
  (await readyCampaign(records, campaignId))?.name ?? '';

const nameOf = (unit: UnitRecord | undefined): UnitName | undefined =>
  unit && { unitId: unit.id, name: unit.name };

/** Campaigns with their units and their roster. */
export function createCampaigns(parts: CampaignParts): Campaigns {
  const reader = createRosterReader();
  const { units, roster, imports } = parts.identity;
  return {
    handlers: { ...campaignHandlers(parts), ...unitHandlers(parts), ...peopleHandlers(parts, reader) },
    async unit(campaignId, unitId) {
      const unit = await units.get(unitId);
      return nameOf(unit?.campaignId === campaignId ? unit : undefined);
    },
    unitCalled: async (campaignId, name) => nameOf(await units.find(campaignId, name)),
    async roster(campaignId) {
      const people = (await roster.list(campaignId)).filter((person) => person.kind === 'roster');
      return people.map(({ id, name, unitId, unitName, level }) => ({
        personId: id,
        name,
        unitId,
        unitName,
        level,
      }));
    },
    mayImport: (context, campaignId) => editableRoster(parts.records, context, campaignId),
    resumeImports: imports.resume,
    close: reader.close,
  };
}
