import type { InputOf } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../../platform/handler.ts';
import type { SessionRecord } from './collections.ts';
import type { Core } from './core.ts';
import { createDoorLimits } from './door-limits.ts';

type Who = Pick<InputOf<'session.join'>, 'personId' | 'name' | 'unitName'>;
type Claimed = NonNullable<Awaited<ReturnType<Core['identity']['person']>>>;

const notListed = (name: string) => new AppError('FORBIDDEN', 'door.roster-only', { facts: { name } });

/** Whom a phone at the door says it is. */
export function createClaims(core: Core) {
  const limits = createDoorLimits(core.now);

  async function chosen(record: SessionRecord, personId: string): Promise<Claimed> {
    const person = await core.identity.person(personId);
    // A guest's name is not to be chosen: it belongs to who came by its link.
    if (person?.campaignId !== record.campaignId || person.kind === 'guest')
      throw new AppError('NOT_FOUND', 'person.unknown');
    return person;
  }

  async function typed(record: SessionRecord, name: string, unit: string) {
    const { campaignId } = record;
    const unitName = unit === '' ? record.unitName : unit;
    const unitId = unit === '' ? record.unitId : await core.places.unitCalled(campaignId, unit);
    return { campaignId, unitId, unitName, name };
  }

  /** The person whom the input names, as far as there is one; undefined means "as who I am" or a name that nobody has. */
  async function known(record: SessionRecord, { personId, name, unitName }: Who) {
    if (personId !== undefined) return chosen(record, personId);
    return name === undefined
      ? undefined
      : core.identity.called(await typed(record, name, unitName?.trim() ?? ''));
  }

  async function walkIn(context: Context, record: SessionRecord, name: string, unit: string) {
    if (record.rosterOnly) throw notListed(name);
    const giveBack = limits.take(record.id, context);
    try {
      return await core.identity.ensureWalkIn(await typed(record, name, unit));
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  return {
    known,
    /**
     * The same, and a name that nobody has makes a new person. RATE_LIMITED `names.many`; FORBIDDEN `door.roster-only` where only
     * the roster comes in; what `ensureWalkIn` says to names that are nobody's own.
     */
    async of(context: Context, record: SessionRecord, who: Who): Promise<Claimed | undefined> {
      const person = await known(record, who);
      if (person || who.personId !== undefined || who.name === undefined) return person;
      return walkIn(context, record, who.name, who.unitName?.trim() ?? '');
    },
    /** Who walked in once is not on the roster either; who has a right in this session already keeps it. */
    listed(record: SessionRecord, person: Claimed): void {
      if (record.rosterOnly && person.kind === 'walk-in') throw notListed(person.name);
    },
  };
}
export type Claims = ReturnType<typeof createClaims>;
