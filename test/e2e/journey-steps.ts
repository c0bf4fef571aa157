import { mkdir, readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { recordError } from '../support/errors.ts';
import { openWindow } from '../support/browser.ts';

const PATIENCE = 20_000;

export const shown = (locator: Locator): Promise<void> =>
  locator.first().waitFor({ state: 'visible', timeout: PATIENCE });

/** What a browser reports while its server is dead is no fault of the page. */
const OFFLINE = /net::ERR_|Failed to load resource|WebSocket connection|NetworkError|Failed to fetch/;

/** Pictures of every open page, for whoever reads a failure. */
export async function pictures(browser: Browser, name: string): Promise<void> {
  await mkdir('test/output', { recursive: true });
  const pages = browser.contexts().flatMap((context) => context.pages());
  await Promise.all(
    pages.map((page, at) =>
      page.screenshot({ path: `test/output/${name}-${at + 1}.png` }).catch(() => undefined),
    ),
  );
}

/** A person at a device of their own. A script error or an error in the console fails the test. */
export async function person(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await openWindow(browser, { acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', (error) => recordError(`page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !OFFLINE.test(message.text()))
      recordError(`console: ${message.text()}`);
  });
  return { page, context };
}

const ROSTER = `单位,姓名,职务,人员类别
教科研一室,周敏,主任,中层
教科研一室,陆远航,研究员,骨干
教科研一室,何清,教研员,骨干
教科研一室,沈一鸣,教研员,中层
教科研一室,唐雨,教师,教师
教科研二室,梁思齐,教研员,骨干
`;

/** The first administrator makes a campaign from the template and imports the roster. Returns the campaign's path. */
export async function setUp(page: Page, adminLink: string): Promise<string> {
  await page.goto(adminLink);
  await page.getByLabel('姓名').fill('办公室甲');
  await page.getByLabel('账号').fill('office');
  await page.getByLabel('密码', { exact: true }).fill('correct horse 8');
  await page.getByLabel('再输一遍密码').fill('correct horse 8');
  await page.getByRole('button', { name: '设立并进入' }).click();
  await page.getByRole('link', { name: '新建活动' }).first().click();
  await page.getByLabel('活动名称').fill('解放思想大讨论');
  await page.getByLabel('活动主题').fill('解放思想 抢抓机遇 奋发作为 协同发展');
  await page.getByLabel('主办单位').fill('教科所');
  await page.getByRole('button', { name: '创建活动' }).click();
  await page.waitForURL(/\/c\/[0-9a-f-]{36}/);
  const path = new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
  // While the first steps are shown they alone say what to do next.
  await page.getByRole('heading', { name: '开始之前' }).waitFor();
  expect(await page.getByRole('link', { name: '新建座谈会' }).count()).toBe(1);
  await page.goto(`${new URL(page.url()).origin}${path}/settings?tab=people`);
  await page.getByRole('tab', { name: '人员' }).click();
  await page.getByRole('button', { name: '导入花名册' }).first().click();
  const file = { name: '花名册.csv', mimeType: 'text/csv', buffer: Buffer.from(ROSTER) };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: '导入 6 人' }).click();
  await shown(page.getByText('沈一鸣'));
  return path;
}

/** Grants a role on the settings page and returns the personal link that goes with it. */
export async function grant(page: Page, name: string, role: string): Promise<string> {
  await page.getByRole('tab', { name: '角色' }).click();
  const choice = page.getByRole('combobox', { name: '人员', exact: true });
  const option = choice.locator('option', { hasText: name });
  await choice.selectOption((await option.getAttribute('value')) ?? '');
  await page.getByRole('combobox', { name: '角色', exact: true }).selectOption({ label: role });
  await page.getByRole('button', { name: '授予', exact: true }).click();
  await shown(page.getByRole('dialog', { name: `${name}的个人链接` }));
  await page.getByRole('button', { name: '生成链接' }).click();
  const link = page.getByText(/https?:\/\/\S+\/l\/\S+/);
  await shown(link);
  const text = (await link.first().textContent()) ?? '';
  await page.keyboard.press('Escape');
  return new URL(/https?:\S+/.exec(text)![0]).pathname;
}

/** A personal link enters at once on a device that is nobody yet. */
export async function openPersonalLink(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForURL((at) => !at.pathname.startsWith('/l/'));
}

/** The moderator plans the symposium; returns its id and its code. */
export async function plan(page: Page, campaign: string): Promise<{ sessionId: string; code: string }> {
  await page.goto(`${new URL(page.url()).origin}${campaign}`);
  await page
    .getByRole('link', { name: '新建座谈会' })
    .or(page.getByRole('button', { name: '新建座谈会' }))
    .first()
    .click();
  await page.getByLabel('座谈会名称').fill('第二次线上座谈会');
  await page.getByLabel('主办单位').selectOption({ label: '教科研一室' });
  await page
    .getByRole('checkbox', { name: /教科研一室/ })
    .first()
    .check();
  await page.getByRole('button', { name: '创建座谈会' }).click();
  await page.waitForURL(/\/s\/[0-9a-f-]{36}\/settings/);
  const code = page.getByText(/^\d{3}\s?\d{3}$/);
  await shown(code);
  const sessionId = page.url().split('/s/')[1]!.split('/')[0]!;
  return { sessionId, code: ((await code.first().textContent()) ?? '').replace(/\s/g, '') };
}

/** Three taps: the link, the name, in. */
export async function join(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page
    .getByRole('button', { name, exact: true })
    .or(page.getByRole('radio', { name, exact: true }))
    .first()
    .click();
  await page.getByRole('button', { name: /进入会议$/ }).click();
  await page.waitForURL(/\/s\//);
}

export async function say(page: Page, text: string, kind?: string): Promise<void> {
  await page.getByLabel('发言内容').last().click();
  if (kind)
    await page
      .getByRole('radio', { name: kind })
      .or(page.getByRole('button', { name: kind, exact: true }))
      .first()
      .click();
  await page.locator('textarea[aria-label="发言内容"]').fill(text);
  await page.getByRole('button', { name: '发送' }).click();
}

/** Types pinyin letter by letter and chooses the word, as an input method does it. `between` runs in the middle. */
export async function composePinyin(
  page: Page,
  letters: string,
  word: string,
  between?: () => Promise<void>,
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (let i = 1; i <= letters.length; i++) {
    const text = letters.slice(0, i);
    await session.send('Input.imeSetComposition', { text, selectionStart: i, selectionEnd: i });
    if (between && i === Math.ceil(letters.length / 2)) await between();
  }
  await session.send('Input.insertText', { text: word });
}

/** The words of a draft without the names at others' carets. */
export function draftWords(draft: Locator): Promise<string> {
  return draft.evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('[class*="caret"]')) caret.remove();
    return copy.textContent ?? '';
  });
}

/** The file behind a download that this click starts. */
export async function fileOf(
  page: Page,
  click: () => Promise<void>,
): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: await readFile((await download.path())!) };
}
