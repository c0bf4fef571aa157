import { dayOf } from '../../../shared/days.ts';
import { newId } from '../../../shared/ids.ts';
import type { Role } from '../../../shared/actor.ts';
import type { App } from '../../app.ts';
import type { Context } from '../../platform/handler.ts';
import { AFTERWARDS, completeRows, WHILE_IT_GOES_ON, writeDraft, writeRows } from './board.ts';
import { ENDED, endedTalk } from './ended-session.ts';
import { CAMPAIGN, CHAIR, NOTES, OFFICE, ROSTER } from './people.ts';
import { PLANNED, RUNNING, runningTalk, STARTED_AGO } from './running-session.ts';
import { play, type Scene, type Step } from './scene.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

export interface Clock {
  ms: number;
}

/** Everybody of the campaign, and how they call a handler. */
export interface Cast {
  campaignId: string;
  running: { sessionId: string };
  as(name: string): Context;
  idOf(name: string): string;
  unitId(name: string): string;
  roomId(name: string): string;
}

interface Member {
  personId: string;
  unitId: string;
  unitName: string;
  role: Role;
}

const ROLES: Readonly<Record<string, Role>> = {
  [OFFICE]: 'administrator',
  [CHAIR]: 'moderator',
  [NOTES]: 'note-taker',
};

function contextOf(name: string, member: Member, campaignId: string): Context {
  const { personId, unitId, unitName, role } = member;
  const all = role === 'administrator';
  const scope = all ? ('installation' as const) : ('campaign' as const);
  const grant = {
    role,
    scope,
    scopeId: all ? '' : campaignId,
    campaignId: all ? '' : campaignId,
    boardId: '',
  };
  return {
    actor: { kind: 'person', personId, name, unitId, unitName, campaignId, proven: true, grants: [grant] },
    tokenId: '',
    device: '',
    issued: false,
    ip: '',
    origin: '',
    signIn: () => undefined,
    signOut: () => undefined,
  };
}

const from = <V>(map: ReadonlyMap<string, V>, name: string): V => {
  const found = map.get(name);
  if (found === undefined) throw new Error(`The demonstration names ${name}, who is not in it.`);
  return found;
};

/** 10月12日 */
function day(ms: number): string {
  const [, month, date] = dayOf(new Date(ms).toISOString()).split('-').map(Number);
  return `${month}月${date}日`;
}

/** Days from now at which each of the template's four phases begins and ends; the third one is now. */
const PHASES = [
  [-45, -25],
  [-24, -9],
  [-8, 35],
  [36, 120],
] as const;

async function makeRoster(
  app: App,
  office: Context,
  cast: Omit<Cast, 'running'>,
  members: Map<string, Member>,
) {
  const { campaigns, identity } = app.handlers;
  const { campaignId } = cast;
  for (const { unit, people } of ROSTER) {
    await campaigns.addUnit(office, { campaignId, unitId: cast.unitId(unit), name: unit });
    for (const [name, position, level] of people) {
      const { personId, unitId, role } = from(members, name);
      await campaigns.addPerson(office, { campaignId, personId, unitId, name, position, level });
      if (role === 'moderator' || role === 'note-taker')
        await identity.grant(office, { campaignId, personId, role });
    }
  }
  const scope = { scope: 'installation', scopeId: '', campaignId: '', boardId: '' } as const;
  await app.identity.ensureGrant({ personId: cast.idOf(OFFICE), role: 'administrator', ...scope });
}

/** Ids a millisecond apart: a unit's people stand in the order in which they were entered. */
function membersOf(unitIds: ReadonlyMap<string, string>, at: number): Map<string, Member> {
  const members = new Map<string, Member>();
  for (const { unit, people } of ROSTER) {
    for (const [name] of people) {
      const role = ROLES[name] ?? 'participant';
      const personId = newId(at + members.size);
      members.set(name, { personId, unitId: from(unitIds, unit), unitName: unit, role });
    }
  }
  return members;
}

/** The campaign from its template, with phases around today, and everybody on the roster. */
export async function makeCampaign(app: App, clock: Clock): Promise<Cast> {
  const now = clock.ms;
  clock.ms = now - 46 * DAY;
  const campaignId = newId(clock.ms);
  const unitIds = new Map(ROSTER.map(({ unit }) => [unit, newId(clock.ms)]));
  const members = membersOf(unitIds, clock.ms);
  const as = (name: string) => contextOf(name, from(members, name), campaignId);
  const office = as(OFFICE);
  const made = await app.handlers.campaigns.create(office, {
    campaignId,
    ...CAMPAIGN,
    templateId: 'bapobali-2015',
  });
  const phases = made.phases.map((phase, at) => {
    const [begin, end] = PHASES[at]!;
    return { ...phase, dates: `${day(now + begin * DAY)}—${day(now + end * DAY)}` };
  });
  const { version } = made;
  await app.handlers.campaigns.edit(office, { campaignId, version, ...CAMPAIGN, phases, currentPhase: 2 });
  const rooms = new Map(
    (await app.handlers.rooms.list(office, { campaignId })).map((room) => [room.name, room.roomId]),
  );
  const cast = {
    campaignId,
    as,
    idOf: (name: string) => from(members, name).personId,
    unitId: (name: string) => from(unitIds, name),
    roomId: (name: string) => from(rooms, name),
  };
  await makeRoster(app, office, cast, members);
  clock.ms = now;
  return { ...cast, running: { sessionId: newId(now - DAY) } };
}

type Plan = typeof ENDED;

/** Sets a session up as the moderator would have, some days before. */
async function convene(app: App, cast: Cast, plan: Plan, sessionId: string, plannedAt: number) {
  const agenda = plan.agenda.map((item) => ({ ...item, id: newId(), identity: 'named' as const }));
  const { boardId } = await app.handlers.session.create(cast.as(CHAIR), {
    campaignId: cast.campaignId,
    sessionId,
    roomId: cast.roomId(plan.room),
    title: plan.title,
    plannedAt: new Date(plannedAt).toISOString(),
    plannedMinutes: plan.plannedMinutes,
    place: plan.place,
    unitId: cast.unitId(plan.unit),
    agenda,
    expectedUnits: plan.units.map(cast.unitId),
    expectedPeople: plan.people.map(cast.idOf),
  });
  return { boardId, items: agenda.map((item) => item.id) };
}

async function meet(app: App, cast: Cast, clock: Clock, script: readonly Step[], scene: Omit<Scene, Ways>) {
  const whole: Scene = {
    ...scene,
    handlers: app.handlers,
    as: cast.as,
    idOf: cast.idOf,
    setClock: (ms) => {
      clock.ms = ms;
    },
  };
  await play(whole, script);
  return whole;
}
type Ways = 'handlers' | 'as' | 'idOf' | 'setClock';

/** 14:30 or 15:00 in Shanghai, so many days from that moment. */
function atClock(now: number, days: number, time: string): number {
  return Date.parse(`${dayOf(new Date(now + days * DAY).toISOString())}T${time}:00.000+08:00`);
}

/** Last week's minutes: one paragraph put into better words, read and sealed the next morning. */
async function sealMinutes(app: App, cast: Cast, clock: Clock, sessionId: string, at: number): Promise<void> {
  const chair = cast.as(CHAIR);
  clock.ms = at;
  const composed = await app.handlers.minutes.open(chair, { sessionId });
  const closing = composed.paragraphs.find((each) => each.composed.includes('散会'))!;
  const text = '周敏小结：三件事都已明确牵头单位、责任人和时限，下次座谈会首先听取落实情况。';
  const edit = { sessionId, paragraphId: closing.id, rev: closing.rev, text };
  const { version } = await app.handlers.minutes.edit(chair, edit);
  clock.ms = at + 25 * MINUTE;
  await app.handlers.minutes.seal(chair, { sessionId, version });
}

/** One meeting of last week, one that is going on, one of tomorrow; and the unit's list and draft between them. */
export async function playMeetings(app: App, cast: Cast, clock: Clock): Promise<void> {
  const now = clock.ms;
  const marked = new Map<string, string>();
  const held = atClock(now, -6, '14:30');
  const endedId = newId(held - 4 * DAY);
  clock.ms = held - 4 * DAY;
  const ended = await convene(app, cast, ENDED, endedId, held);
  const unit = { documents: app.documents, boardId: ended.boardId, roomId: cast.roomId };
  await writeRows(unit, dayOf(new Date(clock.ms).toISOString()));
  const startedAt = held + 2 * MINUTE;
  await meet(app, cast, clock, endedTalk, { sessionId: endedId, items: ended.items, startedAt, marked });
  await completeRows(unit, marked, AFTERWARDS);
  await writeDraft(unit);
  await sealMinutes(app, cast, clock, endedId, atClock(now, -5, '09:10'));

  clock.ms = now - DAY;
  const opened = now - STARTED_AGO * MINUTE;
  const planned = Math.round(opened / (5 * MINUTE)) * 5 * MINUTE;
  const { sessionId } = cast.running;
  const running = await convene(app, cast, RUNNING, sessionId, planned);
  clock.ms = now - DAY + MINUTE;
  await convene(app, cast, PLANNED, newId(clock.ms), atClock(now, 1, '15:00'));
  await meet(app, cast, clock, runningTalk, {
    sessionId,
    items: running.items,
    startedAt: opened,
    marked,
  });
  await completeRows(unit, marked, WHILE_IT_GOES_ON);
}
