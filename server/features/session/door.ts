import { DONE } from '../../../shared/contract/answers.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import type { DoorView, session } from '../../../shared/contract/session.ts';
import { AppError } from '../../../shared/errors.ts';
import { can } from '../../../shared/policy.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { codes, type SessionRecord, sessions } from './collections.ts';
import { type Core, enterPlace, isRemoved } from './core.ts';
import { createDoorList } from './door-list.ts';

type Door = Pick<
  HandlersOf<typeof session>,
  'door' | 'join' | 'guestLinks' | 'makeGuestLink' | 'revokeGuestLink'
>;

/** The door: a valid code shows this session's units and expected people, and lets a name be claimed. */
export function createDoor(core: Core): Door {
  const listOf = createDoorList(core);

  async function byCode(context: Context, code: string): Promise<SessionRecord> {
    return core.attempts.guard({ device: context.device, ip: context.ip }, async () => {
      const found = await core.records.get(codes, code);
      const record = found && (await core.records.get(sessions, found.sessionId));
      if (!record || record.code !== code) throw new AppError('NOT_FOUND', 'code.unknown');
      return record;
    });
  }

  /** Somebody of this campaign, or who holds a right in it, may enter as who they are. */
  function remembered(context: Context, record: SessionRecord): string {
    const { actor } = context;
    if (actor.kind === 'anonymous') return '';
    const reads = can(actor, 'session:read', { campaignId: record.campaignId, sessionId: record.id });
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
      topic: { name: room?.name ?? '', break: room?.break ?? '', build: room?.build ?? '' },
      plannedAt: record.plannedAt,
      plannedMinutes: record.plannedMinutes,
      phase: record.phase,
      moderators: steering.length > 0 ? steering : [record.createdByName],
      present: core.presence.count(record.id),
      units: await listOf(record),
      rememberedAs: remembered(context, record),
    };
  }

  /** Whom the input names; undefined means "as who I am". */
  async function claimed(record: SessionRecord, input: InputOf<'session.join'>) {
    if (input.personId !== undefined) {
      const person = await core.identity.person(input.personId);
      // A guest's name is not to be chosen: it belongs to who came by its link.
      if (person?.campaignId !== record.campaignId || person.kind === 'guest')
        throw new AppError('NOT_FOUND', 'person.unknown');
      return person;
    }
    if (input.name === undefined) return undefined;
    const typed = input.unitName?.trim() ?? '';
    const unitName = typed === '' ? record.unitName : typed;
    const unitId = typed === '' ? record.unitId : await core.places.unitCalled(record.campaignId, typed);
    return core.identity.ensureWalkIn({ campaignId: record.campaignId, unitId, unitName, name: input.name });
  }

  async function join(context: Context, input: InputOf<'session.join'>) {
    const record = await byCode(context, input.code);
    const person = await claimed(record, input);
    context.about?.({ id: record.id, name: record.title, byName: person?.name });
    const { actor } = context;
    if (!person && (actor.kind === 'anonymous' || remembered(context, record) === '')) {
      throw new AppError('INVALID_INPUT', 'person.choose', {
        fields: [{ path: 'personId', reason: 'person.choose' }],
      });
    }
    const personId = person?.id ?? (actor.kind === 'person' ? actor.personId : '');
    if (await isRemoved(core, record.id, personId)) throw new AppError('FORBIDDEN', 'person.removed');
    const scope = {
      scope: 'session',
      scopeId: record.id,
      campaignId: record.campaignId,
      boardId: record.boardId,
    } as const;
    const already = actor.kind === 'person' && actor.personId === personId;
    if (!already) await core.identity.admit(context, { personId, switchPerson: input.switchPerson === true });
    const reads =
      already && can(actor, 'session:read', { campaignId: record.campaignId, sessionId: record.id });
    if (!reads) await core.identity.ensureGrant({ personId, role: 'participant', ...scope });
    return { sessionId: record.id, personId };
  }

  return {
    door: async (context, input) => view(context, await byCode(context, input.code)),
    join,
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
