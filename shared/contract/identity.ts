import { z } from 'zod';
import { Actor, Role } from '../actor.ts';
import { BOUND_ROLES } from '../roles.ts';
import { Id, Line, Name, NewName, Secret, Time, TypedUnit } from '../fields.ts';
import { command, query } from '../procedure.ts';
import { Done } from './answers.ts';

export const Login = z.string().regex(/^[A-Za-z0-9_.@-]{3,40}$/, 'login.form');
/** 8–200 characters; any. */
export const Password = z.string().min(8, 'password.short').max(200, 'text.long');

/**
 * Who I am here. `serverTime` sets the client's clock; `fresh` says that no administrator exists yet; `origin` is where
 * links and QR codes point to, which on the server's own machine is not the address of the page.
 */
export const Me = z.object({
  actor: Actor,
  login: z.string(),
  serverTime: Time,
  fresh: z.boolean(),
  origin: z.string(),
  /** Told at a sign-in: the password is one of those that are guessed first, set before such were refused. */
  commonPassword: z.boolean().optional(),
});
export type Me = z.infer<typeof Me>;

/** What a link opens, before it is used. `switches` names who this device is now, when using it would change that. */
export const LinkView = z.object({
  kind: z.enum(['admin', 'personal', 'guest']),
  personName: z.string(),
  campaignName: z.string(),
  sessionId: z.string(),
  sessionTitle: z.string(),
  needs: z.array(z.enum(['name', 'login'])),
  switches: z.string(),
});
export type LinkView = z.infer<typeof LinkView>;

export const GrantView = z.object({
  grantId: z.string(),
  personId: Id,
  name: Name,
  unitName: Line,
  login: z.string(),
  role: Role,
  sessionId: z.string(),
});
export type GrantView = z.infer<typeof GrantView>;

/** A personal link; `url` is absolute. */
export const LinkMade = z.object({ linkId: z.string(), url: z.string(), expiresAt: Time });
export type LinkMade = z.infer<typeof LinkMade>;

/** Who a device is after it was let in. */
const become = ({ actor }: Me) => (actor.kind === 'person' ? actor : undefined);

export const identity = {
  me: query('GET /me', z.object({}), Me, { open: true }),
  signIn: command('POST /sign-in', z.object({ login: Login, password: Password }), Me, {
    open: true,
    audit: { verb: 'sign-in', kind: 'account', object: () => ({ id: '' }), by: become },
  }),
  signOut: command('POST /sign-out', z.object({}), Done, {
    open: true,
    audit: { verb: 'sign-out', kind: 'device', object: () => ({ id: '' }) },
  }),
  link: query('GET /links/:secret', z.object({ secret: Secret }), LinkView, { open: true }),
  /** Admin link: name, login and password of the first administrator (or a new password). Guest link: the guest's name. */
  useLink: command(
    'POST /links/:secret/use',
    z.object({
      secret: Secret,
      name: NewName.optional(),
      unitName: TypedUnit.optional(),
      login: Login.optional(),
      password: Password.optional(),
    }),
    Me,
    { open: true, audit: { verb: 'use', kind: 'link', object: () => ({ id: '' }), by: become } },
  ),
  setPassword: command(
    'POST /password',
    z.object({ login: Login, current: Password.optional(), password: Password }),
    Done,
    { audit: { verb: 'set', kind: 'password', object: ({ login }, done) => ({ id: done ? login : '' }) } },
  ),
  grants: query('GET /campaigns/:campaignId/grants', z.object({ campaignId: Id }), z.array(GrantView)),
  grant: command(
    'POST /campaigns/:campaignId/grants',
    z.object({ campaignId: Id, personId: Id, role: Role.exclude([...BOUND_ROLES]) }),
    GrantView,
    {
      audit: {
        verb: 'grant',
        kind: 'role',
        object: ({ personId, role }, answer) => ({ id: personId, name: answer?.name, detail: role }),
      },
    },
  ),
  revoke: command(
    'DELETE /campaigns/:campaignId/grants/:grantId',
    z.object({ campaignId: Id, grantId: z.string().max(200) }),
    Done,
    { audit: { verb: 'revoke', kind: 'role', object: ({ grantId }) => ({ id: grantId }) } },
  ),
  personalLink: command(
    'POST /campaigns/:campaignId/people/:personId/link',
    z.object({ campaignId: Id, personId: Id }),
    LinkMade,
    { audit: { verb: 'create', kind: 'personal-link', object: ({ personId }) => ({ id: personId }) } },
  ),
};
