import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../shared/ids.ts';
import { browsers, launchBrowser, openWindow, phone } from '../support/browser.ts';
import { build } from '../support/built.ts';
import { type Fixture, makeFixture } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { type Program, startProgram } from '../support/program.ts';

const missing = browsers.find(({ kind }) => kind === 'current')?.missing;

let data: string;
let program: Program;
let browser: Browser;
let f: Fixture;
let chair: Page;

/** The moderator in the room, by the personal link. */
async function chairInside(): Promise<Page> {
  const { campaignId, sessionId } = f;
  const personId = f.people['周敏']!;
  await f.admin.call('identity.grant', { campaignId, personId, role: 'moderator' });
  const { url } = await f.admin.call('identity.personalLink', { campaignId, personId });
  const page = await (await openWindow(browser, { viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${program.url}/l/${url.split('/').at(-1)!}`);
  await page.waitForURL((at) => !at.pathname.startsWith('/l/'));
  await page.goto(`${program.url}/s/${sessionId}`);
  await page.getByRole('button', { name: '邀请', exact: true }).waitFor();
  return page;
}

beforeAll(async () => {
  if (missing !== undefined) return;
  build();
  data = await mkdtemp(join(tmpdir(), 'poli-door-'));
  program = await startProgram({ DATA_DIR: data });
  await until('the first link is printed', () => program.adminLink !== '', 10_000);
  f = await makeFixture(program.url, () => Promise.resolve({ url: program.adminLink }));
  await f.admin.call('session.start', { sessionId: f.sessionId, id: newId() });
  browser = await launchBrowser('current');
  chair = await chairInside();
});
afterAll(async () => {
  await browser?.close();
  await program?.kill();
  if (data) await rm(data, { recursive: true, force: true });
});

/** A phone that has asked to come in as the moderator, and waits. */
async function waitingPhone(without: (context: BrowserContext) => Promise<unknown>): Promise<Page> {
  const context = await openWindow(browser, phone);
  await without(context);
  const page = await context.newPage();
  await page.goto(`${program.url}/j/${f.code}`);
  await page.getByText('周敏', { exact: true }).click();
  await page.getByRole('button', { name: '进入会议' }).click();
  await page.getByRole('button', { name: '请求以“周敏”身份进入' }).click();
  await page.getByText('正在等候主持人确认').waitFor();
  return page;
}

const noSockets = (context: BrowserContext) => context.routeWebSocket(/./, (socket) => socket.close());

describe('who chooses the name of the moderator', () => {
  test.skipIf(missing !== undefined)(
    'waits over a reload, without web sockets, until one press lets all in',
    async () => {
      const [one, two] = [await waitingPhone(noSockets), await waitingPhone(() => Promise.resolve())];
      await one.reload();
      await one.getByText('正在等候主持人确认').waitFor();
      await chair.getByText('2 人请求进入').waitFor();
      await chair.reload();
      await chair.getByRole('button', { name: '全部让进' }).click();
      for (const page of [one, two]) await page.waitForURL(`**/s/${f.sessionId}`);
      await two.getByRole('textbox', { name: '发言内容' }).fill('不是主持人说的');
      await two.getByRole('button', { name: '发送' }).click();
      const line = chair.locator('article', { hasText: '不是主持人说的' });
      await line.waitFor();
      expect(await line.locator('header').innerText()).toContain('未验证身份');
      expect(await line.locator('header').innerText()).not.toContain('主持人');
      await chair.getByRole('button', { name: '查看设备' }).click();
      await chair
        .getByRole('button', { name: /^移除 .* 进入的设备$/ })
        .first()
        .waitFor();
      expect(await chair.getByRole('button', { name: /^移除 .* 进入的设备$/ }).count()).toBe(2);
    },
  );

  test.skipIf(missing !== undefined)(
    'is told when the moderator does not agree, and may choose another name',
    async () => {
      await chair.keyboard.press('Escape');
      const page = await waitingPhone(() => Promise.resolve());
      await chair.getByRole('button', { name: '拒绝“周敏”' }).click();
      await page.getByText('主持人没有同意').waitFor();
      await page.getByRole('button', { name: '换个姓名' }).click();
      await page.getByText('何清', { exact: true }).click();
      await page.getByRole('button', { name: '进入会议' }).click();
      await page.waitForURL(`**/s/${f.sessionId}`);
    },
  );
});
