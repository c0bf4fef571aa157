import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addRow, documentName } from '../../shared/board.ts';
import { type InputOf, type ProcedureName, procedures } from '../../shared/contract/index.ts';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import type { Storage } from '../../server/storage/port.ts';
import { ROWS } from '../support/access-rows.ts';
import { makeWorld, type World } from '../support/access-world.ts';
import { TestClient } from '../support/client.ts';
import { beginMeeting, endMeetings, kept, type Meeting, refusal, within1s } from '../support/meeting.ts';
import { pageSecret, pairedScreen } from '../support/screens.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { openTestStorage } from '../support/test-storage.ts';

describe('a screen', () => {
  let storage: Storage;
  let m: Meeting;
  beforeEach(async () => {
    storage = await openTestStorage();
    m = await beginMeeting(storage);
  });
  afterEach(async () => {
    await endMeetings();
    await storage.close();
  });

  const blank = () => kept(new TestClient(m.url));
  const paired = (chair = m.moderator) => pairedScreen(m.url, chair, m.sessionId);
  const here = () => ({ sessionId: m.sessionId });

  test('is opened by a code that its page shows and who keeps the meeting enters, once', async () => {
    const noteTaker = kept(await m.staff('沈一鸣', 'note-taker'));
    const screen = blank();
    const secret = pageSecret();
    const { code, paired: yet } = await screen.call('session.screen', { secret });
    expect([yet, code]).toEqual([false, expect.stringMatching(/^[1-9]\d{5}$/)]);
    expect((await screen.call('session.screen', { secret })).code).toBe(code);
    expect(await refusal(screen, 'session.openScreen', { secret })).toBe('NOT_FOUND screen.code');
    await noteTaker.call('session.pairScreen', { ...here(), code });
    expect(await refusal(m.moderator, 'session.pairScreen', { ...here(), code })).toBe(
      'NOT_FOUND screen.code',
    );
    expect(await screen.call('session.openScreen', { secret })).toEqual(here());
    expect(await refusal(blank(), 'session.openScreen', { secret })).toBe('NOT_FOUND screen.code');
    const { actor } = await screen.call('identity.me', {});
    expect(actor).toMatchObject({ kind: 'person', name: '大屏', proven: false, campaignId: '' });
  });

  test('is entered by nobody else, and wrong codes are counted like others', async () => {
    const { code } = await blank().call('session.screen', { secret: pageSecret() });
    const member = kept(await m.enter('何清'));
    expect(await refusal(member, 'session.pairScreen', { ...here(), code })).toBe('FORBIDDEN not.allowed');
    const wrong = code === '999999' ? '999998' : '999999';
    for (let n = 0; n < 10; n++)
      expect(await refusal(m.moderator, 'session.pairScreen', { ...here(), code: wrong })).toBe(
        'NOT_FOUND screen.code',
      );
    // From now on a try waits for its turn, where a right one opens like any other.
    await m.moderator.call('session.pairScreen', { ...here(), code });
  });

  test('does not sign anybody out: where somebody is signed in it is not opened', async () => {
    const member = kept(await m.enter('何清'));
    const secret = pageSecret();
    const { code } = await member.call('session.screen', { secret });
    await m.moderator.call('session.pairScreen', { ...here(), code });
    expect(await refusal(member, 'session.openScreen', { secret })).toBe('CONFLICT screen.somebody');
    expect((await member.call('identity.me', {})).actor).toMatchObject({ name: '何清' });
  });

  test('reads the meeting, its rows and its code, and counts as nobody in it', async () => {
    const body = '课题申报靠科室催。';
    await m.moderator.call('session.say', { ...m.act(), kind: 'problem', body });
    await m.moderator.emit('session.open', here());
    const screen = await paired();
    const opened = await screen.emit('session.open', here());
    expect(opened.session.code).toBe(m.code);
    expect(opened.roles).toEqual(['screen']);
    expect(Object.values(opened.state.messages).map((each) => each.body)).toEqual([body]);
    expect(opened.presence.people).toHaveLength(1);
    expect((await m.moderator.emit('session.open', here())).presence.people).toHaveLength(1);
    const { people } = (await m.moderator.emit('session.open', here())).state;
    expect(Object.values(people).filter(({ joinedAt }) => joinedAt !== undefined)).toHaveLength(1);
    expect(Object.values(people).map(({ name }) => name)).not.toContain('大屏');
    const [shown] = await m.moderator.call('session.screens', here());
    expect(shown).toMatchObject({ here: true });
    // What is told to the room is told to the wall.
    const told: string[] = [];
    (await screen.socket()).onAny((name: string) => told.push(name));
    const member = kept(await m.enter('何清'));
    await member.emit('session.open', here());
    await member.call('session.enter', m.act());
    await expect.poll(() => told).toEqual(expect.arrayContaining(['entry:appended', 'presence:changed']));
  });

  test('reads the texts of the rows, not by whom or why', async () => {
    const row = { rowId: newId(), problem: '表格多', cause: '布置多', proposer: '何清' };
    await m.documents().change(documentName('list', m.boardId), (list) => addRow(list, row, 'test'));
    const screen = await paired();
    expect(await screen.call('session.rows', here())).toEqual([{ ...row, cause: '', proposer: '' }]);
  });

  test('never sees what is hidden or taken back, nor why somebody is away', async () => {
    const canary = ['收回的话', '隐去的话', '家人住院'];
    const said = [m.act(), m.act()];
    for (const [at, act] of said.entries())
      await m.moderator.call('session.say', { ...act, kind: 'speech', body: canary[at]! });
    await m.moderator.call('session.recall', { ...m.act(), messageId: said[0]!.id });
    await m.moderator.call('session.hide', { ...m.act(), messageId: said[1]!.id });
    const away = { personId: m.people['唐雨']!, status: 'leave', reason: canary[2]! } as const;
    await m.moderator.call('session.attend', { ...m.act(), ...away });
    const screen = await paired();
    const seen = JSON.stringify([
      await screen.call('session.open', here()),
      await screen.call('session.entries', { ...here(), after: 0, limit: 100 }),
      await screen.call('session.messages', { ...here(), before: 1000, limit: 100 }),
      await screen.call('session.get', here()),
      await screen.call('session.rows', here()),
    ]);
    for (const words of canary) expect(seen).not.toContain(words);
  });

  test('is ended by the moderator within a second, the others go on', async () => {
    const [one, other] = [await paired(), await paired()];
    for (const screen of [one, other]) await screen.emit('session.open', here());
    const socket = await one.socket();
    const [first] = await m.moderator.call('session.screens', here());
    await m.moderator.call('session.endScreen', { ...here(), screenId: first!.screenId });
    await within1s(() => socket.connected).toBe(false);
    expect(await refusal(one, 'session.open', here())).toBe('UNAUTHENTICATED sign.in');
    expect(await m.moderator.call('session.screens', here())).toMatchObject([{ here: true }]);
    expect(await refusal(other, 'session.open', here())).toBe('');
  });

  test('survives a restart and a reload, and ends with the meeting', async () => {
    const before = await paired();
    await m.restart();
    const [screen, chair] = [m.again(before), m.again(m.moderator)];
    expect((await screen.call('session.open', here())).state.phase).toBe('live');
    await chair.call('session.end', { ...m.act(), carryOver: [] });
    expect(await refusal(screen, 'session.open', here())).toBe('UNAUTHENTICATED sign.in');
    const { code } = await screen.call('session.screen', { secret: pageSecret() });
    expect(await refusal(chair, 'session.pairScreen', { ...here(), code })).toBe('WRONG_STATE session.ended');
  });
});

test('a code is good for two minutes', async () => {
  const storage = await openTestStorage();
  let late = 0;
  const server = await startServer({ storage, now: () => Date.now() + late });
  try {
    const screen = new TestClient(server.url);
    const secret = pageSecret();
    const { code, until } = await screen.call('session.screen', { secret });
    expect(Date.parse(until) - Date.now()).toBeLessThanOrEqual(120_000);
    late = 119_000;
    expect((await screen.call('session.screen', { secret })).code).toBe(code);
    late = 121_000;
    expect((await screen.call('session.screen', { secret })).until).not.toBe(until);
  } finally {
    await server.close();
    await storage.close();
  }
});

/** What a screen gets past the rights of: the open doors, which anybody may knock at, and reading its meeting. */
const OPEN_DOORS = [...procedures].filter(([, { open }]) => open).map(([name]) => name);
const MAY: readonly string[] = [
  ...OPEN_DOORS,
  ...['session.get', 'session.open', 'session.entries', 'session.messages', 'session.rows'],
  ...['session.away', 'session.close'],
];
/** Lists of what is one's own: a screen has nothing, and hears so. */
const EMPTY: readonly string[] = ['campaigns.list', 'campaigns.templates'];

describe('of all that can be asked for', () => {
  let server: TestServer;
  let world: World;
  let screen: TestClient;
  beforeAll(async () => {
    server = await startServer();
    world = await makeWorld(server);
    screen = await pairedScreen(world.url, await world.device('moderator'), world.sessionId);
  });
  afterAll(async () => {
    await endMeetings();
    await server.close();
  });

  test.each([...procedures.keys()].filter((name) => !OPEN_DOORS.includes(name)))(
    'a screen and %s',
    async (name: ProcedureName) => {
      const input = (await ROWS[name].input(world)) as InputOf<ProcedureName>;
      const answer: unknown = await screen
        .call(name, input as never, ROWS[name].file)
        .catch((error: unknown) => error);
      if (MAY.includes(name)) expect(answer).not.toBeInstanceOf(AppError);
      else if (EMPTY.includes(name)) expect(answer).toBeInstanceOf(Array);
      else {
        expect(answer).toBeInstanceOf(AppError);
        expect(['FORBIDDEN', 'NOT_FOUND']).toContain((answer as AppError).failure.code);
      }
    },
  );
});
