import { randomInt } from 'node:crypto';
import type { InputOf } from '../../../shared/contract/index.ts';
import { DONE } from '../../../shared/contract/answers.ts';
import type { SessionView, session } from '../../../shared/contract/session.ts';
import { AppError, isError } from '../../../shared/errors.ts';
import type { ExpectedPerson } from '../../../shared/log.ts';
import { can } from '../../../shared/policy.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { permit } from '../../platform/permit.ts';
import { modify } from '../../storage/modify.ts';
import { codes, type SessionRecord, sessions } from './collections.ts';
import { belongs } from '../identity/rules.ts';
import { type Core, enterPlace, type Person, personOf } from './core.ts';

type Settings = Pick<HandlersOf<typeof session>, 'list' | 'create' | 'get' | 'edit' | 'remove'>;
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

export function viewOf(core: Core, record: SessionRecord, invites: boolean): SessionView {
  const {
    id,
    rev,
    campaignId,
    roomId,
    boardId,
    unitName,
    phase,
    minutesSealed,
    problems,
    startedAt,
    endedAt,
  } = record;
  return {
    sessionId: id,
    version: rev,
    campaignId,
    roomId,
    boardId,
    unitName,
    phase,
    minutesSealed,
    problems,
    ...fieldsOf(record),
    code: invites ? record.code : '',
    present: core.presence.count(id),
    ...(startedAt ? { startedAt } : {}),
    ...(endedAt ? { endedAt } : {}),
  };
}

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

/** The expected people as of now: all of the units named and the persons named, in the roster's order. */
async function expectedOf(core: Core, record: SessionRecord): Promise<ExpectedPerson[]> {
  const units = new Set(record.expectedUnits);
  const persons = new Set(record.expectedPeople);
  const roster = await core.places.roster(record.campaignId);
  return roster
    .filter((p) => units.has(p.unitId) || persons.has(p.personId))
    .slice(0, 2000)
    .map((p) => ({ personId: p.personId, name: p.name, unitName: p.unitName, level: p.level }));
}

/** Tells the log what the record says; the entry's id derives from the settings' revision, so that repeating it changes nothing. */
export async function announceSchedule(core: Core, record: SessionRecord, by: string): Promise<void> {
  const log = core.logs.of(record.id);
  const rev = await log.read(({ state }) => state.schedule?.rev ?? 0);
  if (rev >= record.rev) return;
  const room = await core.places.room(record.roomId);
  const expected = await expectedOf(core, record);
  const { title, plannedAt, plannedMinutes, place, agenda, boardId } = record;
  const hostUnit = { unitId: record.unitId, name: record.unitName };
  const topic = { name: room?.name ?? title, break: room?.break ?? '', build: room?.build ?? '' };
  const plan = {
    rev: record.rev,
    title,
    plannedAt,
    plannedMinutes,
    place,
    hostUnit,
    boardId,
    topic,
    agenda,
    expected,
  };
  await log.append({
    id: `scheduled-${record.rev}`,
    content: { name: 'scheduled', rev: record.rev },
    decide: () => ({ main: { kind: 'scheduled', by, ...plan } }),
  });
}

/** A campaign that is none of their business does not exist for them. */
function known(person: Person, campaignId: string): void {
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
    const made = await core.records.get(sessions, input.sessionId);
    if (made && (made.campaignId !== input.campaignId || made.createdBy !== person.personId))
      throw new AppError('CONFLICT', 'id.taken');
    if (made) return finish(made, person.personId);
    const room = await core.places.room(input.roomId);
    if (room?.campaignId !== input.campaignId) throw new AppError('NOT_FOUND', 'room.unknown');
    const unitName = await checkUnit(input.campaignId, input.unitId);
    const { id: boardId } = await core.board.ensureBoard(input.campaignId, input.unitId);
    const record = await core.records.insert(sessions, {
      id: input.sessionId,
      campaignId: input.campaignId,
      roomId: input.roomId,
      boardId,
      unitName,
      ...fieldsOf(input),
      code: await allocateCode(core, input.sessionId),
      phase: 'draft',
      problems: 0,
      minutesSealed: false,
      rev: 1,
      createdBy: person.personId,
      createdByName: person.name,
      updatedByName: person.name,
      updatedAt: new Date(core.now()).toISOString(),
    });
    return finish(record, person.personId);
  }

  async function finish(record: SessionRecord, by: string): Promise<SessionView> {
    await announceSchedule(core, record, by);
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
    edited(record, input);
    const unitName = await checkUnit(record.campaignId, input.unitId);
    const { id: boardId } = await core.board.ensureBoard(record.campaignId, input.unitId);
    const by = { updatedByName: person.name, updatedAt: new Date(core.now()).toISOString() };
    const saved = await modify(core.records, sessions, record.id, (each) => ({
      ...edited(each, input),
      ...{ unitName, boardId, ...by },
    }));
    await announceSchedule(core, saved, person.personId);
    core.hub.publish(`session:${saved.id}`, 'session:changed', { sessionId: saved.id });
    return viewOf(core, saved, true);
  }

  async function remove(context: Context, input: InputOf<'session.remove'>) {
    const { record } = await enterPlace(core, context, input.sessionId, 'session:edit');
    if (record.phase !== 'draft') throw new AppError('WRONG_STATE', 'session.started');
    if (record.code !== '') await core.records.remove(codes, record.code);
    await core.identity.endSession(record.id);
    await core.records.remove(sessions, record.id);
    core.logs.forget(record.id);
    return DONE;
  }

  return {
    create,
    edit,
    remove,
    async list(context, input) {
      const person = personOf(context);
      known(person, input.campaignId);
      const records = await core.records.list(
        sessions,
        'byCampaign',
        { campaignId: input.campaignId },
        { order: 'desc', limit: 500 },
      );
      return records
        .filter((record) =>
          can(person, 'session:read', { campaignId: input.campaignId, sessionId: record.id }),
        )
        .map((record) =>
          viewOf(
            core,
            record,
            can(person, 'session:invite', { campaignId: input.campaignId, sessionId: record.id }),
          ),
        );
    },
    async get(context, input) {
      const { record, may } = await enterPlace(core, context, input.sessionId);
      return viewOf(core, record, may('session:invite'));
    },
  };
}
