import type { Actor } from '../../../shared/actor.ts';
import { DONE } from '../../../shared/contract/answers.ts';
import type { GrantView, Me } from '../../../shared/contract/identity.ts';
import type { Contract, InputOf } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { permit } from '../../platform/permit.ts';
import type { GrantRecord } from './collections.ts';
import type { Doors, DoorParts } from './doors.ts';
import { linkUrl } from './links.ts';
import { isCommonPassword } from './password-rules.ts';
import { belongs, iso } from './rules.ts';

export interface HandlerParts extends DoorParts {
  doors: Doors;
}

const SESSION_STAFF = ['moderator', 'note-taker', 'observer'] as const;
const CAMPAIGN_ROLES = ['administrator', ...SESSION_STAFF, 'participant'] as const;

export function identityHandlers(parts: HandlerParts): HandlersOf<Contract['identity']> {
  const { accounts, attempts, doors, grants, links, people, tokens } = parts;

  async function me(actor: Actor, { origin }: Context): Promise<Me> {
    // A claimed name does not learn the login of its owner.
    const account = actor.kind === 'person' && actor.proven ? await accounts.of(actor.personId) : undefined;
    const fresh = await grants.fresh();
    return { actor, login: account?.login ?? '', serverTime: iso(parts.now()), fresh, origin };
  }

  /** Somebody of this campaign's roster, asked for by who may give rights in it. */
  async function rosterPerson(context: Context, campaignId: string, personId: string) {
    mayGrant(context, campaignId);
    const person = await people.get(personId);
    if (person?.campaignId !== campaignId || person.kind === 'guest')
      throw new AppError('NOT_FOUND', 'person.unknown');
    return person;
  }

  async function grantView(grant: GrantRecord): Promise<GrantView> {
    const [person, account] = await Promise.all([people.get(grant.personId), accounts.of(grant.personId)]);
    return {
      grantId: grant.id,
      personId: grant.personId,
      name: person?.name ?? '?',
      unitName: person?.unitName ?? '',
      login: account?.login ?? '',
      role: grant.role,
      sessionId: grant.scope === 'session' ? grant.scopeId : '',
    };
  }

  /** A claimed name must not become a proven one by choosing a password. */
  function provenPerson({ actor }: Context) {
    if (actor.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'sign.in');
    if (!actor.proven) throw new AppError('FORBIDDEN', 'not.allowed');
    return actor.personId;
  }

  async function checkCurrent(context: Context, personId: string, input: InputOf<'identity.setPassword'>) {
    const account = await accounts.of(personId);
    if (!account) return;
    const own = { account: account.loginKey, isKnown: true };
    await attempts.password(context, own, () => accounts.open(account.login, input.current ?? ''));
  }

  return {
    me: (context) => me(context.actor, context),

    async signIn(context, { login, password }) {
      const isKnown = await accounts.knows(login, context.device);
      const named = { account: accounts.keyOf(login), isKnown };
      const account = await attempts.password(context, named, () => accounts.open(login, password));
      context.about?.({ id: account.login });
      await accounts.welcome(account, context.device);
      const signedIn = await tokens.admit(context, {
        personId: account.id,
        by: 'password',
        switchPerson: true,
      });
      const common = isCommonPassword(password, login) ? { commonPassword: true } : {};
      return { ...(await me(signedIn.actor, context)), ...common };
    },

    async signOut(context) {
      if (context.actor.kind === 'person')
        await tokens.drop({ id: context.tokenId, personId: context.actor.personId });
      context.signOut();
      return DONE;
    },

    link: (context, { secret }) => doors.view(context, secret),
    useLink: async (context, input) => me((await doors.use(context, input)).actor, context),

    async setPassword(context, input) {
      const personId = provenPerson(context);
      await checkCurrent(context, personId, input);
      await accounts.put(
        personId,
        input.login,
        await attempts.heavy(() => accounts.hash(input.password, input.login)),
      );
      await tokens.dropAll(personId, (token) => token.proven && token.id !== context.tokenId);
      return DONE;
    },

    async grants(context, { campaignId }) {
      mayGrant(context, campaignId);
      const held = [
        ...(await grants.inCampaign(campaignId, 'campaign', CAMPAIGN_ROLES)),
        ...(await grants.inCampaign(campaignId, 'session', SESSION_STAFF)),
      ];
      return Promise.all(held.map(grantView));
    },

    async grant(context, { campaignId, personId, role }) {
      await rosterPerson(context, campaignId, personId);
      const scope = { scope: 'campaign', scopeId: campaignId, campaignId, boardId: '' } as const;
      return grantView(await grants.ensure({ personId, role, ...scope }));
    },

    async revoke(context, { campaignId, grantId }) {
      mayGrant(context, campaignId);
      const grant = await grants.get(grantId);
      if (grant?.campaignId !== campaignId) throw new AppError('NOT_FOUND', 'grant.unknown');
      context.about?.({
        id: grant.personId,
        name: (await people.get(grant.personId))?.name,
        detail: grant.role,
      });
      await links.removePersonal(campaignId, grant.personId);
      await grants.remove(grant);
      return DONE;
    },

    async personalLink(context, { campaignId, personId }) {
      const person = await rosterPerson(context, campaignId, personId);
      context.about?.({ name: person.name });
      const { linkId, secret, expiresAt } = await links.makePersonal(campaignId, person.id);
      await tokens.dropLinked(person.id, linkId, (await accounts.of(person.id)) !== undefined);
      return { linkId, url: linkUrl(context.origin, secret), expiresAt };
    },
  };
}

function mayGrant(context: Context, campaignId: string): void {
  if (context.actor.kind === 'person' && !belongs(context.actor, campaignId))
    throw new AppError('NOT_FOUND', 'campaign.unknown');
  permit(context, 'grants:edit', { campaignId });
}
