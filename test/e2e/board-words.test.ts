import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { LiveDocument } from '../../client/lib/doc/open-document.ts';
import {
  draftText,
  ensureRow,
  readRows,
  restoreRow,
  rowMap,
  setField,
  withdrawRow,
} from '../../shared/board.ts';
import { newId } from '../../shared/ids.ts';
import { type BoardSite, startBoardSite } from '../support/board-site.ts';
import { browsers, launchBrowser, openWindow, phone } from '../support/browser.ts';
import { recordError } from '../support/errors.ts';

let site: BoardSite;
beforeAll(async () => {
  site = await startBoardSite();
});
afterAll(() => site.close());

const patience = { timeout: 15_000 };
const cell = (page: Page, n: number | '这一条', column = '具体问题（表现）') =>
  page.getByRole('textbox', { name: `${n === '这一条' ? n : `第 ${n} 条`} ${column}` });
const mark = (page: Page) => page.locator('[role=status][data-state]').getAttribute('data-state');
const saved = (page: Page) => expect.poll(() => mark(page), patience).toBe('saved');

interface Paste {
  html?: string;
  text?: string;
  file?: string;
}
/** Pastes or drops without the clipboard, which a page on plain HTTP may not touch. True if the page took it into its own hands. */
const bring = (page: Page, paste: Paste, how: 'paste' | 'drop' = 'paste') =>
  page.evaluate(
    ([{ html, text, file }, type]) => {
      const data = new DataTransfer();
      if (html !== undefined) data.setData('text/html', html);
      if (text !== undefined) data.setData('text/plain', text);
      if (file !== undefined) data.items.add(new File([new Uint8Array(500)], 'a', { type: file }));
      const common = { bubbles: true, cancelable: true };
      const event =
        type === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: data, ...common })
          : new DragEvent('drop', { dataTransfer: data, ...common });
      document.activeElement?.dispatchEvent(event);
      return event.defaultPrevented;
    },
    [paste, how] as const,
  );

describe.each(browsers)('words on a board on $title', ({ kind, missing }) => {
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

  async function listWith(...problems: string[]) {
    const board = await site.board();
    const peer = site.peer(board.list);
    await expect.poll(() => peer.synced, patience).toBe(true);
    const ids = problems.map((problem) => {
      const rowId = newId();
      ensureRow(peer.doc, { rowId, problem });
      return rowId;
    });
    const page = await open(board.path);
    await cell(page, problems.length).waitFor();
    return { board, peer, page, ids };
  }
  const rows = ({ doc }: LiveDocument) => readRows(doc).rows;

  async function draftWith(...paragraphs: string[]) {
    const board = await site.board();
    const peer = site.peer(board.draft);
    await expect.poll(() => peer.synced, patience).toBe(true);
    const body = peer.doc.getXmlFragment('body');
    body.insert(
      0,
      paragraphs.map((words) => {
        const block = new Y.XmlElement('paragraph');
        block.insert(0, [new Y.XmlText(words)]);
        return block;
      }),
    );
    const page = await open(board.path);
    await page.getByRole('tab', { name: '讨论稿' }).click();
    const draft = page.getByRole('textbox', { name: '讨论稿正文' });
    for (const words of paragraphs) await draft.getByText(words).waitFor();
    return { page, peer, body, draft };
  }

  describe('in a short cell', () => {
    it('are with the others letter by letter, and the page says 已保存 only when they are stored', async () => {
      const { peer, page } = await listWith('第一条');
      await cell(page, 1, '涉及单位').click();
      const words = '教科研一室、电教馆';
      let typed = '';
      for (const letter of words) {
        await page.keyboard.insertText(letter);
        typed += letter;
        await expect.poll(() => rows(peer)[0]!.units, patience).toBe(typed);
      }
      await saved(page);
      await page.getByRole('button', { name: '撤销', exact: true }).click();
      await expect.poll(() => rows(peer)[0]!.units !== words, patience).toBe(true);
      await page.getByRole('button', { name: '重做', exact: true }).click();
      await expect.poll(() => rows(peer)[0]!.units, patience).toBe(words);
    });

    it('are not said to be saved and are asked for at the end while the line is down, and come after it', async () => {
      const { board, peer, page } = await listWith('第一条');
      await saved(page);
      await context.setOffline(true);
      await cell(page, 1, '认领人').click();
      await page.keyboard.insertText('陆远航');
      await expect.poll(() => mark(page), patience).toBe('unsaved');
      const asked = page.waitForEvent('dialog').then((dialog) => dialog.accept());
      const closed = page.waitForEvent('close');
      await page.close({ runBeforeUnload: true });
      await Promise.all([asked, closed]);
      await context.setOffline(false);
      const again = await open(board.path);
      await expect.poll(() => cell(again, 1, '认领人').inputValue(), patience).toBe('陆远航');
      await expect.poll(() => rows(peer)[0]!.owner, patience).toBe('陆远航');
    });

    it('are shown to who comes back before there is a line, and are in the list when there is one', async () => {
      const { board, peer, page } = await listWith('第一条');
      await saved(page);
      await context.setOffline(true);
      await cell(page, 1, '认领人').click();
      await page.keyboard.insertText('陆远航');
      await expect.poll(() => mark(page), patience).toBe('unsaved');
      page.once('dialog', (dialog) => void dialog.accept());
      const closed = page.waitForEvent('close');
      await page.close({ runBeforeUnload: true });
      await closed;
      await context.setOffline(false);
      // What stands in for the line rests on it, and Chromium 109 has none.
      await context.addInitScript('URL.parse ??= (url, base) => new URL(url, base)');
      let blocked = true;
      await context.routeWebSocket(/\/collab\//, (socket) => {
        if (blocked) void socket.close();
        else socket.connectToServer();
      });
      const again = await open(board.path);
      await again.getByText('还有未保存的文字').getByText('陆远航').waitFor();
      expect(await cell(again, 1).count()).toBe(0);
      blocked = false;
      await expect.poll(() => rows(peer)[0]!.owner, { timeout: 30_000 }).toBe('陆远航');
      await expect.poll(() => cell(again, 1, '认领人').inputValue(), patience).toBe('陆远航');
      expect(await again.getByText('还有未保存的文字').count()).toBe(0);
    });

    it('keep the caret, a word being composed and all letters while somebody else writes there', async () => {
      const { peer, page, ids } = await listWith('第一条');
      const units = cell(page, 1, '涉及单位');
      await units.click();
      await page.keyboard.insertText('甲丁');
      await page.keyboard.press('ArrowLeft');
      await expect.poll(() => rows(peer)[0]!.units, patience).toBe('甲丁');
      setField(peer.doc, ids[0]!, 'units', '新甲丁');
      await expect.poll(() => units.inputValue(), patience).toBe('新甲丁');
      const line = await context.newCDPSession(page);
      await line.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
      setField(peer.doc, ids[0]!, 'units', '更新甲丁');
      setField(peer.doc, ids[0]!, 'owner', '别处');
      await expect.poll(() => cell(page, 1, '认领人').inputValue(), patience).toBe('别处');
      expect(await units.inputValue()).toBe('新甲ni丁');
      await line.send('Input.insertText', { text: '你' });
      await expect.poll(() => rows(peer)[0]!.units, patience).toBe('更新甲你丁');
      await expect.poll(() => units.inputValue(), patience).toBe('更新甲你丁');
    });

    it('do not run together when lines are pasted, and what does not fit is refused aloud', async () => {
      const { peer, page } = await listWith('第一条');
      await cell(page, 1, '涉及单位').click();
      await bring(page, { text: '教科研一室\r\n电教馆\u000b督导室\n' });
      await expect.poll(() => rows(peer)[0]!.units, patience).toBe('教科研一室、电教馆、督导室');
      expect(await bring(page, { text: '长'.repeat(201) })).toBe(true);
      await page.getByRole('alert').getByText('最多 200 字').waitFor();
      await cell(page, 1).click();
      await page.keyboard.press('End');
      await bring(page, { text: '\u000b第二行\u2028第三行' });
      await expect.poll(() => rows(peer)[0]!.problem, patience).toBe('第一条\n第二行\n第三行');
    });
  });

  describe('under the hand', () => {
    it('go on when somebody withdraws the row, and are found where it is said', async () => {
      const { peer, page, ids } = await listWith('第一条', '第二条');
      await cell(page, 1).click();
      await page.keyboard.press('End');
      withdrawRow(peer.doc, ids[0]!);
      await page.getByText('有人撤下了您正在写的这一条').waitFor();
      await page.keyboard.insertText('，接着打的字');
      await expect.poll(() => rows(peer)[0]!.problem, patience).toBe('第一条，接着打的字');
      expect(await cell(page, 1).inputValue()).toBe('第二条');
      await cell(page, 1).click();
      await expect.poll(() => cell(page, '这一条').count(), patience).toBe(0);
      await page.getByRole('button', { name: /^已撤下/ }).click();
      await expect.poll(() => cell(page, 1).inputValue(), patience).toBe('第一条，接着打的字');
    });

    it('stay where they are written when the row is given back, and go at once when oneself takes it back', async () => {
      const { peer, page, ids } = await listWith('第一条');
      await cell(page, 1).click();
      withdrawRow(peer.doc, ids[0]!);
      await page.getByText('有人撤下了您正在写的这一条').waitFor();
      restoreRow(peer.doc, ids[0]!);
      await page.getByText('有人撤下了您正在写的这一条').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: '加一条' }).click();
      await cell(page, 2).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Control+z');
      await cell(page, 2).waitFor({ state: 'detached' });
      expect(await page.getByText('有人撤下了').count()).toBe(0);
    });

    it('go on in the open card of a phone', async () => {
      const { board, peer, ids } = await listWith('第一条', '第二条');
      const pocket = await openWindow(browser, phone);
      await site.signIn(pocket);
      const page = await open(board.path, pocket);
      await page.getByRole('button', { name: /第一条/ }).click();
      await cell(page, 1).click();
      await page.keyboard.press('End');
      withdrawRow(peer.doc, ids[0]!);
      await page.getByText('有人撤下了您正在写的这一条').waitFor();
      await page.keyboard.insertText('，接着写');
      await expect.poll(() => rows(peer)[0]!.problem, patience).toBe('第一条，接着写');
      await page.getByRole('button', { name: '完成' }).click();
      await page.getByRole('button', { name: /第一条/ }).waitFor({ state: 'detached' });
      await pocket.close();
    });

    it('get a paragraph of their own when somebody deletes the one they stand in, and the deleted can be put back', async () => {
      const { page, peer, body, draft } = await draftWith('第一段。', '第二段。', '第三段。');
      await draft.getByText('第二段').click();
      await page.keyboard.press('End');
      body.delete(1, 1);
      await page.getByText('您正在写的这一段被别人删去了').waitFor();
      await page.keyboard.insertText('接着写的');
      await expect.poll(() => draftText(peer.doc), patience).toBe('第一段。\n接着写的\n第三段。');
      await page.keyboard.insertText('话');
      await page.getByRole('button', { name: '放回来' }).click();
      await expect.poll(() => draftText(peer.doc), patience).toBe('第一段。\n接着写的话\n第二段。\n第三段。');
    });

    it('follow a paragraph that somebody makes a heading', async () => {
      const { page, peer, body, draft } = await draftWith('第一段。', '第二段。');
      await draft.getByText('第一段').click();
      await page.keyboard.press('End');
      peer.doc.transact(() => {
        body.delete(0, 1);
        const heading = new Y.XmlElement('heading');
        heading.setAttribute('level', 1 as never);
        heading.insert(0, [new Y.XmlText('第一段。')]);
        body.insert(0, [heading]);
      });
      await draft.getByRole('heading').waitFor();
      await page.keyboard.insertText('又写');
      await expect.poll(() => draftText(peer.doc), patience).toBe('第一段。又写\n第二段。');
    });

    it('stand behind the table when its row is deleted', async () => {
      const { page, peer, body, draft } = await draftWith('前');
      await draft.getByText('前').click();
      await bring(page, { html: '<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>' });
      await expect.poll(() => draftText(peer.doc), patience).toContain('乙');
      await draft.getByText('乙').click();
      const table = body
        .toArray()
        .find((block) => (block as Y.XmlElement).nodeName === 'table') as Y.XmlElement;
      table.delete(1, 1);
      await page.getByText('您正在写的这一段被别人删去了').waitFor();
      await page.keyboard.insertText('后写的');
      await expect
        .poll(() => draftText(peer.doc).split('\n').filter(Boolean), patience)
        .toEqual(['前', '甲', '后写的']);
    });
  });

  describe('that are pasted', () => {
    it('come into the draft and what is no words is named', async () => {
      const { page, peer, draft } = await draftWith('前文');
      await draft.getByText('前文').click();
      const said = (what: string) =>
        page.getByRole('alert').getByText(`${what}没有放进去`, { exact: false }).waitFor();
      const again = async () => {
        await page.getByRole('button', { name: '知道了' }).click();
        await draft.focus();
      };
      expect(await bring(page, { file: 'image/png' })).toBe(true);
      await said('图片');
      await again();
      await bring(page, {
        html: '<p>图前</p><p><img src="file:///C:/a.png">图后</p><video src="b"></video>',
      });
      await said('图片、视频');
      await expect.poll(() => draftText(peer.doc), patience).toContain('图前\n图后');
      await again();
      expect(await bring(page, { file: 'application/msword' }, 'drop')).toBe(true);
      await said('文件');
      await again();
      await bring(page, { html: '<p>表单</p><object>对象里的字</object>' });
      await said('嵌入的内容、部分文字');
    });

    it('keep merged cells and breaks in the draft, and say nothing when all is there', async () => {
      const { page, peer, draft } = await draftWith('前文');
      await draft.getByText('前文').click();
      await bring(page, {
        html: '<table><tr><td colspan="2">合并</td></tr><tr><td>左</td><td>右</td></tr></table>',
      });
      await expect.poll(() => draft.locator('td[colspan="2"]').count(), patience).toBe(1);
      await draft.getByText('前文').click();
      await page.keyboard.press('End');
      await bring(page, { html: '<p>一行\u000b二行</p>' });
      await bring(page, { text: '三行\u2028四行' });
      await expect.poll(() => draftText(peer.doc), patience).toContain('三行\n四行');
      expect(await draft.getByText('一行').locator('br').count()).toBeGreaterThan(0);
      expect(await page.getByRole('alert').count()).toBe(0);
    });

    it('come into a cell and what is no words is named', async () => {
      const { peer, page } = await listWith('第一条');
      await cell(page, 1).click();
      await page.keyboard.press('End');
      expect(await bring(page, { file: 'image/png' }, 'drop')).toBe(true);
      await page.getByRole('alert').getByText('图片没有放进去').waitFor();
      await bring(page, { text: '\r\n补充', html: '<p>补充<video></video></p>' });
      await page.getByRole('alert').getByText('视频没有放进去').waitFor();
      await expect.poll(() => rows(peer)[0]!.problem, patience).toBe('第一条\n补充');
    });
  });

  it('that were never written leave no row behind', async () => {
    const { board, peer, page } = await listWith('第一条');
    await page.getByRole('button', { name: '加一条' }).click();
    await cell(page, 2).and(page.locator(':focus')).waitFor();
    await expect.poll(() => rows(peer).length, patience).toBe(2);
    await page.getByRole('button', { name: '第 2 条：操作' }).click();
    await page.getByRole('menuitem', { name: '撤下' }).click();
    await cell(page, 2).waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: /^已撤下/ }).count()).toBe(0);
    await page.getByRole('button', { name: '加一条' }).click();
    await cell(page, 2).and(page.locator(':focus')).waitFor();
    await saved(page);
    expect(await page.getByRole('tab', { name: /问题清单/ }).innerText()).toMatch(/1$/);
    const later = await open(board.path);
    await cell(later, 1).waitFor();
    // The one who made it is in it: whoever comes sees where.
    await cell(later, 2).waitFor();
    await page.close();
    await cell(later, 2).waitFor({ state: 'detached' });
    expect(rowMap(peer.doc, rows(peer)[2]!.rowId)).toBeDefined();
  });

  it('are out of the reach of a page that is translated', async () => {
    const { peer, page } = await listWith('第一条');
    expect(await cell(page, 1).evaluate((area) => area.closest('[translate=no]') !== null)).toBe(true);
    await cell(page, 1, '认领人').fill('甲');
    await expect.poll(() => rows(peer)[0]!.owner, patience).toBe('甲');
    await page.getByRole('tab', { name: '讨论稿' }).click();
    const draft = page.getByRole('textbox', { name: '讨论稿正文' });
    expect(await draft.getAttribute('translate')).toBe('no');
  });
});
