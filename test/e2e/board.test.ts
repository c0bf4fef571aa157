import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readRows } from '../../shared/board.ts';
import { type BoardSite, startBoardSite } from '../support/board-site.ts';
import { browsers, launchBrowser, openWindow, phone } from '../support/browser.ts';
import { recordError } from '../support/errors.ts';

let site: BoardSite;
beforeAll(async () => {
  site = await startBoardSite();
});
afterAll(() => site.close());

const patience = { timeout: 15_000 };
const cell = (page: Page, n: number, column = '具体问题（表现）') =>
  page.getByRole('textbox', { name: `第 ${n} 条 ${column}` });

/** Pastes without the clipboard, which a page on plain HTTP may not touch. */
const paste = (page: Page, length: number) =>
  page.evaluate((size) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '长'.repeat(size));
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
    return event.defaultPrevented;
  }, length);

describe.each(browsers)('a unit’s board on $title', ({ kind, missing }) => {
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    if (!missing) browser = await launchBrowser(kind);
  });
  beforeEach(async (test) => {
    test.skip(missing !== undefined, missing);
    context = await openWindow(browser);
    await site.signIn(context);
  });
  afterEach(() => context?.close());
  afterAll(() => browser?.close());

  async function open(path: string, where = context): Promise<Page> {
    const page = await where.newPage();
    page.on('pageerror', (error) => recordError(`page: ${error.message}`));
    await page.goto(path);
    return page;
  }

  /** Three rows typed in a row: Enter behind the last makes the next. */
  async function fill(page: Page): Promise<void> {
    await page.getByRole('button', { name: '写第一条' }).click();
    for (const [i, text] of ['甲', '乙', '丙'].entries()) {
      await cell(page, i + 1)
        .and(page.locator(':focus'))
        .waitFor();
      await page.keyboard.insertText(text);
      if (i < 2) await page.keyboard.press('Enter');
    }
  }
  const texts = (page: Page) =>
    page
      .getByRole('textbox', { name: /具体问题/ })
      .evaluateAll((areas) => areas.map((area) => (area as HTMLTextAreaElement).value).join(''));

  it('is filled by keyboard, put in order by arrows and by dragging, and undone', async () => {
    const board = await site.board();
    const page = await open(board.path);
    await fill(page);
    await page.getByRole('button', { name: /^第 3 条：拖动/ }).press('ArrowUp');
    await expect.poll(() => texts(page), patience).toBe('甲丙乙');
    const grip = (await page.getByRole('button', { name: /^第 1 条：拖动/ }).boundingBox())!;
    const last = (await cell(page, 3).boundingBox())!;
    await page.mouse.move(grip.x + 5, grip.y + 5);
    await page.mouse.down();
    await page.mouse.move(grip.x + 5, last.y + last.height + 10, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => texts(page), patience).toBe('丙乙甲');
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await expect.poll(() => texts(page), patience).toBe('甲丙乙');
    await expect.poll(() => page.getByText('已保存').count(), patience).toBe(1);
    await page.reload();
    await expect.poll(() => texts(page), patience).toBe('甲丙乙');
  });

  it('takes a row out, says how to get it back, and gives it back', async () => {
    const board = await site.board();
    const page = await open(board.path);
    await fill(page);
    await page.getByRole('button', { name: '第 2 条：操作' }).click();
    await page.getByRole('menuitem', { name: '撤下' }).click();
    await expect.poll(() => texts(page), patience).toBe('甲丙');
    await page.getByRole('button', { name: '撤销撤下' }).click();
    await expect.poll(() => texts(page), patience).toBe('甲乙丙');
    await page.getByRole('button', { name: '第 1 条：操作' }).click();
    await page.getByRole('menuitem', { name: '撤下' }).click();
    await page.getByRole('button', { name: /^已撤下/ }).click();
    await expect.poll(() => texts(page), patience).toBe('甲');
  });

  it('shows in whose hands a cell is and takes over what they choose', async () => {
    const board = await site.board();
    const page = await open(board.path);
    await fill(page);
    const other = await open(board.path);
    await cell(other, 2).click();
    await expect.poll(() => page.locator('[data-cell]').getByText('周敏').count(), patience).toBe(1);
    await other.getByLabel('第 2 条 问题来源').selectOption({ label: '问卷' });
    await expect.poll(() => page.getByLabel('第 2 条 问题来源').inputValue(), patience).toBe('survey');
    await cell(other, 2, '认领人').fill('陆远航');
    await expect.poll(() => cell(page, 2, '认领人').inputValue(), patience).toBe('陆远航');
  });

  it('refuses a paste of 2 MB into a cell and into the draft, says why, and keeps what was there', async () => {
    const board = await site.board();
    const page = await open(board.path);
    await fill(page);
    await cell(page, 1).click();
    expect(await paste(page, 700_000)).toBe(true);
    await page.getByRole('alert').getByText('最多 5000 字').waitFor();
    expect(await cell(page, 1).inputValue()).toBe('甲');
    await page.getByRole('tab', { name: '讨论稿' }).click();
    const draft = page.getByRole('textbox', { name: '讨论稿正文' });
    await draft.click();
    await page.keyboard.insertText('提纲');
    expect(await paste(page, 700_000)).toBe(true);
    await page.getByRole('alert').getByText('16 万字').waitFor();
    expect(await draft.textContent()).toBe('提纲');
  });

  it('is a pile of cards on a phone, one of them open for writing', async () => {
    const board = await site.board();
    const pocket = await openWindow(browser, phone);
    await site.signIn(pocket);
    const page = await open(board.path, pocket);
    await page.getByRole('button', { name: '写第一条' }).click();
    await cell(page, 1).fill('教研下沉不够');
    await page.getByRole('button', { name: '完成' }).click();
    await page.getByRole('button', { name: /教研下沉不够/ }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const peer = site.peer(board.list);
    await expect.poll(() => readRows(peer.doc).rows[0]?.problem, patience).toBe('教研下沉不够');
    await pocket.close();
  });
});
