import { DONE } from '../../../shared/contract/answers.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import type { DoorView, DoorWait, session } from '../../../shared/contract/session.ts';
import { AppError } from '../../../shared/errors.ts';
import { can } from '../../../shared/policy.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { codes, type SessionRecord, sessions } from './collections.ts';
import { repeatLog } from './repeat.ts';
import { isShut } from './shut.ts';
import { themeOf } from './theme.ts';
import { type Core, enterPlace, isRemoved } from './core.ts';
import { createClaims } from './door-claims.ts';
import { createDoorList } from './door-list.ts';
import { holdOn } from './door-proof.ts';
import { noteWalkIn } from './walk-ins.ts';

type Door = Pick<
  HandlersOf<typeof session>,
  'door' | 'join' | 'ask' | 'asked' | 'stopAsking' | 'guestLinks' | 'makeGuestLink' | 'revokeGuestLink'
>;

/** The door: a valid code shows this session's units and expected people, and lets a name be claimed. */
export function createDoor(core: Core): Door {
  const listOf = createDoorList(core);
  const claims = createClaims(core);

  async function byCode(context: Context, code: string): Promise<SessionRecord> {
    const record = await core.attempts.code(context, code, async () => {
      const found = await core.records.get(codes, code);
      const record = found && (await core.records.get(sessions, found.sessionId));
      if (record && isShut(record, core.now())) await repeatLog(core, record.id);
      if (!record || record.code !== code || isShut(record, core.now()))
        throw new AppError('NOT_FOUND', 'code.unknown');
      return record;
    });
    core.attempts.vouch(context.ip, code);
    return record;
  }

  /** The code of a meeting that is over still says so, but lets nobody in. */
  async function openDoor(context: Context, code: string): Promise<SessionRecord> {
    const record = await byCode(context, code);
    if (record.phase === 'ended') throw new AppError('WRONG_STATE', 'session.ended');
    return record;
  }

  /** Somebody of this campaign, or who holds a right in it, may enter as who they are. */
  function remembered(context: Context, record: SessionRecord): string {
    const { actor } = context;
    if (actor.kind === 'anonymous') return '';
    const reads = can(actor, 'session:enter', { campaignId: record.campaignId, sessionId: record.id });
    return reads || actor.campaignId === record.campaignId ? actor.name : '';
  }

  async function view(context: Context, record: SessionRecord): Promise<DoorView> {
    const room = await core.places.room(record.roomId);
    const steering = await core.logs.of(record.id).read(({ state }) =>
      Object.values(state.people)
        .filter((p) => p.capacity === 'moderator')
        .map((p) => p.name),
    );
    return {
      sessionId: record.id,
      title: record.title,
      sponsor: record.unitName,
      topic: themeOf(room, ''),
      plannedAt: record.plannedAt,
      plannedMinutes: record.plannedMinutes,
      phase: record.phase,
      ...(record.startedAt ? { startedAt: record.startedAt } : {}),
      moderators: steering.length > 0 ? steering : [record.createdByName],
      present: core.presence.count(record.id),
      units: record.phase === 'ended' ? [] : await listOf(record),
      rememberedAs: remembered(context, record),
      rosterOnly: record.rosterOnly === true,
    };
  }

  /** Who the device wants to be here, with what they may do here already. */
  async function wanted(context: Context, record: SessionRecord, input: InputOf<'session.join'>) {
    const { actor } = context;
    const named = await claims.of(context, record, input);
    const self = actor.kind === 'person' && remembered(context, record) !== '' ? actor.personId : '';
    const person = named ?? (self === '' ? undefined : await core.identity.person(self));
    if (!person)
      throw new AppError('INVALID_INPUT', 'person.choose', {
        fields: [{ path: 'personId', reason: 'person.choose' }],
      });
    const already = actor.kind === 'person' && actor.personId === person.id;
    const where = { campaignId: record.campaignId, sessionId: record.id };
    return { person, already, reads: already && can(actor, 'session:enter', where) };
  }

  async function join(context: Context, input: InputOf<'session.join'>) {
    const record = await openDoor(context, input.code);
    const { person, already, reads } = await wanted(context, record, input);
    context.about?.({ id: record.id, name: record.title, byName: person.name });
    const personId = person.id;
    if (await isRemoved(core, record.id, personId)) throw new AppError('FORBIDDEN', 'person.removed');
    if (!reads) claims.listed(record, person);
    const hold = await holdOn(core, context, record, personId);
    const nod = hold && (await core.requests.nod(context, record.id, personId));
    if (hold && !nod) throw new AppError('FORBIDDEN', `door.${hold}`, { facts: { name: person.name } });
    if (!already || nod) {
      const wish = { personId, switchPerson: input.switchPerson === true, vouched: nod !== undefined };
      await core.identity.admit(context, wish);
    }
    if (!reads) {
      const { id: scopeId, campaignId, boardId } = record;
      const scope = { scope: 'session', scopeId, campaignId, boardId } as const;
      await core.identity.ensureGrant({ personId, role: 'participant', ...scope });
    }
    if (person.kind === 'walk-in') await noteWalkIn(core, context, record, person);
    if (nod) await core.requests.done(nod);
    return { sessionId: record.id, personId };
  }

  /** Asking where nothing holds the name is no mistake: the page joins then. */
  async function ask(context: Context, input: InputOf<'session.ask'>): Promise<DoorWait> {
    const record = await openDoor(context, input.code);
    const { actor } = context;
    const self = actor.kind === 'person' && remembered(context, record) !== '' ? actor.personId : undefined;
    const named = input.personId !== undefined || input.name !== undefined;
    const person = await claims.known(record, named || self === undefined ? input : { personId: self });
    if (!person) throw new AppError('NOT_FOUND', 'person.unknown');
    if (await isRemoved(core, record.id, person.id)) throw new AppError('FORBIDDEN', 'person.removed');
    const why = await holdOn(core, context, record, person.id);
    const { id: personId, name, unitName } = person;
    if (!why) return { state: 'let-in', personId, name, chaired: true };
    return core.requests.ask(context, { sessionId: record.id, personId, name, unitName, why });
  }

  return {
    door: async (context, input) => view(context, await byCode(context, input.code)),
    join,
    ask,
    asked: async (context, { code }) => core.requests.asked(context, (await byCode(context, code)).id),
    async stopAsking(context, { code }) {
      const record = await byCode(context, code);
      context.about?.({ id: record.id, name: record.title });
      await core.requests.stop(context, record.id);
      return DONE;
    },
    async guestLinks(context, input) {
      await enterPlace(core, context, input.sessionId, 'session:invite');
      return core.identity.guestLinks(context.origin, input.sessionId);
    },
    async makeGuestLink(context, input) {
      const { record } = await enterPlace(core, context, input.sessionId, 'session:invite');
      if (record.phase === 'ended') throw new AppError('WRONG_STATE', 'session.ended');
      const { id: sessionId, campaignId, boardId, title: sessionTitle } = record;
      return core.identity.makeGuestLink(context.origin, {
        sessionId,
        campaignId,
        boardId,
        sessionTitle,
        name: input.name,
      });
    },
    async revokeGuestLink(context, input) {
      await enterPlace(core, context, input.sessionId, 'session:invite');
      await core.identity.revokeGuestLink(input.sessionId, input.linkId);
      return DONE;
    },
  };
}
