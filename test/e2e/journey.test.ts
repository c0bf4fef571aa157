import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browsers, type BrowserKind, launchBrowser, outsideHost, phone } from '../support/browser.ts';
import { build } from '../support/built.ts';
import { startMongo, whyNoMongo } from '../support/mongo-server.ts';
import { type Program, startProgram } from '../support/program.ts';
import { docxText, pdfText, xlsxRows } from './files.ts';
import {
  composePinyin,
  draftWords,
  fileOf,
  grant,
  join,
  openPersonalLink,
  person,
  pictures,
  plan,
  say,
  setUp,
  shown,
} from './journey-steps.ts';

const runs: { title: string; kind: BrowserKind; engine: 'sqlite' | 'mongo'; missing: string | undefined }[] =
  [
    ...browsers.map((each) => ({ ...each, engine: 'sqlite' as const })),
    {
      title: "the system's Chromium, on MongoDB's stand-in",
      kind: 'current',
      engine: 'mongo',
      missing: (await whyNoMongo()) ?? browsers[0]?.missing,
    },
  ];

describe.each(runs)(
  'a symposium from invitation to sealed minutes on $title',
  ({ kind, engine, missing }) => {
    let browser: Browser;
    let program: Program;
    let mongo: Awaited<ReturnType<typeof startMongo>>;
    let folder: string;

    beforeEach((context) => context.skip(missing !== undefined, missing));
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await pictures(browser, `journey-${kind}-${engine}`);
    });
    beforeAll(async () => {
      if (missing !== undefined) return;
      build();
      folder = await mkdtemp(path(tmpdir(), 'poli-journey-'));
      mongo = engine === 'mongo' ? await startMongo() : undefined;
      program = await startProgram({ DATA_DIR: folder, ...(mongo ? { MONGODB_URL: mongo.url } : {}) });
      browser = await launchBrowser(kind);
    });
    afterAll(async () => {
      await browser?.close();
      await program?.kill('SIGTERM');
      await mongo?.stop();
      if (folder) await rm(folder, { recursive: true, force: true });
    });

    test('three participants, a crash in the middle, minutes and four files', async () => {
      const office = await person(browser);
      const campaign = await setUp(office.page, program.adminLink);
      const chairLink = await grant(office.page, '周敏', '主持人');

      const chair = await person(browser);
      await openPersonalLink(chair.page, program.url + chairLink);
      const { sessionId, code } = await plan(chair.page, campaign);
      const he = await person(browser);
      const lu = await person(browser, phone);
      const tang = await person(browser);
      await join(he.page, `${program.url}/j/${code}`, '何清');
      await join(lu.page, `${program.url}/j/${code}`, '陆远航');
      await join(tang.page, `http://${outsideHost}:${program.port}/j/${code}`, '唐雨');
      await chair.page.goto(`${program.url}/s/${sessionId}`);
      await chair.page.getByRole('button', { name: '开始会议' }).click();

      await talk(chair.page, he.page, lu.page, tang.page);
      await write(chair.page, he.page, tang.page);
      await crash(program, chair.page, he.page, tang.page);
      await close(chair.page, he.page);
      await takeAway(chair.page);
    });
  },
);

/** Messages of four kinds, hands, the floor: everybody sees the same within a second or so. */
async function talk(chair: Page, he: Page, lu: Page, tang: Page): Promise<void> {
  await say(he, '课题申报靠科室催，申报质量低，连续三年没有省级立项。', '问题');
  await say(lu, '每名骨干联系一所学校，一学期至少听课八节。', '建议');
  for (const page of [chair, he, lu, tang]) {
    await shown(page.getByText('课题申报靠科室催', { exact: false }));
    await shown(page.getByText('每名骨干联系一所学校', { exact: false }));
  }
  await lu.getByRole('button', { name: '举手' }).click();
  await tang.getByRole('button', { name: '举手' }).click();
  await chair.getByRole('button', { name: '下一位：陆远航' }).click();
  await shown(lu.getByRole('region', { name: '轮到您发言' }));
  await chair.getByRole('button', { name: '＋1 分钟' }).click();
  await chair.getByRole('button', { name: '下一位：唐雨' }).click();
  await shown(tang.getByText('唐雨').first());
  await chair.getByRole('button', { name: '下一项 →' }).click();
  await shown(he.getByText('进入第 2 项', { exact: false }));
}

/** Two write in one cell at once, one composes pinyin in the draft while another writes there. */
async function write(chair: Page, he: Page, tang: Page): Promise<void> {
  const message = chair.getByRole('article', { name: /何清 问题/ });
  await message.getByRole('button', { name: '转入清单' }).click();
  await shown(chair.getByText('已转入清单'));
  const cell = (page: Page) => page.getByRole('textbox', { name: '第 1 条 具体问题（表现）' });
  for (const page of [chair, he]) await shown(cell(page));
  await expect.poll(() => cell(he).inputValue()).toContain('连续三年没有省级立项');
  await Promise.all([
    cell(chair)
      .press('Control+End')
      .then(() => cell(chair).pressSequentially('（一）', { delay: 40 })),
    cell(he)
      .press('Control+Home')
      .then(() => cell(he).pressSequentially('近三年：', { delay: 40 })),
  ]);
  await expect.poll(() => cell(chair).inputValue()).toMatch(/^近三年：.*（一）$/);
  await expect.poll(() => cell(he).inputValue()).toMatch(/^近三年：.*（一）$/);

  const draft = (page: Page) => page.getByRole('textbox', { name: '讨论稿正文' });
  for (const page of [he, tang]) await page.getByRole('tab', { name: '讨论稿' }).click();
  await draft(tang).click();
  await composePinyin(tang, 'nihao', '你好', async () => {
    await draft(he).click();
    await he.keyboard.type('共同起草。');
  });
  const text = (page: Page) => draftWords(draft(page));
  await expect.poll(() => text(he)).toMatch(/你好/);
  await expect.poll(() => text(tang)).toMatch(/共同起草。/);
  expect(await text(he)).not.toMatch(/[a-z]/);
  await expect.poll(async () => [await text(he), await text(tang)]).toSatisfy(([a, b]: string[]) => a === b);
}

/** The server is killed; words written meanwhile are kept and arrive once. */
async function crash(program: Program, chair: Page, he: Page, tang: Page): Promise<void> {
  for (const page of [chair, he, tang]) await shown(page.getByText('已保存'));
  await program.kill();
  await say(he, '断线时写下的一句。');
  await shown(he.getByText(/未送出|发送中/));
  await program.start();
  for (const page of [chair, he, tang])
    await shown(page.getByRole('article').filter({ hasText: '断线时写下的一句。' }));
  await expect.poll(() => chair.getByText('断线时写下的一句。').count()).toBe(1);
  const cell = chair.getByRole('textbox', { name: '第 1 条 具体问题（表现）' });
  expect(await cell.inputValue()).toMatch(/^近三年：.*（一）$/);
}

/** A decision, the end, the minutes with one sentence of a hand, the seal. */
async function close(chair: Page, he: Page): Promise<void> {
  await chair.getByRole('tab', { name: /决定与任务/ }).click();
  await chair.getByRole('button', { name: '＋ 记决定' }).click();
  await chair.getByLabel('事项').fill('每名骨干联系一所薄弱学校');
  await chair.getByRole('button', { name: '时限设为两周后' }).click();
  await chair.getByRole('button', { name: '记下决定' }).click();
  await he.getByRole('tab', { name: /决定与任务/ }).click();
  await shown(he.getByText('每名骨干联系一所薄弱学校'));
  await chair.getByRole('button', { name: '结束会议' }).click();
  await chair.getByRole('button', { name: '确认结束' }).click();
  await chair.waitForURL(/\/minutes$/);

  const opening = chair.locator('[data-paragraph="opening"]');
  await opening.click();
  await shown(chair.getByText('这一段从哪里来'));
  await chair.getByRole('button', { name: '修改这一段' }).click();
  await chair
    .getByLabel('段落文字')
    .fill('11月22日，教科研一室召开座谈会，与会人员畅所欲言。现将会议情况纪要如下：');
  await chair.getByRole('button', { name: '保存', exact: true }).click();
  await shown(opening.getByText('人工修改', { exact: false }));
  await chair.getByRole('button', { name: '重新生成', exact: true }).click();
  await chair
    .getByRole('dialog')
    .or(chair.getByRole('alertdialog'))
    .getByRole('button', { name: '重新生成' })
    .click();
  await shown(opening.getByText('与会人员畅所欲言', { exact: false }));
  await chair.getByRole('button', { name: '定稿', exact: true }).click();
  await chair.getByRole('button', { name: '确认定稿' }).click();
  await shown(chair.getByText(/^[0-9a-f]{64}$/));
}

/** The files that a person takes home, opened and read. */
async function takeAway(chair: Page): Promise<void> {
  const minutesAs = (name: RegExp) =>
    fileOf(chair, async () => {
      await chair.getByRole('button', { name: '导出', exact: true }).click();
      await chair.getByRole('menuitem', { name }).click();
    });
  const words = [
    '会议纪要',
    '与会人员畅所欲言',
    '每名骨干联系一所学校',
    '每名骨干联系一所薄弱学校',
    '教科研一室',
  ];
  const docx = await minutesAs(/Word/);
  const pdf = await minutesAs(/PDF/);
  const markdown = await minutesAs(/^Markdown/);
  const record = await minutesAs(/^会议记录（DOCX）/);
  expect(docx.name).toMatch(/^纪要_第二次线上座谈会_\d{8}\.docx$/);
  expect(record.name).toMatch(/^记录_第二次线上座谈会_\d{8}\.docx$/);
  expect(docxText(record.bytes)).toContain('会议记录');
  for (const word of words) {
    expect(docxText(docx.bytes)).toContain(word);
    expect(pdfText(pdf.bytes).replace(/\s/g, '')).toContain(word);
    expect(markdown.bytes.toString('utf8')).toContain(word);
  }
  expect(docxText(docx.bytes)).not.toContain('草稿');
  const list = await fileOf(chair, () => chair.getByRole('button', { name: '导出问题清单（XLSX）' }).click());
  const rows = await xlsxRows(list.bytes);
  expect(rows.flat().join('|')).toContain('近三年：课题申报靠科室催');
}
