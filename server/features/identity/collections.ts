import { z } from 'zod';
import { Role } from '../../../shared/actor.ts';
import { Id, Line, Name, Time, Title } from '../../../shared/fields.ts';
import { defineCollection } from '../../storage/collection.ts';

const stored = { id: z.string().min(1), version: z.number().int() };
/** An id, or '' for "none": indexed fields are required scalars. */
const IdOrNone = z.string().max(36);
/** Who was the last to edit, told to whoever comes too late. */
const edited = { editedBy: z.string(), editedAt: Time };

/** `office` has no campaign; `guest` has no unit. `slot` is the digest of the one place a name can stand in. */
export const PersonRecord = z.object({
  ...stored,
  ...edited,
  kind: z.enum(['roster', 'walk-in', 'guest', 'office']),
  campaignId: IdOrNone,
  unitId: IdOrNone,
  /** As typed at the door, for people whose unit is not on the list; '' when `unitId` says it. */
  typedUnit: Line,
  /** A guest's session. */
  sessionId: IdOrNone,
  name: Name,
  slot: z.string(),
  position: Line,
  level: Line,
  order: z.number().int(),
  /** The import that made it, so that readers skip what an unfinished one left. */
  importId: IdOrNone,
});
export type PersonRecord = z.infer<typeof PersonRecord>;
export const people = defineCollection('people', PersonRecord, {
  slot: { fields: ['slot'], unique: true },
  byCampaign: { fields: ['campaignId', 'id'] },
  byUnit: { fields: ['unitId', 'id'] },
});

export const UnitRecord = z.object({
  ...stored,
  ...edited,
  campaignId: Id,
  name: Name,
  slot: z.string(),
  order: z.number().int(),
  importId: IdOrNone,
});
export type UnitRecord = z.infer<typeof UnitRecord>;
export const units = defineCollection('units', UnitRecord, {
  slot: { fields: ['slot'], unique: true },
  byCampaign: { fields: ['campaignId', 'id'] },
});

/** The id is made of the content, so that the same right is never held twice. */
export const GrantRecord = z.object({
  ...stored,
  personId: Id,
  role: Role,
  scope: z.enum(['installation', 'campaign', 'session']),
  scopeId: IdOrNone,
  campaignId: IdOrNone,
  boardId: IdOrNone,
});
export type GrantRecord = z.infer<typeof GrantRecord>;
export const grants = defineCollection('grants', GrantRecord, {
  byPerson: { fields: ['personId', 'id'] },
  byCampaign: { fields: ['campaignId', 'scope', 'role', 'id'] },
  byScope: { fields: ['scopeId', 'role', 'id'] },
});

/** What a device came by: a password, a link, a name chosen at a door, or a code that pairs a screen (it is nobody then). */
export const Way = z.enum(['password', 'link', 'name', 'screen']);
export type Way = z.infer<typeof Way>;

/**
 * One device of one person. The id is the SHA-256 of what the cookie holds; `sessionId` for guests and screens only. `by` is missing in tokens of
 * older programs; `linkId` says which link, when it was one.
 * `device`: the digest of the browser's own id, so that its being known ends with the token that is taken away.
 */
export const TokenRecord = z.object({
  ...stored,
  personId: Id,
  proven: z.boolean(),
  by: Way.optional(),
  linkId: z.string().optional(),
  sessionId: IdOrNone,
  createdAt: Time,
  expiresAt: Time,
  device: z.string().optional(),
});
export type TokenRecord = z.infer<typeof TokenRecord>;
export const tokens = defineCollection('tokens', TokenRecord, {
  byPerson: { fields: ['personId', 'id'] },
  byExpiry: { fields: ['expiresAt'] },
});

/** A browser that has been this person; the id is `<person>.<digest of the browser's id>`. See `known-devices.ts`. */
export const KnownDeviceRecord = z.object({ ...stored, personId: Id, vouched: z.boolean(), at: Time });
export type KnownDeviceRecord = z.infer<typeof KnownDeviceRecord>;
export const knownDevices = defineCollection('known_devices', KnownDeviceRecord, {
  byPerson: { fields: ['personId', 'id'] },
});

/** Login and argon2id hash; the id is the person's. `devices`: digests of browsers that have signed in with this password. */
export const AccountRecord = z.object({
  ...stored,
  login: z.string(),
  loginKey: z.string(),
  hash: z.string(),
  devices: z.array(z.string()),
});
export type AccountRecord = z.infer<typeof AccountRecord>;
export const accounts = defineCollection('accounts', AccountRecord, {
  login: { fields: ['loginKey'], unique: true },
});

/**
 * A door for who holds its secret. Ids `admin` and `personal.<campaign>.<person>` exist once: a new link takes the old
 * one's place. `secret` is kept for guest links only, which the moderator may copy again; others are known by digest.
 */
export const LinkRecord = z.object({
  ...stored,
  digest: z.string(),
  secret: z.string(),
  kind: z.enum(['admin', 'personal', 'guest']),
  state: z.enum(['open', 'claimed', 'used', 'ended']),
  personId: IdOrNone,
  campaignId: IdOrNone,
  sessionId: IdOrNone,
  boardId: IdOrNone,
  sessionTitle: Line,
  name: z.string(),
  usedBy: z.string(),
  unitName: Line,
  /** The browser that came first. */
  device: z.string(),
  expiresAt: Time,
  /** Ended because its meeting is over: when that was held, and whose it was. */
  over: z.object({ at: Time, host: z.string() }).optional(),
});
export type LinkRecord = z.infer<typeof LinkRecord>;
export const links = defineCollection('links', LinkRecord, {
  digest: { fields: ['digest'], unique: true },
  bySession: { fields: ['sessionId', 'id'] },
});

/** A file to fetch without a cookie, for ten minutes. The id is the digest of the address's secret. */
export const FileTicketRecord = z.object({
  ...stored,
  procedure: z.string(),
  input: z.string(),
  tokenId: z.string(),
  name: z.string(),
  expiresAt: Time,
});
export type FileTicketRecord = z.infer<typeof FileTicketRecord>;
export const fileTickets = defineCollection('file_tickets', FileTicketRecord, {
  byExpiry: { fields: ['expiresAt'] },
});

export const ImportRow = z.object({
  line: z.number().int(),
  unit: Name,
  name: Name,
  position: Line,
  level: Line,
  known: z.boolean(),
});
export type ImportRow = z.infer<typeof ImportRow>;
/** One roster file, whole: storing it is the commit, people are made from it afterwards, `done` comes last. */
export const ImportRecord = z.object({
  ...stored,
  campaignId: Id,
  fileName: Title,
  /** Of the file's bytes: another file under the same id is a mistake. */
  digest: z.string(),
  at: Time,
  by: z.string(),
  rows: z.array(ImportRow),
  done: z.boolean(),
});
export type ImportRecord = z.infer<typeof ImportRecord>;
export const rosterImports = defineCollection('roster_imports', ImportRecord, {
  byDone: { fields: ['done', 'id'] },
});
