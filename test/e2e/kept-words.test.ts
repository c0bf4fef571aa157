import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../shared/ids.ts';
import { browsers } from '../support/browser.ts';
import { TestClient } from '../support/client.ts';
import { type MeetingPages, openMeetingPages } from '../support/meeting-pages.ts';

const { kind, title, missing } = browsers.find((each) => each.kind === 'current')!;

let w: MeetingPages;
beforeAll(async () => {
  if (missing === undefined) w = await openMeetingPages(kind);
});
afterAll(async () => w?.close());

/** A device of this roster name that has come in. */
async function inside(name: string, code: string, sessionId: string): Promise<TestClient> {
  const client = new TestClient(w.program.url);
  await client.call('session.join', { code, personId: w.f.people[name]! });
  await client.call('session.enter', { sessionId, id: newId() });
  return client;
}

const composer = (page: Page) => page.getByRole('textbox', { name: '发言内容' });

describe.skipIf(missing !== undefined)(`words that are being typed, on ${title}`, () => {
  test('a half-written decision outlives a look at the list, a reload, and goes with 取消', async () => {
    const { sessionId } = await w.meeting();
    const page = await w.page(await w.window(w.chair), `/s/${sessionId}`);
    const matter = page.getByRole('textbox', { name: '事项' });
    await page.getByText('决定与任务').first().click();
    await page.getByRole('button', { name: '＋ 记决定' }).click();
    await matter.fill('会议决定：写了一半');
    await page.getByText('问题清单').first().click();
    await matter.waitFor({ state: 'detached' });
    await page.getByText('决定与任务').first().click();
    expect(await matter.inputValue()).toBe('会议决定：写了一半');
    await page.reload();
    await page.getByText('决定与任务').first().click();
    expect(await matter.inputValue()).toBe('会议决定：写了一半');
    await page.getByText('这是上次没有保存的内容').waitFor();
    await page.getByRole('button', { name: '取消' }).click();
    await page.getByRole('button', { name: '＋ 记决定' }).click();
    expect(await matter.inputValue()).toBe('');
  });

  test('two tabs of one room keep a half-written message each, over a reload, and send it once', async () => {
    const { sessionId, code } = await w.meeting();
    const window = await w.window(await inside('何清', code, sessionId));
    const one = await w.page(window, `/s/${sessionId}`);
    await composer(one).fill('第一页写的');
    const two = await w.page(window, `/s/${sessionId}`);
    await expect.poll(() => composer(two).inputValue()).toBe('第一页写的');
    await composer(two).fill('第二页写的');
    expect(await composer(one).inputValue()).toBe('第一页写的');
    for (const page of [one, two]) await page.reload();
    await expect.poll(() => composer(one).inputValue()).toBe('第一页写的');
    await expect.poll(() => composer(two).inputValue()).toBe('第二页写的');
    const three = await w.page(window, `/s/${sessionId}`);
    await expect.poll(() => composer(three).inputValue()).toBe('第二页写的');
    await composer(three).press('Enter');
    // Sent in one of the two pages that showed it, it is gone from both.
    await expect.poll(() => composer(two).inputValue()).toBe('');
    expect(await composer(one).inputValue()).toBe('第一页写的');
  });
});
