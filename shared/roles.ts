// What every page needs to know of roles. The schemas stand in `actor.ts`, so that a phone need not load zod for them.

export const ROLES = [
  'administrator',
  'moderator',
  'note-taker',
  'participant',
  'observer',
  'guest',
  'screen',
] as const;
export type Role = (typeof ROLES)[number];

/** Held by no person: what a link's guest and a paired screen are in their one session. Nobody can be given them. */
export const BOUND_ROLES = ['guest', 'screen'] as const satisfies readonly Role[];

/** Roles that need a password or a personal link; choosing a name never gives them. */
export const STAFF_ROLES: readonly Role[] = ['administrator', 'moderator', 'note-taker'];

export const AUDIENCES = ['staff', 'member', 'guest'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Nobody in particular: the actor of a device that has not come in. */
export const ANONYMOUS = { kind: 'anonymous' } as const;

interface HeldRole {
  readonly role: Role;
  readonly scope: 'installation' | 'campaign' | 'session';
  readonly scopeId: string;
  readonly boardId: string;
}
/** What of an actor decides on roles. */
type Holder =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'person'; readonly proven: boolean; readonly grants: readonly HeldRole[] };

/** The roles that hold for this campaign and session; a claimed name is capped to what choosing a name gives. */
export function rolesIn(
  actor: Holder,
  where: { campaignId?: string; sessionId?: string; boardId?: string },
): Set<Role> {
  const roles = new Set<Role>();
  if (actor.kind === 'anonymous') return roles;
  for (const grant of actor.grants) {
    if (!actor.proven && STAFF_ROLES.includes(grant.role)) continue;
    const applies =
      grant.scope === 'installation' ||
      (grant.scope === 'campaign' && grant.scopeId === where.campaignId) ||
      (grant.scope === 'session' && where.sessionId !== undefined && grant.scopeId === where.sessionId) ||
      (grant.scope === 'session' &&
        where.boardId !== undefined &&
        where.boardId !== '' &&
        grant.boardId === where.boardId);
    if (applies) roles.add(grant.role);
  }
  return roles;
}

export function audienceOf(roles: ReadonlySet<Role>): Audience | undefined {
  if (STAFF_ROLES.some((role) => roles.has(role))) return 'staff';
  if (roles.has('participant') || roles.has('observer')) return 'member';
  return roles.has('guest') || roles.has('screen') ? 'guest' : undefined;
}
