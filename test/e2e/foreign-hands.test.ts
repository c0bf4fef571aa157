import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../shared/ids.ts';
import { browsers } from '../support/browser.ts';
import { TestClient } from '../support/client.ts';
import { type MeetingPages, openMeetingPages } from '../support/meeting-pages.ts';

const { kind, title, missing } = browsers.find((each) => each.kind === 'current')!;

/** What page translation does to every text, as browsers do it: `replace` puts another text there, `wrap` the same one deeper. */
const touch = (page: Page, how: 'replace' | 'wrap'): Promise<void> =>
  page.evaluate((way) => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walk.nextNode()) texts.push(walk.currentNode as Text);
    for (const text of texts) {
      const within = text.parentElement!;
      if (!text.data.trim() || within.closest('script, style, textarea, [contenteditable]')) continue;
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      outer.append(inner);
      if (way === 'replace') inner.textContent = text.data;
      text.replaceWith(outer);
      if (way === 'wrap') inner.append(text);
    }
  }, how);

let w: MeetingPages;
let faults: string[] = [];
beforeAll(async () => {
  if (missing === undefined) w = await openMeetingPages(kind);
});
afterAll(async () => w?.close());

async function open(path: string, who = w.chair): Promise<Page> {
  const page = await w.page(await w.window(who), path);
  page.setDefaultTimeout(10_000);
  faults = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  return page;
}
async function whole(page: Page): Promise<void> {
  expect(await page.getByText('页面出了点问题').count()).toBe(0);
  expect(faults).toEqual([]);
}

describe.skipIf(missing !== undefined)(`a page whose texts are touched by others, on ${title}`, () => {
  describe.each(['replace', 'wrap'] as const)('each text, by %s', (how) => {
    test('the room says, times and changes its state', async () => {
      const { sessionId } = await w.meeting();
      const page = await open(`/s/${sessionId}`);
      const box = page.getByRole('textbox', { name: '发言内容' });
      await box.waitFor();
      await touch(page, how);
      await box.fill('翻译开着时说的话');
      await box.press('Enter');
      await page.locator('article', { hasText: '翻译开着时说的话' }).waitFor();
      await touch(page, how);
      await box.fill('再说一句');
      await box.press('Enter');
      await page.locator('article', { hasText: '再说一句' }).waitFor();
      const personId = w.f.people['周敏']!;
      await w.chair.call('session.giveFloor', { sessionId, id: newId(), personId, minutes: 3 });
      const clock = page.getByRole('timer').last();
      await expect.poll(() => clock.innerText()).toMatch(/^02:5/);
      await touch(page, how);
      const seen = await clock.innerText();
      await expect.poll(() => clock.innerText()).not.toBe(seen);
      await w.chair.call('session.pause', { sessionId, id: newId() });
      await page.getByText('已暂停').first().waitFor();
      await w.chair.call('session.end', { sessionId, id: newId(), carryOver: [] });
      await page.getByText('会议已结束').first().waitFor();
      await whole(page);
    });

    test('the door goes from code to unit to name', async () => {
      const { code } = await w.meeting();
      const page = await open(`/j/${code}`, new TestClient(w.program.url));
      await page.getByText('何清', { exact: true }).waitFor();
      await touch(page, how);
      await page.getByRole('radio', { name: /何清/ }).check({ force: true });
      await page.getByRole('button', { name: /进入/ }).last().waitFor();
      await touch(page, how);
      await page.getByRole('radio', { name: /沈一鸣/ }).check({ force: true });
      await whole(page);
    });

    test('the campaign shows another page and comes back', async () => {
      const page = await open(`/c/${w.f.campaignId}`);
      await page.getByRole('heading').first().waitFor();
      await touch(page, how);
      await page
        .getByRole('link', { name: /座谈会/ })
        .first()
        .click();
      await page.waitForURL(/\/s(essions)?\b/);
      await page.goBack();
      await page.getByRole('heading').first().waitFor();
      await whole(page);
    });

    test('the list takes a new row, and its tabs change', async () => {
      const page = await open(`/c/${w.f.campaignId}/boards/${w.f.unitId}`);
      await page.getByRole('tab', { name: /讨论稿/ }).waitFor();
      await touch(page, how);
      await page
        .getByRole('button', { name: /第一条|一条$/ })
        .first()
        .click();
      await page.locator('textarea').first().fill('材料多');
      await touch(page, how);
      await page.getByRole('tab', { name: /讨论稿/ }).click();
      await page.locator('.ProseMirror').waitFor();
      await touch(page, how);
      await page.getByRole('tab', { name: /问题清单/ }).click();
      await page.locator('textarea').first().waitFor();
      await whole(page);
    });

    test('the minutes open and close a paragraph', async () => {
      const { sessionId } = await w.meeting();
      await w.chair.call('session.say', { sessionId, id: newId(), kind: 'speech', body: '印进纪要的话。' });
      await w.chair.call('session.end', { sessionId, id: newId(), carryOver: [] });
      const page = await open(`/s/${sessionId}/minutes`);
      await page.locator('[data-paragraph]').first().waitFor();
      await touch(page, how);
      await page.locator('[data-paragraph]').first().dblclick();
      await page.locator('textarea').first().waitFor();
      await touch(page, how);
      await page.keyboard.press('Escape');
      await page.locator('textarea').first().waitFor({ state: 'detached' });
      await whole(page);
    });
  });
});
