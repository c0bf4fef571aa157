import type { Actor } from '../../../shared/actor.ts';
import { ANONYMOUS } from '../../../shared/roles.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../../platform/handler.ts';
import { digest, newSecret } from '../../platform/secrets.ts';
import type { RecordStore } from '../../storage/port.ts';
import {
  grants,
  people,
  type PersonRecord,
  tokens,
  type TokenRecord,
  units,
  type Way,
} from './collections.ts';
import { createKnownDevices, deviceMark } from './known-devices.ts';
import type { Rights } from './rights.ts';
import { actorOf, DEVICE_LIFE, iso, isScreen, SCREEN_LIFE, screenId, screenOf } from './rules.ts';

export interface Identified {
  actor: Actor;
  /** '' for nobody. */
  tokenId: string;
}

export interface Admission {
  personId: string;
  /** Instant; 180 days from now unless given. */
  expiresAt?: string;
  /** By which the device came in; a chosen name unless given. A password, the office's link and a personal one prove who it is. */
  by?: Way;
  /** The link, when it was one. */
  linkId?: string;
  /** Somebody who may has let this device in under the name. */
  vouched?: boolean;
  /** The device has agreed to stop being whom it is now. */
  switchPerson?: boolean;
}

export interface Device {
  tokenId: string;
  createdAt: string;
  proven: boolean;
}

/** A guest's link says who invited, not who came. */
const proves = ({ by = 'name' }: Admission, { kind }: PersonRecord): boolean =>
  by !== 'name' && kind !== 'guest';

const NOBODY: Identified = { actor: ANONYMOUS, tokenId: '' };
const HOUR = 3_600_000;

/** Opaque tokens: 32 random bytes in the cookie, their digest in the record. */
export function createTokens(parts: { records: RecordStore; now: () => number; rights: Rights }) {
  const { records, now, rights } = parts;
  const known = createKnownDevices(parts);
  let swept = 0;

  async function unitNameOf(person: PersonRecord): Promise<string> {
    if (person.unitId === '') return person.typedUnit;
    return (await records.get(units, person.unitId))?.name ?? '';
  }

  async function load(tokenId: string) {
    const token = await records.get(tokens, tokenId);
    if (token?.by === 'screen') return { actor: screenOf(token), expiresAt: token.expiresAt };
    const person = token && (await records.get(people, token.personId));
    if (!token || !person) return undefined;
    const held = await records.list(grants, 'byPerson', { personId: person.id });
    return { actor: actorOf(token, person, await unitNameOf(person), held), expiresAt: token.expiresAt };
  }

  async function authenticateById(tokenId: string): Promise<Identified> {
    if (tokenId === '') return NOBODY;
    const entry = rights.get(tokenId) ?? (await rights.remember(tokenId, () => load(tokenId)));
    if (!entry || entry.expiresAt <= iso(now())) return NOBODY;
    return { actor: entry.actor, tokenId };
  }

  async function drop(token: Pick<TokenRecord, 'id' | 'personId'>): Promise<void> {
    const { id: tokenId, personId } = token;
    if (await records.remove(tokens, tokenId)) rights.changed({ kind: 'ended', personId, tokenId });
  }

  const of = (personId: string) => records.list(tokens, 'byPerson', { personId });

  /** Ends devices that are taken away from a person: who comes back on one is a stranger. */
  async function dropAll(personId: string, which: (token: TokenRecord) => boolean = () => true) {
    for (const token of await of(personId)) {
      if (!which(token)) continue;
      await known.forget(personId, token.device ?? '');
      await drop(token);
    }
  }

  /** Once an hour at most; a broken sweep is tried again an hour later. */
  async function sweep(): Promise<void> {
    if (now() - swept < HOUR) return;
    swept = now();
    const expired = await records.list(tokens, 'byExpiry', {}, { before: iso(now()), limit: 500 });
    for (const token of expired) await drop(token);
  }

  async function issue(context: Context, person: PersonRecord, wish: Admission): Promise<string> {
    const secret = newSecret();
    const expiresAt = wish.expiresAt ?? iso(now() + DEVICE_LIFE);
    // First the cookie: over a socket this throws, and nothing has been stored then.
    context.signIn(secret, Math.max(1, Math.floor((Date.parse(expiresAt) - now()) / 1000)));
    const token = await records.insert(tokens, {
      id: digest(secret),
      personId: person.id,
      proven: proves(wish, person),
      by: wish.by ?? 'name',
      ...(wish.linkId === undefined ? {} : { linkId: wish.linkId }),
      sessionId: person.kind === 'guest' ? person.sessionId : '',
      createdAt: iso(now()),
      expiresAt,
      ...(context.device !== '' && { device: deviceMark(context.device) }),
    });
    return token.id;
  }

  /**
   * Makes this device that person. A token is always a new one and never what the browser brought (no fixation), except
   * that a device which is that person already keeps its own. CONFLICT `identity.switch` {name} when the device is
   * somebody else and has not agreed; NOT_FOUND `person.unknown`.
   */
  async function admit(context: Context, wish: Admission): Promise<Identified> {
    const current = await authenticateById(context.tokenId);
    const person = await records.get(people, wish.personId);
    if (current.actor.kind === 'person') {
      const same = current.actor.personId === wish.personId;
      if (same && (current.actor.proven || !(person && proves(wish, person)))) {
        if (wish.vouched === true) await known.remember(wish.personId, context.device, true);
        return current;
      }
      if (!same && wish.switchPerson !== true)
        throw new AppError('CONFLICT', 'identity.switch', { facts: { name: current.actor.name } });
    }
    if (!person) throw new AppError('NOT_FOUND', 'person.unknown');
    const tokenId = await issue(context, person, wish);
    await known.remember(person.id, context.device, proves(wish, person) || wish.vouched === true);
    if (current.actor.kind === 'person')
      await drop({ id: current.tokenId, personId: current.actor.personId });
    await sweep();
    return authenticateById(tokenId);
  }

  /**
   * Makes this browser a screen of that session: nobody, who reads along until the session ends. CONFLICT `screen.somebody` {name}
   * where somebody is signed in, who would be signed out unasked.
   */
  async function admitScreen(context: Context, sessionId: string): Promise<void> {
    const current = await authenticateById(context.tokenId);
    if (current.actor.kind === 'person' && !isScreen(current.actor))
      throw new AppError('CONFLICT', 'screen.somebody', { facts: { name: current.actor.name } });
    const secret = newSecret();
    context.signIn(secret, SCREEN_LIFE / 1000);
    await records.insert(tokens, {
      ...{ id: digest(secret), personId: screenId(sessionId), proven: false, by: 'screen', sessionId },
      ...{ createdAt: iso(now()), expiresAt: iso(now() + SCREEN_LIFE) },
    });
    if (current.actor.kind === 'person')
      await drop({ id: current.tokenId, personId: current.actor.personId });
    await sweep();
  }

  return {
    admitScreen,
    /** Ends the screens of a session, or one of them. */
    dropScreens: (sessionId: string, which?: (token: TokenRecord) => boolean) =>
      dropAll(screenId(sessionId), which),
    authenticate: (token: string | undefined) => authenticateById(token ? digest(token) : ''),
    authenticateById,
    admit,
    drop,
    dropAll,
    /**
     * Ends what came by this link. Of tokens that do not say what they came by (older programs) those that can have come by nothing
     * else: their owner has proven who they are and has no password.
     */
    dropLinked: (personId: string, linkId: string, hasPassword: boolean) =>
      dropAll(personId, (token) =>
        token.by === undefined ? token.proven && !hasPassword : token.linkId === linkId,
      ),
    /** Whether this browser has been the person before; see `known-devices.ts`. */
    wasBefore: known.of,
    /** Oldest first. */
    async devices(personId: string): Promise<Device[]> {
      const found = await of(personId);
      return found
        .filter((token) => token.expiresAt > iso(now()))
        .map(({ id, createdAt, proven }) => ({ tokenId: id, createdAt, proven }))
        .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    },
  };
}
export type Tokens = ReturnType<typeof createTokens>;
