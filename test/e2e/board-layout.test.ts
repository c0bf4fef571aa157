import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { boardWords } from '../../client/features/board/words.ts';
import { newId } from '../../shared/ids.ts';
import { addRow, textOf, withdrawRow } from '../../shared/board.ts';
import { type BoardSite, startBoardSite } from '../support/board-site.ts';
import { layoutFaults } from '../support/layout.ts';
import { engines } from '../support/windows/all.ts';
import type { Window } from '../support/windows/window.ts';

const { open, missing } = engines.find(({ title }) => title === 'Chromium')!;
const PHONES = [320, 360, 390, 414];
const DESKS = [1024, 1280, 1440, 1920];
const LONG =
  '薄弱学校的教研员一年只来两次，https://example.org/a/very/long/address/without/any/break/index.html 老师们有问题只能等。';

let site: BoardSite;
let window: Window;
let found: string[] = [];
beforeAll(async () => {
  if (missing !== undefined) return;
  site = await startBoardSite();
  window = await open();
  await window.signIn(site.url, site.cookies());
});
afterAll(async () => {
  await window?.close();
  await site?.close();
});
beforeEach((context) => {
  context.skip(missing !== undefined, missing);
  found = [];
});
afterEach(() => expect(found).toEqual([]));

/** What is still wrong when everything has come that was on its way. */
async function settledFaults(): Promise<string[]> {
  const deadline = Date.now() + 2_000;
  for (;;) {
    const faults = await window.run(layoutFaults);
    if (faults.length === 0 || Date.now() > deadline) return faults;
  }
}

/** Under an open menu lies everything else of the page. */
const behindMenu = /^<(?:a|button|input|select|textarea)> .* lies under /;

async function look(where: string, widths: readonly number[], menu = false): Promise<void> {
  for (const width of widths) {
    await window.resize(width, width < 700 ? 640 : 720);
    const faults = (await settledFaults()).filter((fault) => !(menu && behindMenu.test(fault)));
    found.push(...faults.map((fault) => `${where} at ${width} px: ${fault}`));
  }
}

/** How far the table reaches beyond what is seen of it, in px. */
const beyond = () => {
  const sheet = document.querySelector('table')!.parentElement!;
  return sheet.scrollWidth - sheet.clientWidth;
};

/** A list of long words, one of them withdrawn, with somebody else in one of its cells. */
async function written() {
  const board = await site.board();
  const peer = site.peer(board.list);
  await expect.poll(() => peer.synced).toBe(true);
  const ids = [newId(), newId(), newId()];
  for (const rowId of ids) {
    addRow(peer.doc, { rowId, problem: LONG, units: '教育科学研究与教师发展中心', owner: '欧阳慕容' }, null);
    textOf(peer.doc, rowId, 'cause')!.insert(0, LONG.repeat(2));
  }
  withdrawRow(peer.doc, ids[2]!);
  await expect.poll(() => peer.status.get().kind).toBe('saved');
  return { ...board, peer, rowId: ids[0]! };
}

describe.each(['zh', 'en'] as const)(
  'nothing of a unit’s board is outside of the window, covered or cut (%s)',
  (language) => {
    const words = boardWords[language];
    const visit = async (path: string, width: number) => {
      await window.resize(width, 720);
      await window.goto(`${site.url}/healthz`);
      await window.run((key) => localStorage.setItem('poli.language', key), language);
      await window.run(() => localStorage.removeItem('poli.columns.page'));
      await window.goto(path);
    };

    test('while it is empty', async () => {
      const { path } = await site.board();
      await visit(path, 360);
      await window.see(words.addFirst);
      await look('an empty list', [...PHONES, ...DESKS]);
    });

    test('on a phone: the cards, the one that is written in, those taken out, the earlier versions', async () => {
      const { path } = await written();
      await visit(path, 360);
      await window.see(LONG);
      await look('cards', PHONES);
      await window.click('1');
      await window.see(words.done);
      await look('the card that is written in', PHONES);
      await window.click(words.withdraw);
      await window.see(words.takeBack);
      await look('what was taken out can be given back', PHONES);
      await window.click(words.withdrawnRows);
      await look('the rows that were taken out', PHONES);
      await window.click(words.earlier);
      await window.see(words.earlierNote);
      await look('the earlier versions', PHONES);
    });

    test('on a desk: whole columns, the menu of a row, the choice of columns', async () => {
      const { path, peer, rowId } = await written();
      await visit(path, 1280);
      await window.see(LONG);
      peer.awareness.setLocalStateField('cell', `${rowId}:problem`);
      for (const width of DESKS) {
        await look('the table', [width]);
        await expect.poll(() => window.run(beyond), { timeout: 10_000 }).toBe(0);
      }
      await window.resize(1024, 720);
      await window.click(words.rowMenu(1));
      await window.see(words.down);
      await look('the menu of a row', [1024, 1280], true);
      await window.press('Escape');
      await window.resize(1024, 720);
      await window.click(words.columns);
      await window.see(words.columnsThatFit);
      await look('the choice of columns', [1024], true);
      await window.click(words.proposedOn);
      await window.press('Escape');
      await expect.poll(() => window.run(beyond)).toBeGreaterThan(0);
      await look('columns that were chosen', [1024]);
    });

    test('in the draft: its tools, and those of a table', async () => {
      const { path } = await site.board();
      await visit(path, 1280);
      await window.click(words.draft);
      await window.click(words.draftArea);
      await window.type(LONG);
      await window.press('Enter');
      await window.click(words.table);
      await window.see(words.deleteTable);
      await look('a table in the draft', [...PHONES, ...DESKS]);
    });
  },
);
