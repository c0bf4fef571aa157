import { z } from 'zod';
import { Id, Name } from './fields.ts';
import { AUDIENCES, ROLES } from './roles.ts';

export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

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

/**
 * `proven`: came in by a password or a personal link; a claimed name counts as participant at most. `walkIn`: typed their name at a
 * door and is on no roster.
 */
export const Person = z.object({
  kind: z.literal('person'),
  personId: Id,
  name: Name,
  unitId: z.string(),
  unitName: z.string(),
  campaignId: z.string(),
  proven: z.boolean(),
  walkIn: z.boolean().optional(),
  grants: z.array(Grant),
});
export const Anonymous = z.object({ kind: z.literal('anonymous') });
/** Who is asking. */
export const Actor = z.discriminatedUnion('kind', [Person, Anonymous]);
export type Actor = z.infer<typeof Actor>;
export type Person = z.infer<typeof Person>;

/** Who sees what of a log: staff everything, members what was said, guests only what the meeting shows them. */
export const Audience = z.enum(AUDIENCES);
export type Audience = z.infer<typeof Audience>;
