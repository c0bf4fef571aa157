import { expect } from 'vitest';
import { TestClient } from './client.ts';
import { kept } from './meeting.ts';

let made = 0;
/** A secret that a page has made up for itself. */
export const pageSecret = (): string => String(made++).padStart(43, 's');

/** A browser that nobody has signed in at becomes the screen of this meeting, as its page and a moderator do it. */
export async function pairedScreen(
  url: string,
  chair: TestClient,
  sessionId: string,
  screen = kept(new TestClient(url)),
): Promise<TestClient> {
  const secret = pageSecret();
  const { code } = await screen.call('session.screen', { secret });
  await chair.call('session.pairScreen', { sessionId, code });
  expect(await screen.call('session.screen', { secret })).toMatchObject({ paired: true });
  expect(await screen.call('session.openScreen', { secret })).toEqual({ sessionId });
  return screen;
}
