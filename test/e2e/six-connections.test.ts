import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../shared/ids.ts';
import { type BlockingProxy, blockingProxy } from '../support/blocking-proxy.ts';
import { browsers } from '../support/browser.ts';
import { TestClient } from '../support/client.ts';
import { type MeetingPages, openMeetingPages } from '../support/meeting-pages.ts';

const { kind, title, missing } = browsers.find((each) => each.kind === 'current')!;
const patience = { timeout: 40_000 };

let w: MeetingPages;
let proxy: BlockingProxy;
beforeAll(async () => {
  if (missing !== undefined) return;
  w = await openMeetingPages(kind);
  proxy = await blockingProxy(w.program.port, 'refuse');
});
afterAll(async () => {
  await proxy?.close();
  await w?.close();
});

/** A headless browser shows every page: which one is in sight is told to each of them. */
const SIGHT = `{
  let state = 'visible';
  Object.defineProperty(document, 'visibilityState', { get: () => state });
  Object.defineProperty(document, 'hidden', { get: () => state === 'hidden' });
  globalThis.setSight = (next) => {
    state = next;
    document.dispatchEvent(new Event('visibilitychange'));
  };
}`;
const see = (page: Page, state: 'visible' | 'hidden'): Promise<unknown> =>
  page.evaluate((next) => (globalThis as unknown as { setSight(s: string): void }).setSight(next), state);

describe.skipIf(missing !== undefined)(`seven pages where no WebSocket gets through, on ${title}`, () => {
  test('whichever is in sight works, and the others follow', async () => {
    const { sessionId, code } = await w.meeting();
    const he = new TestClient(w.program.url);
    await he.call('session.join', { code, personId: w.f.people['何清']! });
    await he.call('session.enter', { sessionId, id: newId() });
    const context = await w.window(he);
    await context.addInitScript(SIGHT);
    const site = `http://127.0.0.1:${proxy.port}`;
    const pages: Page[] = [];
    for (let n = 0; n < 7; n++) {
      const page = await context.newPage();
      await page.goto(`${site}/s/${sessionId}`);
      await page.getByRole('textbox', { name: '发言内容' }).waitFor(patience);
      pages.push(page);
      if (n > 0) await see(pages[n - 1]!, 'hidden');
    }
    let inSight = pages.at(-1)!;
    for (const next of [pages.at(-1)!, pages[0]!, pages[3]!]) {
      await see(inSight, 'hidden');
      await see(next, 'visible');
      inSight = next;
      const words = `第 ${pages.indexOf(next) + 1} 页说的`;
      await next.getByRole('textbox', { name: '发言内容' }).fill(words);
      await next.getByRole('button', { name: '发送' }).click();
      await next.locator('article', { hasText: words }).waitFor(patience);
      await expect.poll(() => next.getByRole('article', { name: '未送出' }).count(), patience).toBe(0);
      for (const other of pages) await other.locator('article', { hasText: words }).waitFor(patience);
    }
    const { state } = await w.chair.call('session.open', { sessionId });
    expect(Object.values(state.messages).map(({ body }) => body)).toEqual([
      '第 7 页说的',
      '第 1 页说的',
      '第 4 页说的',
    ]);
    // The list is another line: it is written in from the page in sight.
    await inSight
      .getByRole('button', { name: /第一条|一条$/ })
      .first()
      .click();
    const cell = inSight.getByRole('textbox', { name: '第 1 条 具体问题（表现）' });
    await cell.fill('材料多');
    await pages[5]!
      .getByText('材料多')
      .first()
      .waitFor({ ...patience, state: 'attached' });
    expect(proxy.blocked()).toBeGreaterThan(0);
  });
});
