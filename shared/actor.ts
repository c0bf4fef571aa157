import { z } from 'zod';
import { Id, Name } from './fields.ts';

export const Role = z.enum(['administrator', 'moderator', 'note-taker', 'participant', 'observer', 'guest']);
export type Role = z.infer<typeof Role>;

/** Roles that need a password or a personal link; choosing a name never gives them. */
export const STAFF_ROLES: readonly Role[] = ['administrator', 'moderator', 'note-taker'];

/**
 * What a person may be, where. Scope `installation` has scopeId ''; a session's grant names its campaign and the
 * host board of the session, so that the board can be opened without asking the session.
 */
export const Grant = z.object({
  role: Role,
  scope: z.enum(['installation', 'campaign', 'session']),
  scopeId: z.string(),
  campaignId: z.string(),
  boardId: z.string(),
});
export type Grant = z.infer<typeof Grant>;

/** `proven`: came in by a password or a personal link; a claimed name counts as participant at most. */
export const Person = z.object({
  kind: z.literal('person'),
  personId: Id,
  name: Name,
  unitId: z.string(),
  unitName: z.string(),
  campaignId: z.string(),
  proven: z.boolean(),
  grants: z.array(Grant),
});
export const Anonymous = z.object({ kind: z.literal('anonymous') });
/** Who is asking. */
export const Actor = z.discriminatedUnion('kind', [Person, Anonymous]);
export type Actor = z.infer<typeof Actor>;
export type Person = z.infer<typeof Person>;

export const ANONYMOUS: Actor = { kind: 'anonymous' };

/** The roles that hold for this campaign and session; a claimed name is capped to what choosing a name gives. */
export function rolesIn(
  actor: Actor,
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

/** Who sees what of a log: staff everything, members what was said, guests only what the meeting shows them. */
export const Audience = z.enum(['staff', 'member', 'guest']);
export type Audience = z.infer<typeof Audience>;

export function audienceOf(roles: ReadonlySet<Role>): Audience | undefined {
  if (STAFF_ROLES.some((role) => roles.has(role))) return 'staff';
  if (roles.has('participant') || roles.has('observer')) return 'member';
  return roles.has('guest') ? 'guest' : undefined;
}
