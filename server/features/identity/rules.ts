import type { Actor, Grant, Person } from '../../../shared/actor.ts';
import { derivedId, digest } from '../../platform/secrets.ts';
import type { GrantRecord, PersonRecord, TokenRecord } from './collections.ts';

const DAY = 86_400_000;
export const DEVICE_LIFE = 180 * DAY;
export const ADMIN_LINK_LIFE = DAY;
export const PERSONAL_LINK_LIFE = 30 * DAY;
/** A guest link ends with its session; this only bounds a session that is never held. */
export const GUEST_LINK_LIFE = 180 * DAY;
/** A screen's token ends with its session; this only bounds a session that is never ended. */
export const SCREEN_LIFE = 30 * DAY;
export const TICKET_LIFE = 600_000;

export const iso = (ms: number): string => new Date(ms).toISOString();

/** What two spellings of one name have in common: blanks, width, case and the sort of middle dot do not count. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s\u200B]/gu, '')
    .replace(/[•‧∙・⋅．.]/gu, '·')
    .toLowerCase();
}

/** The one place a name can stand in: a unit of the campaign, or a unit as somebody typed it. */
export function nameSlot(
  campaignId: string,
  unit: { unitId: string; typedUnit: string },
  name: string,
): string {
  const place = unit.unitId === '' ? ['typed', nameKey(unit.typedUnit)] : ['unit', unit.unitId];
  return digest(JSON.stringify(['person', campaignId, ...place, nameKey(name)]));
}

export const unitSlot = (campaignId: string, name: string): string =>
  digest(JSON.stringify(['unit', campaignId, nameKey(name)]));

/** A slot nobody else can want: for people whose name need not be theirs alone. */
export const ownSlot = (personId: string): string => digest(JSON.stringify(['own', personId]));

type GrantKey = Pick<GrantRecord, 'personId' | 'role' | 'scope' | 'scopeId'>;
export const grantId = (g: GrantKey): string => [g.scope, g.scopeId, g.role, g.personId].join('.');

const grantOf = ({ role, scope, scopeId, campaignId, boardId }: GrantRecord): Grant => ({
  role,
  scope,
  scopeId,
  campaignId,
  boardId,
});

/** All screens of a session are one nobody, who is in no list of people. */
export const screenId = (sessionId: string): string => derivedId('screen', sessionId);

export const screenOf = ({ personId, sessionId }: Pick<TokenRecord, 'personId' | 'sessionId'>): Person => ({
  ...{ kind: 'person', personId, name: '大屏', unitId: '', unitName: '', campaignId: '', proven: false },
  grants: [{ role: 'screen', scope: 'session', scopeId: sessionId, campaignId: '', boardId: '' }],
});

export const isScreen = (actor: Actor): boolean =>
  actor.kind === 'person' && actor.grants.some(({ role }) => role === 'screen');

export function actorOf(
  token: TokenRecord,
  person: PersonRecord,
  unitName: string,
  held: readonly GrantRecord[],
): Person {
  return {
    kind: 'person',
    personId: person.id,
    name: person.name,
    unitId: person.unitId,
    unitName,
    campaignId: person.campaignId,
    proven: token.proven,
    ...(person.kind === 'walk-in' && { walkIn: true }),
    grants: held.map(grantOf),
  };
}

/** Whether the campaign is any business of theirs: a right in it or below it, a place on its roster, or the whole installation. */
export function belongs(actor: Actor, campaignId: string): boolean {
  if (actor.kind === 'anonymous') return false;
  if (actor.campaignId === campaignId) return true;
  return actor.grants.some(
    (grant) => grant.campaignId === campaignId || (grant.scope === 'installation' && actor.proven),
  );
}
