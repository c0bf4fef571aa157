import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PROTOCOL_VERSION } from '../../shared/version.ts';
import { browsers, launchBrowser } from '../support/browser.ts';
import { build } from '../support/built.ts';
import { type Program, startProgram } from '../support/program.ts';
import { grant, join, openPersonalLink, person, pictures, plan, say, setUp, shown } from './journey-steps.ts';

const OLD = 1;

/** While it is `old`, whatever this page sends names the protocol of an earlier program. */
async function ageing(page: Page): Promise<{ old: boolean; loads: number; cut(): Promise<void> }> {
  const lines = new Set<WebSocketRoute>();
  const age = {
    ...{ old: false, loads: 0 },
    cut: async () => {
      for (const line of lines) await line.close();
      lines.clear();
    },
  };
  // Loaded anew it is a page of the program that serves it.
  page.on('load', () => {
    age.old = false;
    age.loads++;
  });
  await page.route('**/api/**', (route) =>
    age.old
      ? route.continue({ headers: { ...route.request().headers(), 'x-poli-protocol': String(OLD) } })
      : route.continue(),
  );
  await page.routeWebSocket(/socket\.io/, (line) => {
    lines.add(line);
    const server = line.connectToServer();
    const now = `"protocol":${PROTOCOL_VERSION}`;
    line.onMessage((text) => server.send(age.old ? String(text).replace(now, `"protocol":${OLD}`) : text));
  });
  return age;
}

// Playwright's stand-in for WebSocket, which changes what is sent, needs `URL.parse`: Chromium 109 has none.
const able = browsers.filter(({ kind }) => kind === 'current');

describe.each(able)('a page that an earlier program served, on $title', ({ kind, missing }) => {
  let browser: Browser;
  let program: Program;
  let folder: string;

  beforeEach((context) => context.skip(missing !== undefined, missing));
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await pictures(browser, `old-page-${kind}`);
  });
  beforeAll(async () => {
    if (missing !== undefined) return;
    build();
    folder = await mkdtemp(path(tmpdir(), 'poli-old-page-'));
    program = await startProgram({ DATA_DIR: folder });
    browser = await launchBrowser(kind);
  });
  afterAll(async () => {
    await browser?.close();
    await program?.kill('SIGTERM');
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  test('is loaded anew once, sends what it could not send, and still holds what is being typed', async () => {
    const office = await person(browser);
    const campaign = await setUp(office.page, program.adminLink);
    const site = new URL(office.page.url()).origin;
    const chairLink = await grant(office.page, '周敏', '主持人');
    const chair = (await person(browser)).page;
    await openPersonalLink(chair, site + chairLink);
    const { sessionId, code } = await plan(chair, campaign);
    await chair.goto(`${site}/s/${sessionId}`);
    await chair.getByRole('button', { name: '开始会议' }).click();

    const he = (await person(browser)).page;
    const age = await ageing(he);
    await join(he, `${site}/j/${code}`, '何清');
    await say(he, '新程序来之前说的话。');
    await shown(chair.getByText('新程序来之前说的话', { exact: false }));
    const loads = age.loads;
    // A newer program runs from now on: this page's line breaks, and what it says is of an older protocol.
    age.old = true;
    await say(he, '页面过时的时候说的话。');
    await he.locator('textarea[aria-label="发言内容"]').fill('还没有写完的半句');
    await age.cut();

    await expect.poll(() => age.loads, { timeout: 20_000 }).toBe(loads + 1);
    await shown(chair.getByText('页面过时的时候说的话', { exact: false }));
    await shown(he.getByText('页面过时的时候说的话', { exact: false }));
    await expect
      .poll(() => he.locator('textarea[aria-label="发言内容"]').inputValue(), { timeout: 20_000 })
      .toBe('还没有写完的半句');
    expect(await chair.getByText('页面过时的时候说的话', { exact: false }).count()).toBe(1);
    expect(age.loads).toBe(loads + 1);
  });
});
