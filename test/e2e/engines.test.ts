import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { boardWords } from '../../client/features/board/words.ts';
import { joinWords } from '../../client/features/join/words.ts';
import { meetingWords } from '../../client/features/meeting/words.ts';
import type { LiveDocument } from '../../client/lib/doc/open-document.ts';
import { draftText, readRows, textOf } from '../../shared/board.ts';
import { newId } from '../../shared/ids.ts';
import { openPeer } from '../support/board-site.ts';
import { build } from '../support/built.ts';
import { type Fixture, makeFixture } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { layoutFaults } from '../support/layout.ts';
import { type Program, startProgram } from '../support/program.ts';
import { engines } from '../support/windows/all.ts';
import { cutOff, overlapping } from '../support/windows/layout.ts';
import type { Window } from '../support/windows/window.ts';

const words = { ...boardWords.zh, ...meetingWords.zh, enter: joinWords.zh.enter };
const LONG = '课题申报靠催、靠凑，选题和本校问题脱节，结题后没有一项形成可用的办法。'.repeat(8);

let data: string;
let program: Program;
let f: Fixture;
beforeAll(async () => {
  build();
  data = await mkdtemp(join(tmpdir(), 'poli-engines-'));
  program = await startProgram({ DATA_DIR: data });
  await until('the first link is printed', () => program.adminLink !== '', 10_000);
  f = await makeFixture(program.url, () => Promise.resolve({ url: program.adminLink }));
});
afterAll(async () => {
  await program?.kill();
  if (data) await rm(data, { recursive: true, force: true });
});

const cookies = () => [...f.admin.cookies].map(([name, value]) => ({ name, value }));

/** A meeting that is going on, with a board of its own. */
async function meeting(title: string) {
  const { admin, campaignId, roomId } = f;
  const [unitId, sessionId] = [newId(), newId()];
  await admin.call('campaigns.addUnit', { campaignId, unitId, name: `${title}科` });
  const plan = {
    title,
    plannedAt: '2026-03-18T06:30:00.000Z',
    plannedMinutes: 60,
    place: '',
    agenda: f.agenda,
  };
  const expected = { expectedUnits: [f.unitId], expectedPeople: [] };
  const session = await admin.call('session.create', {
    campaignId,
    roomId,
    unitId,
    sessionId,
    ...plan,
    ...expected,
  });
  await admin.call('session.start', { sessionId, id: newId() });
  const board = await admin.call('board.get', { boardId: session.boardId });
  return { ...session, sessionId, board, page: `${program.url}/c/${campaignId}/boards/${unitId}` };
}

const names = ['何清', '沈一鸣', '唐雨'];
describe.each(engines.map((engine, at) => ({ ...engine, name: names[at]! })))(
  'in $title',
  ({ open, missing, narrowest, title, name }) => {
    const phone = Math.max(360, narrowest);
    let window: Window;
    let m: Awaited<ReturnType<typeof meeting>>;
    const peers: LiveDocument[] = [];
    const peer = (of: string): LiveDocument => {
      peers.push(openPeer(f.admin, of));
      return peers.at(-1)!;
    };
    beforeAll(async () => {
      if (missing !== undefined) return;
      window = await open();
      m = await meeting(title);
    });
    beforeEach((test) => test.skip(missing !== undefined, missing));
    afterAll(async () => {
      for (const each of peers) each.destroy();
      await window?.close();
    });
    /** Nothing lies outside of the window, covered or cut. */
    const inOrder = () => expect.poll(() => window.run(layoutFaults), { timeout: 3_000 }).toEqual([]);

    it('somebody comes in by the code and speaks, on a phone and at a desk', async () => {
      await window.resize(phone, 740);
      await window.goto(`${program.url}/j/${m.code}`);
      await window.click(name);
      await window.click(words.enter);
      await window.fill(words.composer, `${name}说一句话`);
      await inOrder();
      await window.click(words.send);
      await window.see(`${name}说一句话`);
      await window.click(words.raiseHand);
      await window.fill(words.composer, LONG);
      await inOrder();
      await window.resize(1280, 800);
      await window.see(words.list);
      await inOrder();
    });

    it('two people write in one list, and its rows lie below each other', async () => {
      const other = peer(m.board.list);
      await window.resize(1280, 800);
      await window.signIn(program.url, cookies());
      await window.goto(m.page);
      await window.click(words.addFirst);
      await window.fill(words.cellName(1, words.problem), '教研下沉不够');
      await expect.poll(() => readRows(other.doc).rows[0]?.problem).toBe('教研下沉不够');
      textOf(other.doc, readRows(other.doc).rows[0]!.rowId, 'cause')!.insert(0, LONG);
      await window.see(LONG);
      await window.press('Enter');
      await expect.poll(() => readRows(other.doc).rows.length).toBe(2);
      await window.type('第二条');
      await expect.poll(() => readRows(other.doc).rows[1]?.problem).toBe('第二条');
      expect(await window.run(overlapping, 'tbody textarea, tbody input, tbody select')).toEqual([]);
      expect(await window.run(cutOff, 'tbody textarea')).toEqual([]);
      await inOrder();
      await window.resize(phone, 740);
      await window.click('1');
      await window.see(words.done);
      await inOrder();
    });

    it('two people write in one draft', async () => {
      const other = peer(m.board.draft);
      await window.resize(1280, 800);
      await window.click(words.draft);
      await window.fill(words.draftArea, '提纲');
      await expect.poll(() => draftText(other.doc)).toBe('提纲');
      await window.click(words.table);
      await window.see(words.deleteTable);
      await inOrder();
    });

    it('the minutes are read when the meeting is over', async () => {
      await f.admin.call('session.end', { sessionId: m.sessionId, id: newId(), carryOver: [] });
      await window.goto(`${program.url}/s/${m.sessionId}/minutes`);
      await window.see(title);
      await window.resize(phone, 740);
      await window.see(title);
    });
  },
);
