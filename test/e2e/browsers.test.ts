import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browsers, launchBrowser, openWindow, outsideHost, phone } from '../support/browser.ts';

const page = `<!doctype html><html lang="zh-CN"><title>破立</title><body style="font-size:32px">
<span id="po">破</span> <span id="li">立</span>`;

let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  address = `http://${outsideHost}:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

describe.each(browsers)('on $title', ({ kind, missing }) => {
  let browser: Browser | undefined;

  beforeAll(async () => {
    if (!missing) browser = await launchBrowser(kind);
  });
  beforeEach((test) => test.skip(missing !== undefined, missing));
  afterAll(() => browser?.close());

  it('is the version it is taken for', () => {
    expect(Number.parseInt(browser?.version() ?? '', 10)).toSatisfy((major: number) =>
      kind === 'old' ? major === 109 : major > 109,
    );
  });

  it('draws Chinese on a phone, from a name that is not localhost', async () => {
    const phoneWindow = await openWindow(browser as Browser, phone);
    const tab = await phoneWindow.newPage();
    await tab.goto(address);
    const surroundings = await tab.evaluate(() => ({
      secure: isSecureContext,
      language: navigator.language,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }));
    expect(surroundings).toEqual({ secure: false, language: 'zh-CN', zone: 'Asia/Shanghai' });
    // a font without Chinese draws the same empty box for both
    const [first, second] = [await tab.locator('#po').screenshot(), await tab.locator('#li').screenshot()];
    expect(first.equals(second)).toBe(false);
    await phoneWindow.close();
  });
});
