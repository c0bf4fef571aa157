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

  test('the end of the meeting leaves them to be copied, and its undoing to be sent', async () => {
    const { sessionId, code } = await w.meeting();
    const he = await inside('何清', code, sessionId);
    const page = await w.page(await w.window(he), `/s/${sessionId}`);
    await composer(page).fill('散会时还没发出去的一段长发言');
    await w.chair.call('session.pause', { sessionId, id: newId() });
    await expect.poll(() => composer(page).getAttribute('placeholder')).toMatch('已暂停');
    expect(await composer(page).inputValue()).toBe('散会时还没发出去的一段长发言');
    await w.chair.call('session.end', { sessionId, id: newId(), carryOver: [] });
    const left = page.getByRole('region', { name: '没有送出的发言' });
    await left.getByText('散会时还没发出去的一段长发言').waitFor();
    await left.getByRole('button', { name: '复制' }).waitFor();
    await w.chair.call('session.resume', { sessionId, id: newId() });
    await expect.poll(() => composer(page).inputValue()).toBe('散会时还没发出去的一段长发言');
  });

  test('who is sent out still has them', async () => {
    const { sessionId, code } = await w.meeting();
    const page = await w.page(await w.window(await inside('唐雨', code, sessionId)), `/s/${sessionId}`);
    await composer(page).fill('被移出时正在写的话');
    await w.chair.call('session.removePerson', { sessionId, id: newId(), personId: w.f.people['唐雨']! });
    const left = page.getByRole('region', { name: '没有送出的发言' });
    await left.getByText('被移出时正在写的话').waitFor();
    await page.reload();
    await left.getByText('被移出时正在写的话').waitFor();
  });

  test('a guest whose link has ended still has them, in this tab', async () => {
    const { sessionId } = await w.meeting();
    const link = await w.chair.call('session.makeGuestLink', { sessionId, name: '来宾' });
    const guest = new TestClient(w.program.url);
    await guest.call('identity.useLink', { secret: link.url.split('/').at(-1)!, name: '来宾' });
    const page = await w.page(await w.window(guest), `/s/${sessionId}`);
    await composer(page).fill('来宾还没说完');
    await w.chair.call('session.revokeGuestLink', { sessionId, linkId: link.linkId });
    const left = page.getByRole('region', { name: '没有送出的发言' });
    await left.getByText('来宾还没说完').waitFor();
    await page.reload();
    await left.getByText('来宾还没说完').waitFor();
  });

  test('what waited for the line is shown as waiting after a reload, and said once from two tabs', async () => {
    const { sessionId, code } = await w.meeting();
    const window = await w.window(await inside('沈一鸣', code, sessionId));
    const page = await w.page(window, `/s/${sessionId}`);
    await composer(page).waitFor();
    const says = '**/api/sessions/*/messages';
    await window.route(says, (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await window.route('**/socket.io/**', (route) => route.abort());
    await window.routeWebSocket(/socket\.io/, (line) => line.close());
    await page.reload();
    await composer(page).fill('断线前写的');
    await composer(page).press('Enter');
    const waiting = page.getByRole('article', { name: '未送出' }).getByText('断线前写的');
    await waiting.waitFor();
    await page.reload();
    await waiting.waitFor();
    const other = await w.page(window, `/s/${sessionId}`);
    await other.getByText('断线前写的').waitFor();
    await window.unrouteAll();
    for (const each of [page, other]) {
      await expect
        .poll(() => each.getByRole('article', { name: '未送出' }).count(), { timeout: 60_000 })
        .toBe(0);
      expect(await each.getByText('断线前写的').count()).toBe(1);
    }
  });

  test('a form of the office comes back after a reload and says so', async () => {
    const page = await w.page(await w.window(w.f.admin), `/c/${w.f.campaignId}/sessions/new`);
    const title = page.getByLabel('座谈会名称');
    await title.fill('还没建好的会');
    await page.reload();
    await expect.poll(() => title.inputValue()).toBe('还没建好的会');
    await page.getByRole('button', { name: '清除' }).click();
    expect(await title.inputValue()).not.toBe('还没建好的会');
  });
});
