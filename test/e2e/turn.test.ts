import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../shared/ids.ts';
import { browsers, launchBrowser, openWindow, phone } from '../support/browser.ts';
import { build } from '../support/built.ts';
import type { TestClient } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { LONG, type LongMeeting, makeLongMeeting } from '../support/long-meeting.ts';
import { type Program, startProgram } from '../support/program.ts';

const missing = browsers.find(({ kind }) => kind === 'current')?.missing;

let data: string;
let program: Program;
let browser: Browser;
let m: LongMeeting;
const act = () => ({ sessionId: m.sessionId, id: newId() });

beforeAll(async () => {
  if (missing !== undefined) return;
  build();
  data = await mkdtemp(join(tmpdir(), 'poli-turn-'));
  program = await startProgram({ DATA_DIR: data });
  await until('the first link is printed', () => program.adminLink !== '', 10_000);
  m = await makeLongMeeting(program.url, program.adminLink);
  await m.moderator.emit('session.start', act());
  browser = await launchBrowser('current');
});
afterAll(async () => {
  await browser?.close();
  await program?.kill();
  if (data) await rm(data, { recursive: true, force: true });
});
beforeEach((context) => context.skip(missing !== undefined, missing));

/** The room as this person sees it. What would move the phone or sound is noted in `felt`. */
async function roomOf(who: TestClient, options?: BrowserContextOptions): Promise<Page> {
  const window = await openWindow(browser, options);
  await window.addCookies([...who.cookies].map(([name, value]) => ({ name, value, url: program.url })));
  const page = await window.newPage();
  await page.addInitScript(() => {
    const felt: string[] = [];
    Object.assign(globalThis, { felt });
    navigator.vibrate = () => felt.push('moved') > 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      felt.push('sounded');
      start.apply(this, when);
    };
  });
  await page.goto(`${program.url}/s/${m.sessionId}`);
  await page.getByRole('log').waitFor();
  return page;
}
const felt = (page: Page) =>
  page.evaluate(() => [...new Set((globalThis as unknown as { felt: string[] }).felt)].sort());

const give = (personId: string) => m.moderator.emit('session.giveFloor', { ...act(), personId, minutes: 3 });

describe('who has the floor', () => {
  test('sees it on every page of the phone, hears and feels it, and says when it is over', async () => {
    const page = await roomOf(m.speaker, phone);
    const strip = page.getByRole('region', { name: '轮到您发言' });
    await page.getByRole('button', { name: '我', exact: true }).tap();
    await give(m.moderatorId);
    await page.getByRole('button', { name: '讨论', exact: true }).tap();
    await page.getByText('周敏 正在发言').waitFor();
    expect(await strip.count()).toBe(0);
    expect(await felt(page)).toEqual([]);

    await give(m.speakerId);
    await strip.waitFor();
    await expect.poll(() => felt(page)).toEqual(['moved', 'sounded']);
    for (const name of ['议程', '清单', '我', '讨论']) {
      await page.getByRole('button', { name, exact: true }).tap();
      await expect.poll(() => strip.isVisible()).toBe(true);
    }
    expect(await strip.getByRole('timer').innerText()).toMatch(/^0[0-3]:\d\d$/);
    expect(await page.getByRole('button', { name: '举手' }).count()).toBe(0);
    await strip.getByRole('button', { name: '说完了' }).tap();
    await strip.waitFor({ state: 'detached' });
    const { state } = await m.moderator.emit('session.open', { sessionId: m.sessionId });
    expect(state.floor).toBeUndefined();
  });

  test('may keep the phone silent; it is moved all the same', async () => {
    const page = await roomOf(m.speaker, phone);
    await page.getByRole('button', { name: '我', exact: true }).tap();
    await page.getByRole('button', { name: '关闭提示音' }).tap();
    await give(m.speakerId);
    await expect.poll(() => felt(page)).toEqual(['moved']);
    await page.getByRole('button', { name: '打开提示音' }).first().waitFor();
  });

  test('sees it on a desk too', async () => {
    const page = await roomOf(m.moderator);
    await give(m.moderatorId);
    await page.getByRole('region', { name: '轮到您发言' }).waitFor();
  });
});

/** Presses Tab until something matches; how often. */
async function tabsTo(page: Page, selector: string): Promise<number> {
  for (let n = 1; n <= 60; n++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((s) => document.activeElement?.matches(s) === true, selector)) return n;
  }
  throw new Error(`${selector} is not reached`);
}

describe('by the keyboard of a desk', () => {
  const focused = (page: Page) =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
    );

  test('the composer is two presses away, and by Tab alone no further however much was said', async () => {
    for (let n = 0; n < 30; n++)
      await m.speaker.emit('session.say', { ...act(), kind: 'speech', body: `第 ${n} 句` });
    const page = await roomOf(m.speaker);
    await page.getByText('第 29 句').waitFor();
    await page.getByRole('button', { name: '关闭提示音' }).or(page.getByRole('log')).first().waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('跳到发言框');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('发言内容');
    await page.reload();
    await page.getByText('第 29 句').waitFor();
    expect(await tabsTo(page, '#say-here')).toBeLessThanOrEqual(16);
  });

  test('arrows walk what was said, and the tools of a line', async () => {
    const page = await roomOf(m.moderator);
    const last = page.locator('[data-message]').last();
    await last.waitFor();
    await page.getByRole('log').focus();
    await page.keyboard.press('ArrowUp');
    expect(await last.evaluate((line) => line === document.activeElement)).toBe(true);
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('转入清单');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('log').evaluate((log) => log === document.activeElement)).toBe(true);
  });

  test('keys call the next speaker and open the next item, but not while one types', async () => {
    const page = await roomOf(m.moderator);
    await m.noteTaker.emit('session.raiseHand', act());
    await page.getByText('下一位：陆远航').waitFor();
    await expect
      .poll(async () => {
        await page.keyboard.press('c');
        return focused(page);
      })
      .toBe('发言内容');
    await page.keyboard.type('INc?');
    expect(await page.locator('#say-here').inputValue()).toBe('INc?');
    await page.getByRole('log').focus();
    await page.keyboard.press('Shift+N');
    await page.getByRole('region', { name: '正在发言' }).getByText('陆远航').waitFor();
    await page.keyboard.press('Shift+I');
    await page.getByText(`2. ${LONG.item}`).waitFor();
    await page.keyboard.press('Shift+?');
    const sheet = page.getByRole('dialog', { name: '键盘操作' });
    await sheet.getByRole('checkbox').uncheck();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.getByRole('log').focus();
    await page.keyboard.press('c');
    expect(await page.getByRole('log').evaluate((log) => log === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: '周敏：我的身份与设置' }).click();
    await page.getByRole('menuitem', { name: '换成深色' }).click();
    await expect
      .poll(() => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme))
      .toBe('dark');
  });
});
