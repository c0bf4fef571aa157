import { lookOf } from '../../../shared/names.ts';
import { STAFF_ROLES } from '../../../shared/roles.ts';
import type { RecordStore } from '../../storage/port.ts';
import { type GrantRecord, grants, people } from './collections.ts';

/** So long what was read is good for the next at the door; a hall of phones shares one reading. */
const GOOD_MS = 1000;

interface Known {
  at: number;
  /** Person ids by what their name looks like. */
  looks: Promise<Map<string, string[]>>;
}

/** The names of those who hold a staff role in a campaign, one of its sessions or the whole installation. */
export function createStaff({ records, now }: { records: RecordStore; now: () => number }) {
  const known = new Map<string, Known>();

  async function holders(campaignId: string): Promise<Set<string>> {
    const of = (scope: GrantRecord['scope'], campaign: string) =>
      STAFF_ROLES.map((role) => records.list(grants, 'byCampaign', { campaignId: campaign, scope, role }));
    const found = [...of('installation', ''), ...of('campaign', campaignId), ...of('session', campaignId)];
    return new Set((await Promise.all(found)).flat().map((grant) => grant.personId));
  }

  async function read(campaignId: string): Promise<Map<string, string[]>> {
    const looks = new Map<string, string[]>();
    for (const id of await holders(campaignId)) {
      const name = (await records.get(people, id))?.name;
      if (name === undefined) continue;
      looks.set(lookOf(name), [...(looks.get(lookOf(name)) ?? []), id]);
    }
    return looks;
  }

  function looksOf(campaignId: string): Promise<Map<string, string[]>> {
    for (const [id, { at }] of known) if (Math.abs(now() - at) > GOOD_MS) known.delete(id);
    const recent = known.get(campaignId);
    if (recent) return recent.looks;
    const looks = read(campaignId);
    known.set(campaignId, { at: now(), looks });
    looks.catch(() => known.delete(campaignId));
    return looks;
  }

  return {
    /** Ids of the campaign's staff whose name looks like this one, whatever their unit is; none: the name is free. */
    called: async (campaignId: string, name: string): Promise<readonly string[]> =>
      (await looksOf(campaignId)).get(lookOf(name)) ?? [],
    /** Somebody has got or lost a staff role. */
    forget: () => known.clear(),
  };
}
export type Staff = ReturnType<typeof createStaff>;
