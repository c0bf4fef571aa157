import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { LiveDocument } from '../../client/lib/doc/open-document.ts';
import { draftText, readRows, textOf } from '../../shared/board.ts';
import { type BoardSite, startBoardSite } from '../support/board-site.ts';
import { browsers, launchBrowser, openWindow } from '../support/browser.ts';
import { recordError } from '../support/errors.ts';

const RUNS = 3;
const LETTERS = ['n', 'ni', 'nih', 'niha', 'nihao'];
const PINYIN = /[a-z]/;

let site: BoardSite;
beforeAll(async () => {
  site = await startBoardSite();
});
afterAll(() => site.close());

/** A hand on the keyboard with an input method. */
class Hand {
  readonly #page: Page;
  readonly #line: CDPSession;
  constructor(page: Page, line: CDPSession) {
    this.#page = page;
    this.#line = line;
  }
  async letters(from: number, to: number): Promise<void> {
    for (const text of LETTERS.slice(from, to)) {
      const end = { selectionStart: text.length, selectionEnd: text.length };
      await this.#line.send('Input.imeSetComposition', { text, ...end });
    }
  }
  choose = (word: string) => this.#line.send('Input.insertText', { text: word });
  type = (text: string) => this.#page.keyboard.insertText(text);
}

interface Scene {
  page: Page;
  hand: Hand;
  peer: LiveDocument;
  /** Every state of the text that the peer has seen. */
  seen: string[];
}

const synced = (peer: LiveDocument) => expect.poll(() => peer.synced, { timeout: 20_000 }).toBe(true);

/** The peer's view of the text must never hold a letter, and at the end both hold the same. */
async function agrees(scene: Scene, shown: () => Promise<string>, theirs: () => string, expected: string[]) {
  const both = async () => [await shown(), theirs()];
  await expect.poll(async () => new Set(await both()).size, { timeout: 15_000 }).toBe(1);
  await expect.poll(async () => expected.includes(await shown()), { timeout: 15_000 }).toBe(true);
  expect(expected).toContain(theirs());
  expect(scene.seen.filter((text) => PINYIN.test(text))).toEqual([]);
}

describe.each(browsers)('composing pinyin on $title', ({ kind, missing }) => {
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

  async function open(path: string, peer: LiveDocument): Promise<Scene> {
    const page = await context.newPage();
    page.on('pageerror', (error) => recordError(`page: ${error.message}`));
    await page.goto(path);
    const hand = new Hand(page, await context.newCDPSession(page));
    await synced(peer);
    return { page, hand, peer, seen: [] };
  }

  describe('in the draft', () => {
    const paragraph = ({ doc }: LiveDocument): Y.XmlText =>
      (doc.getXmlFragment('body').get(0) as Y.XmlElement).get(0) as Y.XmlText;
    const above = ({ doc }: LiveDocument) => {
      const element = new Y.XmlElement('paragraph');
      element.insert(0, [new Y.XmlText('另段')]);
      doc.getXmlFragment('body').insert(0, [element]);
    };
    const edits: [string, (peer: LiveDocument) => void, string[]][] = [
      ['at the start of the paragraph', (peer) => paragraph(peer).insert(0, '远'), ['远甲乙丙你好！']],
      ['in the middle of it', (peer) => paragraph(peer).insert(1, '远'), ['甲远乙丙你好！']],
      [
        'at its end, where the word is being composed',
        (peer) => paragraph(peer).insert(3, '远'),
        ['甲乙丙远你好！', '甲乙丙你好！远', '甲乙丙你好远！'],
      ],
      ['in another paragraph', above, ['另段\n甲乙丙你好！']],
      ['nowhere', () => undefined, ['甲乙丙你好！']],
    ];

    it.each(edits)('a word comes out whole when somebody writes %s', async (_where, edit, expected) => {
      for (let run = 0; run < RUNS; run++) {
        const board = await site.board();
        const peer = site.peer(board.draft);
        const scene = await open(board.path, peer);
        const { page, hand, seen } = scene;
        await page.getByRole('tab', { name: '讨论稿' }).click();
        await page.getByRole('textbox', { name: '讨论稿正文' }).click();
        await hand.type('甲乙丙');
        await expect.poll(() => draftText(peer.doc), { timeout: 15_000 }).toBe('甲乙丙');
        peer.doc.on('update', () => seen.push(draftText(peer.doc)));
        await hand.letters(0, 2);
        edit(peer);
        await expect.poll(() => peer.status.get().kind).toBe('saved');
        await hand.letters(2, 5);
        await hand.choose('你好');
        await hand.type('！');
        const blocks = page.locator('.draft > p');
        const shown = async () => (await blocks.allTextContents()).join('\n');
        await agrees(scene, shown, () => draftText(peer.doc), expected);
        await page.close();
      }
    });
  });

  describe('in a long cell of the list', () => {
    const cell = ({ doc }: LiveDocument): Y.Text => textOf(doc, readRows(doc).rows[0]!.rowId, 'problem')!;
    const line = '头行\n';
    const edits: [string, (text: Y.Text) => void, string[]][] = [
      ['at the start of the cell', (text) => text.insert(0, '远'), [`远${line}甲乙丙你好！`]],
      ['in the middle of the line', (text) => text.insert(4, '远'), [`${line}甲远乙丙你好！`]],
      [
        'at its end, where the word is being composed',
        (text) => text.insert(text.length, '远'),
        [`${line}甲乙丙你好！远`, `${line}甲乙丙远你好！`],
      ],
      ['away what stood before', (text) => text.delete(3, 3), [`${line}你好！`]],
      ['in another line of it', (text) => text.insert(2, '远'), ['头行远\n甲乙丙你好！']],
    ];

    it.each(edits)('a word comes out whole when somebody writes %s', async (_where, edit, expected) => {
      for (let run = 0; run < RUNS; run++) {
        const board = await site.board();
        const peer = site.peer(board.list);
        const scene = await open(board.path, peer);
        const { page, hand, seen } = scene;
        await page.getByRole('button', { name: '写第一条' }).click();
        const area = page.getByRole('textbox', { name: '第 1 条 具体问题（表现）' });
        await area.click();
        await hand.type(`${line}甲乙丙`);
        const theirs = () => (readRows(peer.doc).rows.length > 0 ? cell(peer).toString() : '');
        await expect.poll(theirs, { timeout: 15_000 }).toBe(`${line}甲乙丙`);
        peer.doc.on('update', () => seen.push(theirs()));
        await hand.letters(0, 2);
        edit(cell(peer));
        const { rowId } = readRows(peer.doc).rows[0]!;
        textOf(peer.doc, rowId, 'cause')!.insert(0, `别处${run}`);
        const cause = page.getByRole('textbox', { name: '第 1 条 原因剖析' });
        await expect.poll(() => cause.inputValue(), { timeout: 15_000 }).toBe(`别处${run}`);
        expect(await area.inputValue()).toBe(`${line}甲乙丙ni`);
        await hand.letters(2, 5);
        await hand.choose('你好');
        await hand.type('！');
        await agrees(scene, () => area.inputValue(), theirs, expected);
        await page.close();
      }
    });
  });
});
