import { randomBytes } from 'node:crypto';
import type { Identity } from '../../server/features/identity/identity.ts';
import type { Context } from '../../server/platform/handler.ts';

export interface TestBrowser {
  /** What the identity cookie holds. */
  token: string | undefined;
  readonly device: string;
  /** A call from this browser, as dispatch would make it. */
  call(): Promise<Context>;
}

/** A browser with its cookies, without a network: each `call()` is identified anew. */
export function testBrowser(
  identity: Pick<Identity, 'authenticate'>,
  { ip = '10.0.0.7', device = randomBytes(18).toString('base64url') } = {},
): TestBrowser {
  const browser: TestBrowser = {
    token: undefined,
    device,
    async call() {
      const who = await identity.authenticate(browser.token);
      return {
        ...who,
        device,
        issued: device !== '',
        ip,
        origin: 'http://board.test:3000',
        signIn(token) {
          browser.token = token;
        },
        signOut() {
          browser.token = undefined;
        },
      };
    },
  };
  return browser;
}
