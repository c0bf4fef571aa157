import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../shared/ids.ts';
import { browsers } from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { hasProgram, pages } from '../support/documents.ts';
import { type MeetingPages, openMeetingPages } from '../support/meeting-pages.ts';

const missing = browsers.find(({ kind }) => kind === 'current')?.missing;
const reason =
  missing ?? (hasProgram('pdftotext') ? undefined : 'pdftotext is not installed (poppler-utils)');

/** More than a list shows at first, and many pages of paper. */
const ROWS = 120;
const LONG = '教研活动次数偏少，';

describe('on paper', () => {
  let site: MeetingPages;
  let he: TestClient;
  let sessionId: string;
  let context: BrowserContext;

  beforeAll(async () => {
    if (reason) return;
    site = await openMeetingPages('current');
    let code: string;
    ({ sessionId, code } = await site.meeting());
    he = await site.f.enter('何清');
    await he.call('session.join', { code, personId: site.f.people.何清! });
    for (let n = 0; n < ROWS; n++) {
      const messageId = newId();
      const body = `第${n}号问题：${LONG.repeat(n % 10 === 0 ? 12 : 2)}`;
      await he.call('session.say', { sessionId, id: messageId, kind: 'problem', body });
      await site.chair.call('session.takeUp', { sessionId, messageId });
    }
    // Dark on the screen: ink on white on paper.
    context = await site.window(site.chair, { colorScheme: 'dark' });
  });
  beforeEach((test) => test.skip(reason !== undefined, reason));
  afterAll(async () => {
    if (reason) return;
    await context.close();
    await site.close();
  });

  /** The text on paper, once what paper needs has been loaded. */
  async function printed(page: Page): Promise<string[]> {
    await page.waitForFunction(() =>
      [...document.styleSheets].some((sheet) =>
        [...sheet.cssRules].some(
          (rule) =>
            rule instanceof CSSMediaRule &&
            rule.media.mediaText === 'print' &&
            rule.cssText.includes('@page'),
        ),
      ),
    );
    return pages(await page.pdf({ format: 'A4' }));
  }
  const numbers = (paper: readonly string[]) =>
    new Set([...paper.join('\n').matchAll(/第\s*(\d+)\s*号问题/g)].map(([, n]) => n)).size;
  const board = () => `/c/${site.f.campaignId}/boards/${site.f.unitId}`;

  it('the list has every row, also those that are not shown yet, under its headings on each page', async () => {
    const page = await site.page(context, board());
    await page.getByRole('textbox', { name: /^第 1 条 具体问题/ }).waitFor();
    const paper = await printed(page);
    expect(numbers(paper)).toBe(ROWS);
    expect(paper.length).toBeGreaterThan(3);
    for (const sheet of paper) expect(sheet).toContain('具体问题');
    expect(paper.join('')).not.toMatch(/加一条|导出 Excel|已保存/);
    await page.close();
  });

  it('the draft has every paragraph', async () => {
    const page = await site.page(context, board());
    await page.getByText('讨论稿').first().click();
    await page.locator('.ProseMirror[contenteditable="true"]').click();
    for (let n = 0; n < 60; n++) {
      await page.keyboard.insertText(`第${n}号问题：${LONG.repeat(6)}`);
      await page.keyboard.press('Enter');
    }
    const paper = await printed(page);
    expect(numbers(paper)).toBe(60);
    expect(paper.length).toBeGreaterThan(2);
    await page.close();
  });

  it('the room has its agenda, all that was said and the list beside it; white, whatever the screen is', async () => {
    const page = await site.page(context, `/s/${sessionId}`);
    await page.getByText('第119号问题').first().waitFor();
    const box = page.getByRole('textbox', { name: '发言内容' });
    await box.evaluate((element) => element.setAttribute('data-same', ''));
    const paper = await printed(page);
    expect(numbers(paper)).toBe(ROWS);
    // Paper is as narrow as a phone, but the desk stays what it is, and the box with what is half written.
    expect(await box.getAttribute('data-same')).toBe('');
    for (const title of ['轮流发言', '归纳与分工', '何清', '梁思齐']) expect(paper.join('')).toContain(title);
    await page.emulateMedia({ media: 'print' });
    const ink = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.body);
      return { backgroundColor, color };
    });
    expect(ink).toEqual({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(0, 0, 0)' });
    await page.close();
  });

  it('the people of a campaign are all there', async () => {
    const { campaignId } = site.f;
    const csv = `单位,姓名\n${Array.from({ length: 90 }, (_, n) => `教科研一室,人员${n}号`).join('\n')}\n`;
    const roster = { campaignId, importId: newId(), fileName: '名单.csv', apply: true };
    await site.f.admin.call('campaigns.importRoster', roster, new TextEncoder().encode(csv));
    const page = await site.page(context, `/c/${campaignId}/settings/people`);
    await page.getByText('人员89号').waitFor();
    const paper = (await printed(page)).join('');
    expect(new Set(paper.match(/人员\d+号/g)).size).toBe(90);
    await page.close();
  });

  it('after the end the room and the minutes have everything too; a soft break is a break', async () => {
    await he.call('session.say', { sessionId, id: newId(), kind: 'problem', body: '前一行\u000B后一行' });
    await site.chair.call('session.end', { sessionId, id: newId(), carryOver: [] });
    const room = await site.page(context, `/s/${sessionId}`);
    await room.getByText('第119号问题').first().waitFor();
    expect(numbers(await printed(room))).toBe(ROWS);
    await room.close();
    const minutes = await site.page(context, `/s/${sessionId}/minutes`);
    await minutes.getByText('第119号问题').first().waitFor();
    const paper = await printed(minutes);
    expect(numbers(paper)).toBe(ROWS);
    expect(paper.length).toBeGreaterThan(3);
    const lines = paper
      .join('\n')
      .split('\n')
      .map((line) => line.trim());
    expect(lines.some((line) => line.endsWith('前一行'))).toBe(true);
    await minutes.close();
  });
});
