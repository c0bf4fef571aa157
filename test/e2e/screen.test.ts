import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browsers, launchBrowser, outsideHost } from '../support/browser.ts';
import { type BlockingProxy, blockingProxy } from '../support/blocking-proxy.ts';
import { build } from '../support/built.ts';
import { type Program, startProgram } from '../support/program.ts';
import { grant, join, openPersonalLink, person, pictures, plan, say, setUp, shown } from './journey-steps.ts';

const SIZES = [
  [1024, 768],
  [1280, 720],
  [1440, 900],
  [1920, 1080],
  [3840, 2160],
] as const;

/** Nothing lies outside of the wall, and nothing can be scrolled. */
async function fits(wall: Page): Promise<void> {
  for (const [width, height] of SIZES) {
    await wall.setViewportSize({ width, height });
    const outside = await wall.evaluate(() => {
      const { scrollHeight, scrollWidth } = document.documentElement;
      const parts = [...document.querySelectorAll('header *, section, aside, footer *')];
      const beyond = parts.filter((part) => {
        const { right, bottom, left, top } = part.getBoundingClientRect();
        return right > innerWidth + 1 || bottom > innerHeight + 1 || left < -1 || top < -1;
      });
      return {
        scrolls: scrollHeight > innerHeight || scrollWidth > innerWidth,
        beyond: beyond.map((part) => part.className),
      };
    });
    expect(outside, `${width}×${height}`).toEqual({ scrolls: false, beyond: [] });
  }
}

describe.each(browsers)('the wall, on $title', ({ kind, missing }) => {
  let browser: Browser;
  let program: Program;
  let proxy: BlockingProxy;
  let folder: string;

  beforeEach((context) => context.skip(missing !== undefined, missing));
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await pictures(browser, `screen-${kind}`);
  });
  beforeAll(async () => {
    if (missing !== undefined) return;
    build();
    folder = await mkdtemp(path(tmpdir(), 'poli-screen-'));
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

  test('is opened by a code where nobody is signed in and no WebSocket gets through, and shows one thing large', async () => {
    const office = await person(browser);
    const campaign = await setUp(office.page, program.adminLink);
    const chairLink = await grant(office.page, '周敏', '主持人');
    const site = new URL(program.adminLink).origin;
    const chair = (await person(browser)).page;
    await openPersonalLink(chair, site + chairLink);
    const { sessionId, code } = await plan(chair, campaign);
    await chair.goto(`${site}/s/${sessionId}`);

    const wall = (await person(browser)).page;
    await wall.goto(`http://${outsideHost}:${proxy.port}/screen`);
    const output = wall.locator('output');
    await expect.poll(() => output.textContent()).toMatch(/^\d{3} \d{3}$/);
    await fits(wall);
    await chair.getByRole('button', { name: '邀请' }).first().click();
    await chair.getByRole('textbox', { name: '配对码' }).fill((await output.textContent())!);
    await chair.getByRole('button', { name: '接入' }).click();
    await shown(wall.getByText('会议即将开始'));
    await shown(wall.getByText(`${code.slice(0, 3)} ${code.slice(3)}`));
    await fits(wall);

    await chair.keyboard.press('Escape');
    await chair.getByRole('button', { name: '开始会议' }).click();
    const he = (await person(browser)).page;
    await join(he, `${site}/j/${code}`, '何清');
    await say(he, '课题申报靠科室催，连续三年没有省级立项。', '问题');
    const said = chair.getByRole('article', { name: /何清 问题/ });
    await said.getByRole('button', { name: '转入清单' }).click();
    await shown(
      wall
        .getByRole('region', { name: '刚写入问题清单' })
        .getByText('连续三年没有省级立项', { exact: false }),
    );
    await fits(wall);
    // Nobody more is here than those who are.
    await shown(wall.getByText('在场 2'));

    await wall.reload();
    await shown(wall.getByRole('region', { name: '刚写入问题清单' }));
    await chair.getByRole('button', { name: '邀请' }).first().click();
    await chair.getByRole('button', { name: '断开' }).click();
    await shown(wall.getByRole('heading', { name: '把这块屏幕接到会议' }));
  });
});
