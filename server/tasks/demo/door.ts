import { newId } from '../../../shared/ids.ts';
import type { App } from '../../app.ts';
import type { Context } from '../../platform/handler.ts';
import type { Cast } from './campaign.ts';
import { CHAIR } from './people.ts';

const WALK_IN = { name: '祝南风', unitName: '青禾幼儿园' };

/** A phone that nobody knows, at the door; `token` is what the door has given it. */
function phone(device: string): { at: Context; token(): string } {
  let given = '';
  const at: Context = {
    actor: { kind: 'anonymous' },
    ...{ tokenId: '', device, issued: true, ip: '', origin: '' },
    signIn: (token) => {
      given = token;
    },
    signOut: () => undefined,
  };
  return { at, token: () => given };
}

/**
 * What a moderator meets at the door of the meeting that goes on: somebody who is on no roster has come in, and a phone that chose
 * the moderator's name waits for a nod.
 */
export async function comeToTheDoor({ handlers, identity }: App, cast: Cast): Promise<void> {
  const { sessionId } = cast.running;
  const { code } = await handlers.session.get(cast.as(CHAIR), { sessionId });
  const visitor = phone('demonstration-visitor');
  await handlers.session.join(visitor.at, { code, ...WALK_IN });
  const known = { ...visitor.at, ...(await identity.authenticate(visitor.token())) };
  await handlers.session.enter(known, { sessionId, id: newId() });
  await handlers.session.ask(phone('demonstration-second-phone').at, { code, personId: cast.idOf(CHAIR) });
}
