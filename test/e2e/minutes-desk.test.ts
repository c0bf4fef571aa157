import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../shared/ids.ts';
import { browsers } from '../support/browser.ts';
import { type MeetingPages, openMeetingPages } from '../support/meeting-pages.ts';

const { kind, title, missing } = browsers.find((each) => each.kind === 'current')!;

let w: MeetingPages;
beforeAll(async () => {
  if (missing === undefined) w = await openMeetingPages(kind);
});
afterAll(async () => w?.close());

const idsOf = (page: Page): Promise<string[]> =>
  page
    .locator('[data-paragraph]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-paragraph') ?? ''));
const row = (page: Page, id: string): Locator => page.locator(`[data-paragraph="${id}"]`);
const lineOf = (page: Page, id: string): Locator => row(page, id).getByRole('button').first();

async function said(sessionId: string, body: string): Promise<string> {
  const id = newId();
  await w.chair.call('session.say', { sessionId, id, kind: 'speech', body });
  return id;
}

/** A meeting that has ended: two things were said, one of them is marked; one decision. */
async function ended(): Promise<{ sessionId: string; marked: string }> {
  const { sessionId } = await w.meeting();
  const marked = await said(sessionId, '标了的一句');
  await said(sessionId, '没有标的一句');
  await w.chair.call('session.mark', { sessionId, id: newId(), messageId: marked });
  const decision = { text: '每人联系一所学校', unitName: '教科研一室', due: '2026-04-10' };
  await w.chair.call('session.decide', { sessionId, id: newId(), ...decision });
  await w.chair.call('session.end', { sessionId, id: newId(), carryOver: [] });
  return { sessionId, marked };
}
async function desk(sessionId: string, width = 1440): Promise<Page> {
  const touch = width < 900 ? { hasTouch: true, isMobile: true } : {};
  const window = await w.window(w.chair, { viewport: { width, height: 780 }, ...touch });
  const page = await w.page(window, `/s/${sessionId}/minutes`);
  await row(page, 'opening').waitFor();
  return page;
}

describe.skipIf(missing !== undefined)(`the minutes on the desk, on ${title}`, () => {
  test('an end that is undone and made again at once shows the minutes', async () => {
    const page = await desk((await ended()).sessionId);
    await page.getByRole('button', { name: '撤销结束' }).click();
    await page.getByRole('button', { name: '继续会议' }).click();
    await page.getByRole('button', { name: '结束会议' }).click();
    await page.getByRole('button', { name: '确认结束' }).click();
    await page.waitForURL(/minutes$/);
    await row(page, 'opening').waitFor();
  });

  test('the tools of a message that the mouse is on are seen whole', async () => {
    const { sessionId } = await w.meeting();
    const id = await said(sessionId, '请把这句写进去');
    const page = await w.page(await w.window(w.chair), `/s/${sessionId}`);
    const message = page.locator(`[data-message="${id}"]`);
    await message.hover();
    const tool = message.getByRole('button', { name: '置顶' });
    // The highest pixel of the tool is the tool's own, not cut off by the line it belongs to.
    const own = () =>
      tool.evaluate((button) => {
        const { left, top, width } = button.getBoundingClientRect();
        return button.contains(document.elementFromPoint(left + width / 2, top + 1));
      });
    await expect.poll(own).toBe(true);
  });

  test('M marks the message that has the focus for the minutes, and takes it back', async () => {
    const { sessionId } = await w.meeting();
    const id = await said(sessionId, '请把这句写进去');
    const page = await w.page(await w.window(w.chair), `/s/${sessionId}`);
    const message = page.locator(`[data-message="${id}"]`);
    const mark = message.getByTitle('将写入纪要');
    await message.focus();
    await page.keyboard.press('m');
    await mark.waitFor();
    await page.keyboard.press('m');
    await mark.waitFor({ state: 'detached' });
    // In the composer it is a letter.
    const composer = page.getByRole('textbox', { name: '发言内容' });
    await composer.pressSequentially('m');
    expect(await composer.inputValue()).toBe('m');
    expect(await mark.count()).toBe(0);
    await page.getByText('全部发言写入会议记录；轮到您时说的和标了“入纪要”的进入纪要。').waitFor();
  });

  test('what is listed of the talk can be chosen, and what is left out is counted', async () => {
    const { sessionId } = await ended();
    const page = await desk(sessionId);
    const sheet = page.getByRole('article');
    await page.getByText('另有 1 条发言未列入纪要', { exact: false }).waitFor();
    expect(await sheet.innerText()).toContain('标了的一句');
    expect(await sheet.innerText()).not.toContain('没有标的一句');
    await page.getByRole('radio', { name: '全部列入' }).check();
    await sheet.getByText('没有标的一句', { exact: false }).waitFor();
    await page.getByText('没有未列入的发言。').waitFor();
    await page.getByRole('radio', { name: '只列标记的' }).check();
    await sheet.getByText('没有标的一句', { exact: false }).waitFor({ state: 'detached' });
  });

  test('a paragraph is moved by keys and by its line, taken out and brought back', async () => {
    const { sessionId } = await ended();
    const page = await desk(sessionId);
    const first = await idsOf(page);
    const order = () => expect.poll(() => idsOf(page));
    await lineOf(page, 'course').focus();
    await page.keyboard.press('Alt+ArrowUp');
    const up = first.toSpliced(first.indexOf('opening'), 2, 'course', 'opening');
    await order().toEqual(up);
    await row(page, 'course').getByText('人工移动', { exact: false }).waitFor();
    // The line keeps the focus, so that the next press goes on from there.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[data-paragraph]')?.outerHTML ?? ''))
      .toContain('data-paragraph="course"');
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await order().toEqual(first);
    await row(page, 'course').getByText('人工移动', { exact: false }).waitFor({ state: 'detached' });

    // A heading takes its section along.
    await lineOf(page, 'decisions').hover();
    await page.mouse.down();
    const to = (await row(page, 'opening').boundingBox())!;
    await page.mouse.move(to.x, to.y + 4, { steps: 12 });
    await page.mouse.up();
    const at = first.indexOf('decisions');
    const section = first.slice(at, at + 2);
    const rest = first.filter((id) => !section.includes(id));
    await order().toEqual(rest.toSpliced(rest.indexOf('opening'), 0, ...section));

    await row(page, 'course').click();
    await page.getByRole('button', { name: '删去这一段' }).click();
    await row(page, 'course').waitFor({ state: 'detached' });
    await page.getByText('已删去的段落（1）').click();
    await page.getByRole('button', { name: '恢复', exact: true }).click();
    await row(page, 'course').waitFor();
  });

  test('a new paragraph is kept over a reload until it is added', async () => {
    const { sessionId } = await ended();
    const page = await desk(sessionId);
    await row(page, 'opening').click();
    await page.getByRole('button', { name: '在下面加一段' }).click();
    const field = page.getByRole('textbox', { name: '新段落' });
    await field.fill('会前集中学习了文件。');
    await page.reload();
    await expect.poll(() => field.inputValue()).toBe('会前集中学习了文件。');
    await page.getByRole('button', { name: '加入', exact: true }).click();
    await page.getByText('人工添加', { exact: false }).waitFor();
    const ids = await idsOf(page);
    expect(ids[ids.indexOf('opening') + 1]).toMatch(/^hand\./);
  });

  test('words for a paragraph that somebody takes out stay, and it can be brought back', async () => {
    const { sessionId } = await ended();
    const page = await desk(sessionId);
    await row(page, 'opening').dblclick();
    await page.getByLabel('段落文字').fill('我正在写的话');
    const { paragraphs } = await w.chair.call('minutes.open', { sessionId });
    const { id: paragraphId, rev } = paragraphs.find((each) => each.id === 'opening')!;
    await w.chair.call('minutes.remove', { sessionId, paragraphId, rev });
    await page.getByRole('button', { name: '恢复这一段' }).click();
    await expect.poll(() => page.getByLabel(/段落文字|您的文字/).inputValue()).toBe('我正在写的话');
  });

  test.each([320, 360, 414])(
    'on a phone of %i px nothing lies off the screen, and a finger moves the line',
    async (width) => {
      const { sessionId } = await ended();
      const page = await desk(sessionId, width);
      const inside = async () => {
        const off = await page
          .locator('button:visible, a:visible, select:visible, textarea:visible')
          .evaluateAll((all) =>
            all
              .map((each) => ({ box: each.getBoundingClientRect(), name: each.textContent }))
              .filter(({ box }) => box.left < -1 || box.right > innerWidth + 1)
              .map(({ name }) => name),
          );
        expect(off).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
      };
      await inside();
      const first = await idsOf(page);
      const box = (await lineOf(page, 'course').boundingBox())!;
      const target = (await row(page, 'opening').boundingBox())!;
      const [x, y] = [box.x + box.width / 2, box.y + 12];
      const touch = await page.context().newCDPSession(page);
      const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', to?: number) =>
        touch.send('Input.dispatchTouchEvent', { type, touchPoints: to === undefined ? [] : [{ x, y: to }] });
      await send('touchStart', y);
      for (let n = 1; n <= 8; n++) await send('touchMove', y + ((target.y + 4 - y) * n) / 8);
      await send('touchEnd');
      await expect
        .poll(() => idsOf(page))
        .toEqual(first.toSpliced(first.indexOf('opening'), 2, 'course', 'opening'));
      await inside();
      await row(page, 'opening').click();
      await page.getByRole('button', { name: '删去这一段' }).waitFor();
      await inside();
      await page.getByRole('button', { name: '在下面加一段' }).click();
      const field = page.getByRole('textbox', { name: '新段落' });
      await field.waitFor();
      await inside();
      // Nothing lies over what is being written.
      const over = await field.evaluate((own) => {
        const { left, top, width: wide, height } = own.getBoundingClientRect();
        return document.elementFromPoint(left + wide / 2, top + height / 2) === own;
      });
      expect(over).toBe(true);
    },
  );
});
