import { randomInt } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { InputOf } from '../../../shared/contract/index.ts';
import { DONE } from '../../../shared/contract/answers.ts';
import type { SessionView, session } from '../../../shared/contract/session.ts';
import { AppError, isError } from '../../../shared/errors.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { permit } from '../../platform/permit.ts';
import { modify } from '../../storage/modify.ts';
import type { Draft } from '../../storage/port.ts';
import { codes, type SessionRecord, sessions } from './collections.ts';
import { belongs } from '../identity/rules.ts';
import { type Core, enterPlace, type Person, personOf } from './core.ts';
import { requireExpected } from './expected.ts';
import { involve } from './involved.ts';
import { announceSchedule, requireFew } from './schedule.ts';
import { roomSession } from './telling.ts';
import { forgetWalkIns } from './walk-ins.ts';

type Settings = Pick<HandlersOf<typeof session>, 'create' | 'get' | 'edit' | 'remove'>;
type Fields = Pick<
  InputOf<'session.edit'>,
  | 'title'
  | 'plannedAt'
  | 'plannedMinutes'
  | 'place'
  | 'unitId'
  | 'agenda'
  | 'expectedUnits'
  | 'expectedPeople'
>;

const fieldsOf = (input: Fields): Fields => ({
  title: input.title,
  plannedAt: input.plannedAt,
  plannedMinutes: input.plannedMinutes,
  place: input.place,
  unitId: input.unitId,
  agenda: input.agenda,
  expectedUnits: input.expectedUnits,
  expectedPeople: input.expectedPeople,
});

export const viewOf = (core: Core, record: SessionRecord, invites: boolean): SessionView => ({
  ...roomSession(record, core.presence.count(record.id), invites),
  ...fieldsOf(record),
  version: record.rev,
});

/** A code that no other session has: the code is the record's id. */
export async function allocateCode(core: Core, sessionId: string): Promise<string> {
  for (let tries = 0; tries < 50; tries++) {
    const code = String(randomInt(100_000, 1_000_000));
    try {
      await core.records.insert(codes, { id: code, sessionId });
      return code;
    } catch (error) {
      if (!isError(error, 'CONFLICT')) throw error;
    }
  }
  throw new AppError('UNAVAILABLE', 'code.none');
}

/** A campaign that is none of their business does not exist for them. */
export function known(person: Person, campaignId: string): void {
  if (!belongs(person, campaignId)) throw new AppError('NOT_FOUND', 'campaign.unknown');
}

export function createSettings(core: Core): Settings {
  async function checkUnit(campaignId: string, unitId: string): Promise<string> {
    const name = await core.places.unitName(campaignId, unitId);
    if (name === undefined)
      throw new AppError('NOT_FOUND', 'unit.unknown', {
        fields: [{ path: 'unitId', reason: 'unit.unknown' }],
      });
    return name;
  }

  async function create(context: Context, input: InputOf<'session.create'>): Promise<SessionView> {
    const person = personOf(context);
    known(person, input.campaignId);
    permit(context, 'session:create', { campaignId: input.campaignId });
    const made = await madeBefore(person, input);
    if (made) return finish(made, person.personId);
    const room = await core.places.room(input.roomId);
    if (room?.campaignId !== input.campaignId) throw new AppError('NOT_FOUND', 'room.unknown');
    const unitName = await checkUnit(input.campaignId, input.unitId);
    await requireExpected(core, input.campaignId, input);
    await requireFew(core, input);
    const { id: boardId } = await core.board.ensureBoard(input.campaignId, input.unitId);
    const code = await allocateCode(core, input.sessionId);
    const draft: Draft<SessionRecord> = {
      id: input.sessionId,
      campaignId: input.campaignId,
      roomId: input.roomId,
      boardId,
      unitName,
      ...fieldsOf(input),
      code,
      phase: 'draft',
      problems: 0,
      minutesSealed: false,
      rev: 1,
      createdBy: person.personId,
      createdByName: person.name,
      updatedByName: person.name,
      updatedAt: new Date(core.now()).toISOString(),
    };
    await involve(core.records, input.sessionId, input.expectedPeople);
    const record = await core.records.insert(sessions, draft).catch(async (error: unknown) => {
      // The same command sent twice at once: the first one's is the answer to both.
      await core.records.remove(codes, code);
      const first = isError(error, 'CONFLICT') ? await madeBefore(person, input) : undefined;
      if (first) return first;
      throw error;
    });
    return finish(record, person.personId);
  }

  /** What an earlier try of the same command made. CONFLICT `id.taken` for another's, and for one that was removed. */
  async function madeBefore(person: Person, input: InputOf<'session.create'>) {
    const made = await core.records.get(sessions, input.sessionId);
    if (made?.campaignId === input.campaignId && made.createdBy === person.personId) return made;
    const told = made ? 1 : await core.logs.of(input.sessionId).read(({ state }) => state.seq);
    if (told > 0) throw new AppError('CONFLICT', 'id.taken');
    return undefined;
  }

  async function finish(record: SessionRecord, by: string): Promise<SessionView> {
    await core.mending.finish(record.id, async () => {
      if (record.rev > 1) await core.identity.moveSession(record.id, record.boardId);
      await announceSchedule(core, record, by);
    });
    return viewOf(core, record, true);
  }

  /** The new settings on the record as it is now; who comes second is told who was first, and when. */
  function edited(record: SessionRecord, input: InputOf<'session.edit'>): SessionRecord {
    if (record.rev !== input.version)
      throw new AppError('CONFLICT', 'edit.late', {
        facts: { by: record.updatedByName, at: record.updatedAt },
      });
    if (record.phase === 'ended') throw new AppError('WRONG_STATE', 'session.ended');
    if (record.phase !== 'draft' && record.unitId !== input.unitId)
      throw new AppError('WRONG_STATE', 'session.unit-fixed');
    return { ...record, ...fieldsOf(input), rev: record.rev + 1 };
  }

  async function edit(context: Context, input: InputOf<'session.edit'>): Promise<SessionView> {
    const { record, person } = await enterPlace(core, context, input.sessionId, 'session:edit');
    if (repeats(record, input, person)) return finish(record, person.personId);
    edited(record, input);
    const unitName = await checkUnit(record.campaignId, input.unitId);
    await requireExpected(core, record.campaignId, input, record);
    const { id: boardId } = await core.board.ensureBoard(record.campaignId, input.unitId);
    const by = { updatedByName: person.name, updatedAt: new Date(core.now()).toISOString() };
    await requireFew(core, { ...input, campaignId: record.campaignId });
    await involve(core.records, record.id, input.expectedPeople);
    const saved = await modify(core.records, sessions, record.id, (each) => ({
      ...edited(each, input),
      ...{ unitName, boardId, ...by },
    }));
    return finish(saved, person.personId);
  }

  /** Sent again because the answer was lost: it is done already. */
  const repeats = (record: SessionRecord, input: InputOf<'session.edit'>, { name }: Person): boolean =>
    record.rev === input.version + 1 &&
    record.updatedByName === name &&
    isDeepStrictEqual(fieldsOf(record), fieldsOf(input));

  async function remove(context: Context, input: InputOf<'session.remove'>) {
    const { record } = await enterPlace(core, context, input.sessionId, 'session:edit');
    context.about?.({ name: record.title });
    const phase = await core.logs.of(record.id).read(({ state }) => state.phase);
    if (phase !== 'draft') throw new AppError('WRONG_STATE', 'session.started');
    if (record.code !== '') await core.records.remove(codes, record.code);
    await core.identity.revokeWholeSession(record.id);
    await core.requests.endSession(record.id);
    await forgetWalkIns(core, record.id);
    await core.records.remove(sessions, record.id);
    core.logs.forget(record.id);
    return DONE;
  }

  return {
    create,
    edit,
    remove,
    async get(context, input) {
      const { record, may } = await enterPlace(core, context, input.sessionId);
      return viewOf(core, record, may('session:invite'));
    },
  };
}
