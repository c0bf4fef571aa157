import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { boardWords } from '../../client/features/board/words.ts';
import { readRows, textOf } from '../../shared/board.ts';
import { type BoardSite, startBoardSite } from '../support/board-site.ts';
import { engines } from '../support/windows/all.ts';
import { cutOff, overlapping } from '../support/windows/layout.ts';
import type { Window } from '../support/windows/window.ts';

const words = boardWords.zh;
let site: BoardSite;
beforeAll(async () => {
  site = await startBoardSite();
});
afterAll(() => site.close());

describe.each(engines)('in $title', ({ open, missing }) => {
  let window: Window;
  beforeAll(async () => {
    if (missing !== undefined) return;
    window = await open();
    await window.resize(1440, 900);
    await window.signIn(site.url, site.cookies());
  });
  beforeEach((test) => test.skip(missing !== undefined, missing));
  afterAll(() => window?.close());

  it('two people write in one list, and its rows lie below each other', async () => {
    const board = await site.board();
    const peer = site.peer(board.list);
    await window.goto(board.path);
    await window.click(words.addFirst);
    await window.fill(words.cellName(1, words.problem), '教研下沉不够');
    await expect.poll(() => readRows(peer.doc).rows[0]?.problem).toBe('教研下沉不够');
    const { rowId } = readRows(peer.doc).rows[0]!;
    const long = '课题申报靠催、靠凑，选题和本校问题脱节。'.repeat(12);
    textOf(peer.doc, rowId, 'cause')!.insert(0, long);
    await expect.poll(() => window.value(words.cellName(1, words.cause))).toBe(long);
    await window.press('Enter');
    await window.see('2');
    await expect.poll(() => readRows(peer.doc).rows.length).toBe(2);
    await window.type('第二条');
    await expect.poll(() => readRows(peer.doc).rows[1]?.problem).toBe('第二条');
    expect(await window.run(overlapping, 'textarea')).toEqual([]);
    expect(await window.run(cutOff, 'textarea')).toEqual([]);
  });
});
