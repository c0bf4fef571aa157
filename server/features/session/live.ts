import { DONE } from '../../../shared/contract/answers.ts';
import type { Opened, session } from '../../../shared/contract/session.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { AUDIENCES } from '../../../shared/roles.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { type SessionRecord, sessions } from './collections.ts';
import { type Core, enterPlace, type Place } from './core.ts';
import { audienceChannel, chairChannel, roomChannel, screenChannel } from './presence.ts';
import { involve, involves } from './involved.ts';
import { messagesBefore, project, snapshot } from './project.ts';
import { repeatLog } from './repeat.ts';
import { meetingRows } from './row-count.ts';
import { announceSchedule } from './schedule.ts';
import { ensureRows } from './take-up.ts';
import { roomSession, viewChannel } from './telling.ts';

type Live = Pick<HandlersOf<typeof session>, 'open' | 'entries' | 'messages' | 'rows' | 'away' | 'close'>;
const RECENT = 200;

/** Reading the room: its state, what was missed, older messages; and being present in it. */
export function createLive(core: Core): Live {
  /** Finishes what a crash or a store that failed left between two records. */
  async function mend(sessionId: string): Promise<void> {
    const record = await core.records.get(sessions, sessionId);
    if (!record) return;
    await core.identity.moveSession(sessionId, record.boardId);
    await involveAll(core, record);
    await announceSchedule(core, record, record.createdBy);
    await ensureRows(core, sessionId);
    await repeatLog(core, sessionId);
  }

  /** An older program has perhaps written on in this log, and knows nothing of those records. */
  async function involveAll({ logs, records }: Core, { id, expectedPeople }: SessionRecord): Promise<void> {
    const people = await logs.of(id).read(({ entries }) => entries.flatMap((entry) => involves(entry) ?? []));
    await involve(records, id, [...people, ...expectedPeople]);
  }

  function subscribe({ connection }: Context, sessionId: string, { audience, roles, may }: Place): void {
    connection?.join(roles.has('screen') ? screenChannel(sessionId) : roomChannel(sessionId));
    connection?.join(audienceChannel(sessionId, audience));
    connection?.join(viewChannel(sessionId, may('session:code')));
    if (may('session:admit')) connection?.join(chairChannel(sessionId));
  }

  async function open(context: Context, input: InputOf<'session.open'>): Promise<Opened> {
    const place = await enterPlace(core, context, input.sessionId);
    // Subscribed before the state is read: an entry between the two comes twice rather than never.
    subscribe(context, input.sessionId, place);
    await core.mending.ensure(input.sessionId, () => mend(input.sessionId));
    const seen = await core.logs
      .of(input.sessionId)
      .read(({ state }) => snapshot(state, place.audience, RECENT));
    const record = (await core.records.get(sessions, input.sessionId)) ?? place.record;
    core.attempts.vouch(context.ip, record.code);
    return {
      session: roomSession(record, core.presence.count(record.id), place.may('session:code')),
      ...seen,
      presence: core.presence.now(input.sessionId),
      roles: [...place.roles],
      serverTime: new Date(core.now()).toISOString(),
    };
  }

  return {
    open,
    async entries(context, input) {
      const { audience } = await enterPlace(core, context, input.sessionId);
      return core.logs
        .of(input.sessionId)
        .read(({ state, entries }) =>
          entries
            .slice(input.after, input.after + input.limit)
            .map((entry) => project(entry, audience, state)),
        );
    },
    async messages(context, input) {
      const { audience } = await enterPlace(core, context, input.sessionId);
      return core.logs
        .of(input.sessionId)
        .read(({ state }) => messagesBefore(state, audience, input.before, input.limit));
    },
    async rows(context, input) {
      const { roles } = await enterPlace(core, context, input.sessionId, 'session:rows');
      const rows = await meetingRows(core, input.sessionId);
      // A wall reads out what is written, not by whom or why.
      return roles.has('screen') ? rows.map((row) => ({ ...row, cause: '', proposer: '' })) : rows;
    },
    async away(context, input) {
      await enterPlace(core, context, input.sessionId);
      if (context.connection) core.presence.setAway(context.connection.id, input.sessionId, input.away);
      return DONE;
    },
    async close(context, input) {
      for (const audience of AUDIENCES) context.connection?.leave(audienceChannel(input.sessionId, audience));
      context.connection?.leave(chairChannel(input.sessionId));
      for (const invites of [true, false]) context.connection?.leave(viewChannel(input.sessionId, invites));
      context.connection?.leave(screenChannel(input.sessionId));
      context.connection?.leave(roomChannel(input.sessionId));
      return DONE;
    },
  };
}
