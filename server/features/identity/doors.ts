import type { InputOf } from '../../../shared/contract/index.ts';
import type { LinkView } from '../../../shared/contract/identity.ts';
import { AppError } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import type { Context } from '../../platform/handler.ts';
import type { Log } from '../../platform/log.ts';
import type { Accounts } from './accounts.ts';
import type { Attempts } from './attempts.ts';
import type { LinkRecord } from './collections.ts';
import type { Grants } from './grants.ts';
import type { Links } from './links.ts';
import type { People } from './people.ts';
import { ownSlot } from './rules.ts';
import type { Identified, Tokens } from './tokens.ts';

export interface DoorParts {
  accounts: Accounts;
  attempts: Attempts;
  grants: Grants;
  links: Links;
  log: Log;
  now: () => number;
  people: People;
  tokens: Tokens;
  campaignName(campaignId: string): Promise<string>;
}

type Use = InputOf<'identity.useLink'>;

const expired = () => new AppError('WRONG_STATE', 'link.expired');
const used = () => new AppError('WRONG_STATE', 'link.used');

function required<K extends 'name' | 'login' | 'password'>(input: Use, keys: readonly K[]) {
  const missing = keys.filter((key) => input[key] === undefined);
  if (missing.length > 0) {
    const fields = missing.map((path) => ({ path, reason: 'text.empty' }));
    throw new AppError('INVALID_INPUT', 'input.invalid', { fields });
  }
  return input as Use & { [P in K]: string };
}

/** Everything that opens with a link: what it shows before, and what using it does. */
export function createDoors(parts: DoorParts) {
  const { accounts, grants, links, people, tokens } = parts;

  /** A guest link belongs to the browser that came first, or to who that guest is already. */
  function isMine(context: Context, link: LinkRecord): boolean {
    const { actor, device } = context;
    if (actor.kind === 'person' && actor.personId === link.personId) return true;
    return device !== '' && device === link.device;
  }

  async function view(context: Context, secret: string): Promise<LinkView> {
    const link = await links.find(secret, context.device);
    if (link.kind === 'guest' && link.state === 'used' && !isMine(context, link)) throw used();
    const person = link.personId === '' ? undefined : await people.get(link.personId);
    const { actor } = context;
    const other = actor.kind === 'person' && actor.personId !== link.personId;
    return {
      kind: link.kind,
      personName: link.kind === 'admin' ? '' : (person?.name ?? link.name),
      campaignName: link.campaignId === '' ? '' : await parts.campaignName(link.campaignId),
      sessionId: link.sessionId,
      sessionTitle: link.sessionTitle,
      needs: link.kind === 'admin' ? ['name', 'login'] : link.kind === 'guest' && !person ? ['name'] : [],
      switches: other ? actor.name : '',
    };
  }

  /** Makes an administrator, or gives one a new password and ends all of their devices. */
  async function useAdmin(context: Context, link: LinkRecord, input: Use): Promise<Identified> {
    const { name, login, password } = required(input, ['name', 'login', 'password']);
    const known = await accounts.byLogin(login);
    if (known && (await people.get(known.id))?.kind !== 'office') throw accounts.taken();
    const hash = await parts.attempts.heavy(() => accounts.hash(password, login));
    const personId = known?.id ?? (link.personId || newId(parts.now()));
    // Of two that use it at once one gets it; who broke off in the middle goes on from the same browser.
    const claimed = await links.set(link, { state: 'claimed', device: context.device, personId });
    if (!claimed) throw used();
    await accounts.put(personId, login, hash);
    await people.ensureOffice(personId, name);
    await grants.ensure({
      personId,
      role: 'administrator',
      scope: 'installation',
      scopeId: '',
      campaignId: '',
      boardId: '',
    });
    await tokens.dropAll(personId);
    if (!(await links.set(claimed, { state: 'used' }))) throw used();
    parts.log.info({ person: personId }, 'administrator made by link');
    return tokens.admit(context, { personId, by: 'password', switchPerson: true });
  }

  async function usePersonal(context: Context, link: LinkRecord): Promise<Identified> {
    const wish = { personId: link.personId, by: 'link', linkId: link.id, switchPerson: true } as const;
    const entered = await tokens.admit(context, wish);
    // A newer link may have taken this one's place while this ran; a device that was in before keeps what it had.
    const stands = (await links.get(link.id))?.digest === link.digest;
    if (stands || entered.tokenId === context.tokenId) return entered;
    await tokens.drop({ id: entered.tokenId, personId: link.personId });
    throw expired();
  }

  async function claimGuest(context: Context, link: LinkRecord, input: Use): Promise<LinkRecord> {
    if (link.state === 'used') {
      if (!isMine(context, link)) throw used();
      return link;
    }
    // The name on the link is the moderator's word; one that the guest chooses is not.
    if (input.name !== undefined && input.name !== link.name)
      await people.requireFreeName(link.campaignId, input.name);
    const claim = {
      state: 'used' as const,
      device: context.device,
      personId: newId(parts.now()),
      usedBy: input.name ?? link.name,
      unitName: input.unitName ?? '',
    };
    const claimed = await links.set(link, claim);
    if (!claimed) throw used();
    return claimed;
  }

  async function useGuest(context: Context, link: LinkRecord, input: Use): Promise<Identified> {
    const { personId, campaignId, sessionId, boardId, ...mine } = await claimGuest(context, link, input);
    const person = people.draft({
      id: personId,
      kind: 'guest',
      name: mine.usedBy,
      slot: ownSlot(personId),
      campaignId,
      sessionId,
      typedUnit: mine.unitName,
    });
    await people.ensure(person);
    await grants.ensure({
      personId,
      role: 'guest',
      scope: 'session',
      scopeId: sessionId,
      campaignId,
      boardId,
    });
    const guest = await tokens.admit(context, { personId, by: 'link', linkId: link.id, switchPerson: true });
    // The session may have ended, or the link been revoked, while this ran.
    if ((await links.get(link.id))?.state === 'used') return guest;
    await endGuest(personId);
    throw expired();
  }

  /** Devices first: the grants are how the guests of a session are found again. */
  async function endGuest(personId: string): Promise<void> {
    await tokens.dropAll(personId);
    for (const grant of await grants.of(personId)) if (grant.role === 'guest') await grants.remove(grant);
  }

  async function endLink(link: LinkRecord, over?: LinkRecord['over']): Promise<void> {
    for (let current: LinkRecord | undefined = link; current && current.state !== 'ended'; ) {
      if (await links.set(current, { state: 'ended', ...(over && { over }) })) return;
      current = await links.get(link.id);
    }
  }

  return {
    view,
    async use(context: Context, input: Use): Promise<Identified> {
      const link = await links.find(input.secret, context.device);
      if (link.kind === 'admin') return useAdmin(context, link, input);
      if (link.kind === 'guest') return useGuest(context, link, input);
      return usePersonal(context, link);
    },
    /** Ends a guest link and who came through it. NOT_FOUND `link.unknown`. */
    async revokeGuest(sessionId: string, linkId: string): Promise<void> {
      const link = await links.get(linkId);
      if (link?.kind !== 'guest' || link.sessionId !== sessionId)
        throw new AppError('NOT_FOUND', 'link.unknown');
      await endLink(link);
      const now = await links.get(linkId);
      if (now?.personId) await endGuest(now.personId);
    },
    /** With the session its guest links, guests and their devices end; who comes by a link hears of what is `over`. May be run again. */
    async endSession(sessionId: string, over?: LinkRecord['over']): Promise<void> {
      for (const link of await links.ofSession(sessionId)) await endLink(link, over);
      for (const grant of await grants.inScope(sessionId, 'guest')) await endGuest(grant.personId);
    },
  };
}
export type Doors = ReturnType<typeof createDoors>;
