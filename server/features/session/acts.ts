import type { InputOf } from '../../../shared/contract/index.ts';
import type { session } from '../../../shared/contract/session.ts';
import { AppError, isError } from '../../../shared/errors.ts';
import type { Entry } from '../../../shared/log.ts';
import type { Action } from '../../../shared/policy.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { sessions } from './collections.ts';
import { type Core, enterPlace, type Place } from './core.ts';
import { writerMark } from './devices.ts';
import { roomChannel } from './presence.ts';
import { project } from './project.ts';
import { repeatLog } from './repeat.ts';
import * as floor from './floor-rules.ts';
import * as records from './record-rules.ts';
import { standingNow } from './row-count.ts';
import { ensureRows } from './take-up.ts';
import type { Command } from './room-log.ts';
import * as course from './course-rules.ts';
import * as rules from './rules.ts';

type Acts = Pick<
  HandlersOf<typeof session>,
  | 'enter'
  | 'leave'
  | 'removePerson'
  | 'attend'
  | 'start'
  | 'pause'
  | 'resume'
  | 'end'
  | 'prompt'
  | 'openItem'
  | 'closeItem'
  | 'say'
  | 'recall'
  | 'hide'
  | 'show'
  | 'pin'
  | 'unpin'
  | 'mark'
  | 'unmark'
  | 'takeUp'
  | 'raiseHand'
  | 'lowerHand'
  | 'orderQueue'
  | 'giveFloor'
  | 'extendFloor'
  | 'endFloor'
  | 'decide'
  | 'assign'
  | 'strike'
>;
interface Act {
  sessionId: string;
  id: string;
}
type Decide = Command['decide'];
/** What the rule of a command needs to know besides its input. */
interface Doing extends Place {
  /** The device that asks, as it is kept beside what it writes; see `devices.ts`. */
  device: string;
}

/** The commands of a meeting: permit, decide on the state, append (which stores and tells). */
export function createActs(core: Core): Acts {
  async function append(
    place: Place & { device?: string },
    name: string,
    input: Act,
    decide: Decide,
  ): Promise<Entry> {
    const log = core.logs.of(place.record.id);
    const content = { name, by: place.person.personId, input };
    const written = name === 'say' && place.device !== undefined && { device: place.device };
    const entry = await log.append({ id: input.id, content, ...written, decide });
    return log.read(({ state }) => project(entry, place.audience, state));
  }

  /** A command that only needs a right and a rule. */
  function act<I extends Act>(name: string, action: Action, rule: (input: I, place: Doing) => Decide) {
    return async (context: Context, input: I): Promise<Entry> => {
      const place = await enterPlace(core, context, input.sessionId, action);
      const doing = { ...place, device: writerMark(input.sessionId, context) };
      return append(doing, name, input, rule(input, doing));
    };
  }

  const by = (place: Place) => place.person.personId;
  const doer = (place: Place): rules.Doer => ({
    person: place.person,
    capacity: rules.capacityOf(place.roles),
  });
  const mark = (kind: Parameters<typeof rules.mark>[0], action: Action) =>
    act<Act & { messageId: string }>(kind, action, (input, place) =>
      rules.mark(kind, input.messageId, by(place)),
    );

  const phased =
    <I extends Act>(command: (context: Context, input: I) => Promise<Entry>) =>
    async (context: Context, input: I): Promise<Entry> => {
      const entry = await command(context, input);
      await core.mending.finish(input.sessionId, () => repeatLog(core, input.sessionId));
      return entry;
    };

  /** With the state of the unit's board at that moment kept, for who has to go back to it. */
  const keeping =
    <I extends Act>(reason: 'start' | 'end', command: (context: Context, input: I) => Promise<Entry>) =>
    async (context: Context, input: I): Promise<Entry> => {
      const entry = await command(context, input);
      const record = await core.records.get(sessions, input.sessionId);
      if (record) core.board.keep(record.boardId, reason, record.id);
      return entry;
    };

  async function enter(context: Context, input: Act): Promise<Entry> {
    const place = await enterPlace(core, context, input.sessionId, 'session:enter');
    try {
      return await append(place, 'enter', input, rules.enter(doer(place)));
    } catch (error) {
      if (!isError(error, 'CONFLICT') || error.failure.reason !== 'person.inside') throw error;
      return core.logs.of(input.sessionId).read(({ state, entries }) => {
        const last = entries.findLast((each) => each.kind === 'joined' && each.personId === by(place))!;
        return project(last, place.audience, state);
      });
    }
  }

  async function removePerson(context: Context, input: InputOf<'session.removePerson'>): Promise<Entry> {
    const place = await enterPlace(core, context, input.sessionId, 'session:steer');
    if (input.personId === by(place)) throw new AppError('CONFLICT', 'person.self');
    const entry = await append(place, 'removePerson', input, rules.leave(input.personId, by(place), true));
    await core.identity.revokeSession(input.personId, input.sessionId);
    // Who holds a right in the whole campaign keeps it, and is shut out of this room all the same.
    const room = core.hub.members(roomChannel(input.sessionId)).map((member) => member.connectionId);
    core.hub.drop((m) => m.personId === input.personId && room.includes(m.connectionId));
    return entry;
  }

  async function attend(context: Context, input: InputOf<'session.attend'>): Promise<Entry> {
    const place = await enterPlace(core, context, input.sessionId, 'session:enter');
    const own = input.personId === by(place) && (input.status === 'leave' || input.status === 'none');
    if (!own && !place.may('session:attendance')) throw new AppError('FORBIDDEN', 'not.allowed');
    const person = await core.identity.person(input.personId);
    const known = await core.logs
      .of(input.sessionId)
      .read(({ state }) => state.people[input.personId] !== undefined);
    if (!person || (person.campaignId !== place.record.campaignId && !known))
      throw new AppError('NOT_FOUND', 'person.unknown');
    return append(
      place,
      'attend',
      input,
      rules.attend(input, by(place), { name: person.name, unitName: person.unitName }),
    );
  }

  async function start(context: Context, input: Act): Promise<Entry> {
    const place = await enterPlace(core, context, input.sessionId, 'session:steer');
    const standing = await standingNow(core, place.record.boardId);
    return append(place, 'start', input, course.start(doer(place), standing));
  }

  async function end(context: Context, input: InputOf<'session.end'>): Promise<Entry> {
    const place = await enterPlace(core, context, input.sessionId, 'session:steer');
    const rows = await core.board.freeze(place.record.boardId);
    const seen = (personId: string) => core.presence.lastSeen(input.sessionId, personId);
    const entry = await append(place, 'end', input, course.end(input, by(place), rows, seen));
    await core.mending.finish(input.sessionId, () => repeatLog(core, input.sessionId));
    return entry;
  }

  async function takeUp(context: Context, input: InputOf<'session.takeUp'>): Promise<Entry> {
    const place = await enterPlace(core, context, input.sessionId, 'message:take-up');
    // Its id derives from the message, so that of two people taking it up at once one entry arbitrates.
    const act = { sessionId: input.sessionId, id: `take-up-${input.messageId}` };
    const log = core.logs.of(input.sessionId);
    const decide = rules.accept(input.messageId, by(place));
    const entry = await log.append({ id: act.id, content: { name: 'takeUp', input }, decide });
    const taken = (messageId: string) => messageId === input.messageId;
    await core.mending.finish(input.sessionId, () => ensureRows(core, input.sessionId, taken));
    return log.read(({ state }) => project(entry, place.audience, state));
  }

  return {
    enter,
    leave: act('leave', 'session:enter', (_input, place) => rules.leave(by(place), by(place), false)),
    removePerson,
    attend,
    start: keeping('start', phased(start)),
    pause: phased(act('pause', 'session:steer', (_input, place) => course.pause(by(place)))),
    resume: phased(act('resume', 'session:steer', (_input, place) => course.resume(by(place)))),
    end: keeping('end', end),
    prompt: act<InputOf<'session.prompt'>>('prompt', 'session:steer', (input, place) =>
      course.prompt(input, by(place)),
    ),
    openItem: act<InputOf<'session.openItem'>>('openItem', 'session:steer', (input, place) =>
      course.openItem(input.itemId, by(place)),
    ),
    closeItem: act<InputOf<'session.closeItem'>>('closeItem', 'session:steer', (input, place) =>
      course.closeItem(input.itemId, by(place)),
    ),
    say: act<InputOf<'session.say'>>('say', 'session:speak', (input, place) => {
      if (input.kind === 'summary' && !place.may('session:record'))
        throw new AppError('FORBIDDEN', 'not.allowed');
      return rules.say(input, doer(place));
    }),
    recall: act<InputOf<'session.recall'>>('recalled', 'session:speak', (input, place) =>
      rules.recall(input.messageId, doer(place), place.device),
    ),
    hide: mark('hidden', 'message:hide'),
    show: mark('shown', 'message:hide'),
    pin: mark('pinned', 'message:pin'),
    unpin: mark('unpinned', 'message:pin'),
    mark: mark('marked', 'session:record'),
    unmark: mark('unmarked', 'session:record'),
    takeUp,
    raiseHand: act('raiseHand', 'session:queue', (_input, place) => floor.raiseHand(doer(place))),
    lowerHand: async (context, input) => {
      const own = context.actor.kind === 'person' && context.actor.personId === input.personId;
      const place = await enterPlace(core, context, input.sessionId, own ? 'session:queue' : 'session:steer');
      return append(place, 'lowerHand', input, floor.lowerHand(input.personId, by(place)));
    },
    orderQueue: act<InputOf<'session.orderQueue'>>('orderQueue', 'session:steer', (input, place) =>
      floor.orderQueue(input.order, by(place)),
    ),
    giveFloor: act<InputOf<'session.giveFloor'>>('giveFloor', 'session:steer', (input, place) =>
      floor.giveFloor(input.personId, input.minutes, by(place)),
    ),
    extendFloor: act<InputOf<'session.extendFloor'>>('extendFloor', 'session:steer', (input, place) =>
      floor.extendFloor(input.minutes, by(place)),
    ),
    endFloor: act('endFloor', 'session:queue', (_input, place) =>
      floor.endFloor(by(place), place.may('session:steer')),
    ),
    decide: act<InputOf<'session.decide'>>('decide', 'session:record', (input, place) =>
      records.decide(input, by(place)),
    ),
    assign: act<InputOf<'session.assign'>>('assign', 'session:record', (input, place) =>
      records.assign(input, by(place)),
    ),
    strike: act<InputOf<'session.strike'>>('strike', 'session:record', (input, place) =>
      records.strike(input, by(place)),
    ),
  };
}
