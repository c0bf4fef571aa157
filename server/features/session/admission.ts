import { DONE } from '../../../shared/contract/answers.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import type { SessionView, session } from '../../../shared/contract/session.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { modify } from '../../storage/modify.ts';
import { sessions } from './collections.ts';
import { type Core, enterPlace } from './core.ts';
import { dropDevice, keepOneDevice, listDevices } from './devices.ts';
import { viewOf } from './settings.ts';
import { listWalkIns, removeWalkIns } from './walk-ins.ts';

type Admission = Pick<
  HandlersOf<typeof session>,
  | 'waiting'
  | 'answer'
  | 'setRosterOnly'
  | 'walkIns'
  | 'removeWalkIns'
  | 'devices'
  | 'dropDevice'
  | 'dropDevices'
>;

/** The moderator's side of the door: who waits, who walked in, whose devices are here. */
export function createAdmission(core: Core): Admission {
  async function setRosterOnly(
    context: Context,
    input: InputOf<'session.setRosterOnly'>,
  ): Promise<SessionView> {
    const { sessionId, rosterOnly } = input;
    await enterPlace(core, context, sessionId, 'session:admit');
    const record = await modify(core.records, sessions, sessionId, (each) =>
      (each.rosterOnly === true) === rosterOnly ? undefined : { ...each, rosterOnly },
    );
    return viewOf(core, record, true);
  }

  return {
    async waiting(context, { sessionId }) {
      await enterPlace(core, context, sessionId, 'session:admit');
      return core.requests.waiting(sessionId);
    },
    async answer(context, { sessionId, requestIds, letIn }) {
      const { person } = await enterPlace(core, context, sessionId, 'session:admit');
      await core.requests.answer(sessionId, requestIds, letIn, person.personId);
      return core.requests.waiting(sessionId);
    },
    setRosterOnly,
    async walkIns(context, { sessionId }) {
      await enterPlace(core, context, sessionId, 'session:steer');
      return listWalkIns(core, sessionId);
    },
    removeWalkIns: (context, input) => removeWalkIns(core, context, input),
    async devices(context, { sessionId, personId }) {
      await enterPlace(core, context, sessionId, 'session:steer');
      return listDevices(core, context, sessionId, personId);
    },
    async dropDevice(context, { sessionId, personId, deviceId }) {
      await enterPlace(core, context, sessionId, 'session:steer');
      await dropDevice(core, sessionId, personId, deviceId);
      return DONE;
    },
    async dropDevices(context, { sessionId, personId }) {
      await enterPlace(core, context, sessionId, 'session:steer');
      await keepOneDevice(core, sessionId, personId);
      return DONE;
    },
  };
}
