import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BlockingProxy, blockingProxy } from '../support/blocking-proxy.ts';
import { browsers, launchBrowser } from '../support/browser.ts';
import { build } from '../support/built.ts';
import { type Program, startProgram } from '../support/program.ts';
import { grant, join, openPersonalLink, person, pictures, plan, say, setUp, shown } from './journey-steps.ts';

const patience = { timeout: 15_000 };
const BANNER = '当前网络不支持实时通道，已改用兼容方式，更新会稍慢。';

describe.each(browsers)('a meeting where no WebSocket gets through, on $title', ({ kind, missing }) => {
  let browser: Browser;
  let program: Program;
  let proxy: BlockingProxy;
  let folder: string;

  beforeEach((context) => context.skip(missing !== undefined, missing));
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await pictures(browser, `polling-${kind}`);
  });
  beforeAll(async () => {
    if (missing !== undefined) return;
    build();
    folder = await mkdtemp(path(tmpdir(), 'poli-polling-'));
    program = await startProgram({ DATA_DIR: folder });
    proxy = await blockingProxy(program.port, 'refuse');
    browser = await launchBrowser(kind);
  });
  afterAll(async () => {
    await browser?.close();
    await proxy?.close();
    await program?.kill('SIGTERM');
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  test('two talk and write in one list, and are told that it is slower', async () => {
    const office = await person(browser);
    const campaign = await setUp(office.page, program.adminLink);
    const chairLink = await grant(office.page, '周敏', '主持人');
    const site = `http://127.0.0.1:${proxy.port}`;
    const chair = (await person(browser)).page;
    await openPersonalLink(chair, site + chairLink);
    const { sessionId, code } = await plan(chair, campaign);
    const he = (await person(browser)).page;
    await join(he, `${site}/j/${code}`, '何清');
    await chair.goto(`${site}/s/${sessionId}`);
    await chair.getByRole('button', { name: '开始会议' }).click();

    await say(he, '课题申报靠科室催，连续三年没有省级立项。', '问题');
    await shown(chair.getByText('连续三年没有省级立项', { exact: false }));
    await say(chair, '请何清再说具体一点。');
    await shown(he.getByText('请何清再说具体一点', { exact: false }));

    await chair
      .getByRole('article', { name: /何清 问题/ })
      .getByRole('button', { name: '转入清单' })
      .click();
    const cell = (page: Page) => page.getByRole('textbox', { name: '第 1 条 具体问题（表现）' });
    for (const page of [chair, he]) await shown(cell(page));
    await cell(chair).press('Control+End');
    await cell(chair).pressSequentially('（一）', { delay: 40 });
    await cell(he).press('Control+Home');
    await cell(he).pressSequentially('近三年：', { delay: 40 });
    for (const page of [chair, he]) {
      await expect.poll(() => cell(page).inputValue(), patience).toMatch(/^近三年：.*（一）$/);
      await shown(page.getByText('已保存'));
      await shown(page.getByText(BANNER));
    }
    expect(proxy.blocked()).toBeGreaterThan(0);
  });
});
