import type { Contract } from '../../../shared/contract/index.ts';
import type { GuestLinkView } from '../../../shared/contract/session.ts';
import { Role } from '../../../shared/actor.ts';
import type { HandlersOf } from '../../platform/handler.ts';
import type { Log } from '../../platform/log.ts';
import type { RecordStore } from '../../storage/port.ts';
import { createAccounts } from './accounts.ts';
import { type Attempts, CEILINGS, type Ceilings, createAttempts } from './attempts.ts';
import { createDoors } from './doors.ts';
import { createGrants } from './grants.ts';
import { identityHandlers } from './handlers.ts';
import { createLinks, type GuestInvitation, linkUrl } from './links.ts';
import { createImports, unfinishedImports } from './imports.ts';
import { createPeople } from './people.ts';
import { createRights } from './rights.ts';
import { createRoster } from './roster.ts';
import { screenId } from './rules.ts';
import { createStaff } from './staff.ts';
import { createTickets } from './tickets.ts';
import { createTokens } from './tokens.ts';
import { createUnits } from './units.ts';

export interface IdentityParts {
  records: RecordStore;
  log: Log;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** For what a link shows before it is used; '' when there is no such campaign. */
  campaignName(campaignId: string): Promise<string>;
  /** The one counter of wrong tries, shared with the doors of sessions. */
  attempts?: Attempts;
  /** Its limits, where they are not the usual ones. */
  ceilings?: Partial<Ceilings> | undefined;
}

/** Who people are, how they prove it, what they may: persons, devices, rights, links. */
export function createIdentity(parts: IdentityParts) {
  const { records, log, now = Date.now, campaignName } = parts;
  const attempts =
    parts.attempts ??
    createAttempts({ ceilings: { ...CEILINGS, ...parts.ceilings }, now, store: { records, log } });
  const rights = createRights(log);
  const tokens = createTokens({ records, now, rights });
  const staff = createStaff({ records, now });
  const grants = createGrants(records, rights, staff);
  const accounts = createAccounts(records);
  const links = createLinks(records, now);
  const people = createPeople({ records, now, rights, staff });
  const unfinished = () => unfinishedImports(records);
  const units = createUnits({ records, now, rights, unfinished });
  const roster = createRoster({
    records,
    accounts,
    grants,
    links,
    people,
    rights,
    tokens,
    units,
    unfinished,
  });
  const shared = { accounts, attempts, grants, links, log, now, people, tokens, campaignName };
  const doors = createDoors(shared);
  const handlers: HandlersOf<Contract['identity']> = identityHandlers({ ...shared, doors });

  return {
    handlers,
    attempts,
    authenticate: tokens.authenticate,
    authenticateById: tokens.authenticateById,
    admit: tokens.admit,
    devices: tokens.devices,
    /** Whether this browser has been the person before, and then whether by proof or by a nod. */
    wasBefore: tokens.wasBefore,
    /** Everything that the person may do, wherever; proof not asked. */
    grantsOf: grants.of,
    /** Ends these devices of the person; who comes back on one is a stranger. */
    endDevices: (personId: string, ids: readonly string[]) =>
      tokens.dropAll(personId, (token) => ids.includes(token.id)),
    endAllDevices: (personId: string) => tokens.dropAll(personId),
    /** Ends all of the person's devices but one; for a device that only claimed the name no proven one is ended. */
    async dropDevices(personId: string, keepTokenId: string): Promise<void> {
      const kept = (await tokens.devices(personId)).find((device) => device.tokenId === keepTokenId);
      const ends = (proven: boolean) => !proven || kept?.proven === true;
      await tokens.dropAll(personId, (token) => token.id !== keepTokenId && ends(token.proven));
    },
    onRightsChanged: rights.onChanged,
    ensureGrant: grants.ensure,
    /** Takes away what the person may do in this session only. */
    async revokeSession(personId: string, sessionId: string): Promise<void> {
      for (const grant of await grants.of(personId))
        if (grant.scope === 'session' && grant.scopeId === sessionId) await grants.remove(grant);
    },
    /** The rights in this session are about another board from now on. May be run again. */
    async moveSession(sessionId: string, boardId: string): Promise<void> {
      for (const { id: _id, version: _version, ...wish } of await grants.allIn(sessionId))
        await grants.ensure({ ...wish, boardId });
    },
    /** Everybody's rights in a session that is being removed, its links and its guests. May be run again. */
    async revokeWholeSession(sessionId: string): Promise<void> {
      await doors.endSession(sessionId);
      await tokens.dropScreens(sessionId);
      for (const grant of await grants.allIn(sessionId)) await grants.remove(grant);
    },
    /** Everybody's rights in a campaign that is being removed. */
    async revokeCampaign(campaignId: string): Promise<void> {
      for (const grant of await grants.inCampaign(campaignId, 'campaign', Role.options))
        await grants.remove(grant);
    },
    /** No administrator has proven themselves yet. */
    fresh: grants.fresh,
    /** Resolves when what was counted is stored. */
    settled: attempts.settled,
    person: people.get,
    roster,
    units,
    imports: createImports({ records, people, units }),
    ensureWalkIn: people.ensureWalkIn,
    /** Ids of the campaign's staff (of its sessions and the installation too) whose name looks like this one. */
    staffCalled: staff.called,
    /** Throws INVALID_INPUT `name.reserved` or `name.staff` for what a new person may not be called. */
    requireFreeName: people.requireFreeName,
    /** Who is called so already in that unit, on the roster or walked in before. */
    called: people.called,
    tickets: createTickets(records, now),
    endSession: doors.endSession,
    admitScreen: tokens.admitScreen,
    /** The screens of a session, oldest first. */
    screens: (sessionId: string) => tokens.devices(screenId(sessionId)),
    endScreens: (sessionId: string) => tokens.dropScreens(sessionId),
    endScreen: (sessionId: string, tokenId: string) =>
      tokens.dropScreens(sessionId, (token) => token.id === tokenId),
    revokeGuestLink: doors.revokeGuest,

    /** A one-time link, good for a day, that makes an administrator or gives one a new password. Ends the one before. */
    async adminLink(origin: string): Promise<{ url: string; expiresAt: string }> {
      const { secret, expiresAt } = await links.makeAdmin();
      return { url: linkUrl(origin, secret), expiresAt };
    },
    async makeGuestLink(origin: string, invitation: GuestInvitation) {
      const { linkId, secret, expiresAt } = await links.makeGuest(invitation);
      return { linkId, url: linkUrl(origin, secret), expiresAt };
    },
    async guestLinks(origin: string, sessionId: string): Promise<GuestLinkView[]> {
      const made = await links.ofSession(sessionId);
      return made.map(({ id, name, secret, usedBy, state }) => ({
        linkId: id,
        name,
        url: linkUrl(origin, secret),
        usedBy,
        revoked: state === 'ended',
      }));
    },
  };
}
export type Identity = ReturnType<typeof createIdentity>;
