import { Role } from '../../../shared/actor.ts';
import { STAFF_ROLES } from '../../../shared/roles.ts';
import { isError } from '../../../shared/errors.ts';
import type { Draft, RecordStore } from '../../storage/port.ts';
import { type GrantRecord, grants } from './collections.ts';
import type { Rights } from './rights.ts';
import { grantId } from './rules.ts';
import type { Staff } from './staff.ts';

export type GrantWish = Omit<GrantRecord, 'id' | 'version'>;

/** Rights of persons. Each is one record whose id is its content, so granting twice is granting once. */
export function createGrants(records: RecordStore, rights: Rights, staff: Pick<Staff, 'forget'>) {
  let staffed = false;

  function changed({ personId, role, scope, scopeId }: GrantWish, kind: 'taken' | 'given' | 'moved'): void {
    if (STAFF_ROLES.includes(role)) staff.forget();
    const sessionId = scope === 'session' ? scopeId : '';
    rights.changed(kind === 'moved' ? { kind, personId } : { kind, personId, sessionId });
  }

  async function ensure(wish: GrantWish): Promise<GrantRecord> {
    const draft: Draft<GrantRecord> = { ...wish, id: grantId(wish) };
    const known = await records.get(grants, draft.id);
    if (known && known.boardId === wish.boardId && known.campaignId === wish.campaignId) return known;
    try {
      const stored = known
        ? await records.replace(grants, { ...known, ...draft })
        : await records.insert(grants, draft);
      changed(wish, known ? 'moved' : 'given');
      return stored;
    } catch (error) {
      if (isError(error, 'CONFLICT') || isError(error, 'NOT_FOUND')) return ensure(wish);
      throw error;
    }
  }

  async function remove(grant: GrantRecord): Promise<void> {
    if (await records.remove(grants, grant.id)) changed(grant, 'taken');
  }

  async function inCampaign(campaignId: string, scope: 'campaign' | 'session', roles: readonly Role[]) {
    const found = await Promise.all(
      roles.map((role) => records.list(grants, 'byCampaign', { campaignId, scope, role })),
    );
    return found.flat();
  }

  return {
    ensure,
    remove,
    inCampaign,
    get: (id: string) => records.get(grants, id),
    of: (personId: string) => records.list(grants, 'byPerson', { personId }),
    /** Everybody's rights in one campaign or session. */
    async allIn(scopeId: string): Promise<GrantRecord[]> {
      const found = Role.options.map((role) => records.list(grants, 'byScope', { scopeId, role }));
      return (await Promise.all(found)).flat();
    },
    /** Rights of this role in one campaign or session. */
    inScope: (scopeId: string, role: Role) => records.list(grants, 'byScope', { scopeId, role }),
    /** True while nobody administers the installation. */
    async fresh(): Promise<boolean> {
      const key = { campaignId: '', scope: 'installation', role: 'administrator' } as const;
      staffed ||= (await records.count(grants, 'byCampaign', key)) > 0;
      return !staffed;
    },
  };
}
export type Grants = ReturnType<typeof createGrants>;
