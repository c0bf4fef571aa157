import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addRow, documentName, setField, textOf, withdrawRow } from '../../shared/board.ts';
import { newId } from '../../shared/ids.ts';
import type { Storage } from '../../server/storage/port.ts';
import { type Fixture, makeFixture, type TestClient } from '../support/client.ts';
import { endMeetings, kept } from '../support/meeting.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { openTestStorage } from '../support/test-storage.ts';

let storage: Storage;
let server: TestServer;
let f: Fixture;
let moderator: TestClient;
beforeEach(async () => {
  storage = await openTestStorage();
  server = await startServer({ storage });
  f = await makeFixture(server.url, server.app.identity.adminLink);
  moderator = kept(await f.staff('周敏', 'moderator'));
});
afterEach(async () => {
  await endMeetings();
  await server.close();
  await storage.close();
});

const act = () => ({ sessionId: f.sessionId, id: newId() });
const change = (edit: Parameters<typeof server.app.documents.change>[1]) =>
  server.app.documents.change(documentName('list', f.boardId), edit);

/** Straight into the list, as a page writes. */
async function write(problem: string, proposer = '何清'): Promise<string> {
  const rowId = newId();
  await change((list) => addRow(list, { rowId, problem, proposer }, 'test'));
  return rowId;
}

async function say(body: string): Promise<string> {
  const id = newId();
  await moderator.call('session.say', { sessionId: f.sessionId, id, kind: 'problem', body });
  return id;
}

const rows = async () =>
  (await moderator.call('session.rows', { sessionId: f.sessionId })).map((row) => row.problem);

/** What every place says of the meeting's problems: the same texts, the same number. */
async function agree(problems: string[]): Promise<void> {
  expect(await rows()).toEqual(problems);
  const number = async () => {
    const [card] = (await moderator.call('session.list', { campaignId: f.campaignId })).cards;
    const { session } = await moderator.call('session.open', { sessionId: f.sessionId });
    const { foremost, rooms } = await moderator.call('session.overview', { campaignId: f.campaignId });
    const door = rooms.find((room) => room.roomId === f.roomId);
    return [card?.problems, session.problems, foremost?.problems, door?.problems];
  };
  await expect.poll(number).toEqual([1, 1, 1, 1].map(() => problems.length));
}

async function printed(): Promise<string[]> {
  const { paragraphs } = await moderator.call('minutes.open', { sessionId: f.sessionId });
  return paragraphs.filter((each) => each.id.startsWith('problem.')).map((each) => each.composed);
}

describe('the problems of a meeting', () => {
  test('are the rows written into the list meanwhile and those taken up, and every place says the same', async () => {
    const before = await write('会前就有的');
    const takenBack = await write('会前撤下的');
    await change((list) => withdrawRow(list, takenBack));
    const blank = await write('');
    await agree([]);
    await moderator.call('session.start', act());
    await agree([]);

    const written = await write('会上直接写的');
    await write('');
    await write('不知谁写的', '');
    await agree(['会上直接写的', '不知谁写的']);
    await change((list) => textOf(list, blank, 'problem')!.insert(0, '会前留的空行，会上写的'));
    const later = ['会上直接写的', '不知谁写的'];
    await agree(['会前留的空行，会上写的', ...later]);

    const taken = await say('发言转入的');
    await moderator.call('session.takeUp', { sessionId: f.sessionId, messageId: taken });
    await agree(['会前留的空行，会上写的', ...later, '发言转入的']);
    await moderator.call('session.hide', { ...act(), messageId: taken });
    await agree(['会前留的空行，会上写的', ...later]);
    await moderator.call('session.show', { ...act(), messageId: taken });

    await moderator.call('session.pause', act());
    await change((list) => setField(list, blank, 'withdrawn', true));
    await change((list) => setField(list, takenBack, 'withdrawn', false));
    await change((list) => setField(list, before, 'units', '教务处'));
    await agree([...later, '发言转入的']);
    await moderator.call('session.resume', act());
    await agree([...later, '发言转入的']);

    await moderator.call('session.end', { ...act(), carryOver: [] });
    await agree([...later, '发言转入的']);
    expect(await printed()).toEqual([
      '会上直接写的。（何清提出）',
      '不知谁写的。',
      '发言转入的。（周敏提出）',
    ]);

    // The end was an accident: the meeting goes on, with what is in the list by now.
    await moderator.call('session.resume', act());
    await change((list) => withdrawRow(list, written));
    await write('接着写的');
    await agree(['不知谁写的', '发言转入的', '接着写的']);
    await moderator.call('session.end', { ...act(), carryOver: [] });
    await write('会后写的');
    await agree(['不知谁写的', '发言转入的', '接着写的']);
    expect(await printed()).toEqual(['不知谁写的。', '发言转入的。（周敏提出）', '接着写的。（何清提出）']);
  });

  test('are also what was taken up after the end, which its list did not hold then', async () => {
    await moderator.call('session.start', act());
    const said = await say('会上说的');
    await moderator.call('session.end', { ...act(), carryOver: [] });
    await moderator.call('session.takeUp', { sessionId: f.sessionId, messageId: said });
    await agree(['会上说的']);
    expect(await printed()).toEqual(['会上说的。（周敏提出）']);
  });

  test('are found by the server alone: what stood in the list before is told to no page', async () => {
    await moderator.call('session.start', act());
    const told = await moderator.call('session.entries', { sessionId: f.sessionId, after: 0, limit: 500 });
    expect(told.find((entry) => entry.kind === 'started')).not.toHaveProperty('standing');
    const { state } = await moderator.call('session.open', { sessionId: f.sessionId });
    expect(state).not.toHaveProperty('standing');
    expect(await server.app.session.read(f.sessionId, (room) => room.state.standing)).toEqual([]);
  });
});
