import type { Contract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Entry, SessionState } from '../../../shared/log.ts';
import type { Action } from '../../../shared/policy.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { createActs } from './acts.ts';
import { createAdmission } from './admission.ts';
import { sessions } from './collections.ts';
import { createCore, enterPlace, type Place, type SessionParts } from './core.ts';
import { createDoor } from './door.ts';
import { involves, maybeIn } from './involved.ts';
import { createLists } from './lists.ts';
import { createLive } from './live.ts';
import { roomChannel } from './presence.ts';
import { repeatLog } from './repeat.ts';
import { createRowCount } from './row-count.ts';
import { createScreens } from './screens.ts';
import { createSettings } from './settings.ts';

export interface Session {
  handlers: HandlersOf<Contract['session']>;
  /** For the slices right of this one. */
  place(context: Context, sessionId: string, action?: Action): Promise<Place>;
  read<T>(sessionId: string, look: (room: { state: SessionState; entries: Entry[] }) => T): Promise<T>;
  /**
   * Puts the seal into the log, which stops resuming for good. WRONG_STATE unless the session has ended; CONFLICT
   * `minutes.changed` when the log has more than the `upTo` entries that the sealed text tells. Repeating is harmless.
   */
  seal(sessionId: string, seal: { by: string; sha256: string; upTo: number }): Promise<void>;
  minutesChanged(sessionId: string): void;
  /** Whether any session hangs on this room, unit, campaign or person. */
  hangsOn: {
    room(roomId: string): Promise<boolean>;
    unit(unitId: string): Promise<boolean>;
    campaign(campaignId: string): Promise<boolean>;
    person(campaignId: string, personId: string): Promise<boolean>;
  };
  settled(): Promise<void>;
  /** Of each room, how many commands are not durable yet. */
  unstored(): { sessionId: string; entries: number }[];
}

export function createSession(parts: SessionParts): Session {
  const core = createCore(parts);
  const rows = createRowCount(core);
  const { records } = core;

  async function seal(
    sessionId: string,
    { by, sha256, upTo }: { by: string; sha256: string; upTo: number },
  ): Promise<void> {
    await core.logs.of(sessionId).append({
      id: `sealed-${sha256}`,
      content: { name: 'sealed', sha256 },
      decide: (state) => {
        if (state.phase !== 'ended') throw new AppError('WRONG_STATE', 'session.not-ended');
        if (state.sealed) throw new AppError('CONFLICT', 'minutes.sealed');
        if (state.seq !== upTo) throw new AppError('CONFLICT', 'minutes.changed');
        return { main: { kind: 'sealed', by, sha256 } };
      },
    });
    await core.mending.finish(sessionId, () => repeatLog(core, sessionId));
  }

  /** Whether the session that may involve somebody does: it is there, and expects them or has them in its log. */
  async function stands(sessionId: string, personId: string): Promise<boolean> {
    const record = await records.get(sessions, sessionId);
    if (!record || record.expectedPeople.includes(personId)) return record !== undefined;
    return core.logs
      .of(sessionId)
      .read(({ entries }) => entries.some((entry) => involves(entry) === personId));
  }

  return {
    handlers: {
      ...createLists(core),
      ...createSettings(core),
      ...createDoor(core),
      ...createAdmission(core),
      ...createLive(core),
      ...createActs(core),
      ...createScreens(core),
    },
    place: (context, sessionId, action) => enterPlace(core, context, sessionId, action),
    read: (sessionId, look) => core.logs.of(sessionId).read(look),
    seal,
    minutesChanged: (sessionId) => core.hub.publish(roomChannel(sessionId), 'minutes:changed', { sessionId }),
    hangsOn: {
      room: async (roomId) => (await records.count(sessions, 'byRoom', { roomId })) > 0,
      unit: async (unitId) => (await records.count(sessions, 'byUnit', { unitId })) > 0,
      campaign: async (campaignId) => (await records.count(sessions, 'byCampaign', { campaignId })) > 0,
      async person(_campaignId, personId) {
        for await (const sessionId of maybeIn(records, personId))
          if (await stands(sessionId, personId)) return true;
        return false;
      },
    },
    async settled() {
      await core.logs.settled();
      await rows.stop();
    },
    unstored: () => core.logs.unstored(),
  };
}
