import type { Hold } from '../../../shared/contract/session.ts';
import { rolesIn, STAFF_ROLES } from '../../../shared/roles.ts';
import type { Context } from '../../platform/handler.ts';
import type { SessionRecord } from './collections.ts';
import type { Core } from './core.ts';

/** Whether the person would be staff here if the device proved who it is. */
async function isStaff(core: Core, record: SessionRecord, personId: string): Promise<boolean> {
  const grants = await core.identity.grantsOf(personId);
  const where = { campaignId: record.campaignId, sessionId: record.id };
  const roles = rolesIn({ kind: 'person', proven: true, grants }, where);
  return STAFF_ROLES.some((role) => roles.has(role));
}

/** Connected, or in the room by the log with a device that still holds: whose devices are all gone must be able to come back. */
async function isPresent(core: Core, record: SessionRecord, personId: string): Promise<boolean> {
  if (core.presence.isHere(record.id, personId)) return true;
  const inside = await core.logs.of(record.id).read(({ state }) => {
    const person = state.people[personId];
    return person?.joinedAt !== undefined && person.leftAt === undefined;
  });
  return inside && (await core.identity.devices(personId)).length > 0;
}

/**
 * Why this device may not simply be that person here; undefined when it may. A name of the staff is free for a device that has
 * proven it or was let in under it before (having chosen it at another door once is nothing); a name that is here already also for
 * any device that was this person before. Costs a few reads by id, whatever the roster holds.
 */
export async function holdOn(
  core: Core,
  context: Context,
  record: SessionRecord,
  personId: string,
): Promise<Hold | undefined> {
  const { actor } = context;
  const self = actor.kind === 'person' && actor.personId === personId;
  if (self && actor.proven) return undefined;
  const before = await core.identity.wasBefore(personId, context.device);
  if (before?.vouched) return undefined;
  if (await isStaff(core, record, personId)) return 'staff';
  if (self || before) return undefined;
  return (await isPresent(core, record, personId)) ? 'present' : undefined;
}
