import { DONE } from '../../../shared/contract/answers.ts';
import type { session } from '../../../shared/contract/session.ts';
import { AppError } from '../../../shared/errors.ts';
import type { HandlersOf } from '../../platform/handler.ts';
import { networkOf } from '../../platform/network.ts';
import { sessions } from './collections.ts';
import { type Core, enterPlace } from './core.ts';
import { deviceIdOf } from './devices.ts';
import { createPairing } from './pairing.ts';
import { screenChannel } from './presence.ts';

type Screens = Pick<
  HandlersOf<typeof session>,
  'screen' | 'openScreen' | 'screens' | 'pairScreen' | 'endScreen'
>;

/** The wall of a hall: a browser that is nobody shows a code, and who keeps the meeting enters it. */
export function createScreens(core: Core): Screens {
  const pairing = createPairing(core.now);

  return {
    async screen(context, { secret }) {
      const { code, until, paired } = pairing.of(secret, networkOf(context.ip));
      return { code, until: new Date(until).toISOString(), paired };
    },
    async openScreen(context, { secret }) {
      const sessionId = pairing.claim(secret);
      const record = sessionId === '' ? undefined : await core.records.get(sessions, sessionId);
      if (!record || record.phase === 'ended') throw new AppError('NOT_FOUND', 'screen.code');
      context.about?.({ id: sessionId, name: record.title });
      await core.identity.admitScreen(context, sessionId);
      return { sessionId };
    },
    async screens(context, { sessionId }) {
      await enterPlace(core, context, sessionId, 'session:screens');
      const here = new Set(core.hub.members(screenChannel(sessionId)).map(({ tokenId }) => tokenId));
      return (await core.identity.screens(sessionId)).map(({ tokenId, createdAt }) => ({
        screenId: deviceIdOf(sessionId, tokenId),
        since: createdAt,
        here: here.has(tokenId),
      }));
    },
    async pairScreen(context, { sessionId, code }) {
      const { record } = await enterPlace(core, context, sessionId, 'session:screens');
      if (record.phase === 'ended') throw new AppError('WRONG_STATE', 'session.ended');
      context.about?.({ name: record.title });
      await core.attempts.code(context, code, async () => {
        if (!pairing.pair(code, sessionId)) throw new AppError('NOT_FOUND', 'screen.code');
      });
      return DONE;
    },
    async endScreen(context, { sessionId, screenId }) {
      await enterPlace(core, context, sessionId, 'session:screens');
      const screen = (await core.identity.screens(sessionId)).find(
        ({ tokenId }) => deviceIdOf(sessionId, tokenId) === screenId,
      );
      if (screen) await core.identity.endScreen(sessionId, screen.tokenId);
      return DONE;
    },
  };
}
