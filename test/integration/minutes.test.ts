import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { minutes } from '../../server/features/minutes/collections.ts';
import { newId } from '../../shared/ids.ts';
import { AppError } from '../../shared/errors.ts';
import { type Fixture, makeFixture, type TestClient } from '../support/client.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('minutes over the real server', () => {
  let server: TestServer;
  let f: Fixture;
  let moderator: TestClient;
  let noteTaker: TestClient;
  let he: TestClient;
  let sessionId: string;

  beforeAll(async () => {
    server = await startServer();
    f = await makeFixture(server.url, server.app.identity.adminLink);
    moderator = await f.staff('周敏', 'moderator');
    noteTaker = await f.staff('陆远航', 'note-taker');
  });
  afterAll(async () => {
    for (const client of [moderator, noteTaker, he]) client.close();
    await server.close();
  });

  const act = () => ({ sessionId, id: newId() });
  const open = (who = moderator) => who.call('minutes.open', { sessionId });
  const seal = (version: number) => moderator.call('minutes.seal', { sessionId, version });
  const end = () => moderator.call('session.end', { ...act(), carryOver: [] });
  /** The paragraph whose words hold these. */
  async function paragraph(words: string) {
    const view = await open();
    const found = view.paragraphs.find((p) => (p.edited?.text ?? p.composed).includes(words));
    if (!found) throw new Error(`No paragraph says ${words}`);
    return found;
  }
  const outcome = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => 'done',
      (error: unknown) =>
        error instanceof AppError ? `${error.code} ${error.failure.reason}` : String(error),
    );

  /** A meeting of its own for each test: one problem, one decision, ended. */
  beforeEach(async () => {
    sessionId = newId();
    const { campaignId, roomId, unitId, agenda } = f;
    const { code } = await f.admin.call('session.create', {
      campaignId,
      sessionId,
      roomId,
      title: '第二次线上座谈会',
      plannedAt: '2026-03-18T06:30:00.000Z',
      plannedMinutes: 60,
      place: '二楼会议室',
      unitId,
      agenda: agenda.map((item) => ({ ...item, id: newId() })),
      expectedUnits: [unitId],
      expectedPeople: [],
    });
    he ??= await f.enter('何清');
    await he.call('session.join', { code, personId: f.people.何清! });
    await moderator.call('session.start', act());
    await he.call('session.say', { ...act(), kind: 'problem', body: '课题申报靠科室催' });
    const due = '2026-04-10';
    await noteTaker.call('session.decide', {
      ...act(),
      text: '每人联系一所学校',
      unitName: '教科研一室',
      due,
    });
    await end();
  });

  test('two hands on one paragraph: one wins, the other hears who and when and wins with the new rev', async () => {
    const { id: paragraphId, rev } = await paragraph('课题申报');
    const edit = (who: TestClient, words: string, at: number) =>
      who.call('minutes.edit', { sessionId, paragraphId, rev: at, text: words });
    await edit(noteTaker, '课题申报主动性不强。', rev);
    await expect(edit(moderator, '课题申报质量低。', rev)).rejects.toMatchObject({
      code: 'CONFLICT',
      failure: { reason: 'minutes.edited', facts: { by: '陆远航', at: expect.stringMatching(/Z$/) } },
    });
    const view = await edit(moderator, '课题申报质量低。', rev + 1);
    expect(view.paragraphs.find((p) => p.id === paragraphId)?.edited).toMatchObject({
      by: '周敏',
      text: '课题申报质量低。',
    });
  });

  test('an edit whose answer was lost is sent again without a conflict', async () => {
    const { id: paragraphId, rev } = await paragraph('课题申报');
    const again = () => noteTaker.call('minutes.edit', { sessionId, paragraphId, rev, text: '改过的话。' });
    const first = await again();
    expect(await again()).toEqual(first);
  });

  test('edits stay when the log moves on, also where their source is gone; taken back, such a paragraph goes', async () => {
    const { id: paragraphId, rev } = await paragraph('每人联系一所学校');
    await moderator.call('minutes.edit', { sessionId, paragraphId, rev, text: '改过的决定。' });
    const recordId = await server.app.session.read(sessionId, ({ state }) => state.resolutions[0]!.id);
    await noteTaker.call('session.strike', { ...act(), recordId, reason: '' });
    const personId = f.people.唐雨!;
    await noteTaker.call('session.attend', { ...act(), personId, status: 'leave', reason: '家中有事' });
    const view = await moderator.call('minutes.recompose', { sessionId });
    expect(view.paragraphs.find((p) => p.label === '请假')?.composed).toBe('唐　雨');
    expect(JSON.stringify(view)).not.toContain('家中有事');
    const kept = view.paragraphs.find((p) => p.id === paragraphId);
    expect(kept).toMatchObject({ composed: '', from: [], edited: { text: '改过的决定。' } });
    const after = await moderator.call('minutes.revert', { sessionId, paragraphId, rev: kept!.rev });
    expect(after.paragraphs.some((p) => p.id === paragraphId)).toBe(false);
  });

  test('a resumed meeting has no minutes to read or change until it ends again', async () => {
    const { id: paragraphId, rev } = await paragraph('课题申报');
    await moderator.call('minutes.edit', { sessionId, paragraphId, rev, text: '改过的话。' });
    await moderator.call('session.resume', act());
    expect(await outcome(open())).toBe('WRONG_STATE session.not-ended');
    const edit = { sessionId, paragraphId, rev: rev + 1, text: '不行' };
    expect(await outcome(moderator.call('minutes.edit', edit))).toBe('WRONG_STATE session.not-ended');
    await he.call('session.say', { ...act(), kind: 'suggestion', body: '再议一条' });
    await end();
    expect(await paragraph('再议一条')).toMatchObject({ kind: 'item' });
    expect((await paragraph('改过的话')).id).toBe(paragraphId);
  });

  test('participants read and change nothing', async () => {
    const view = await open(he);
    const { id: paragraphId, rev } = view.paragraphs.at(-1)!;
    const tries = [
      he.call('minutes.edit', { sessionId, paragraphId, rev, text: '我来改' }),
      he.call('minutes.revert', { sessionId, paragraphId, rev }),
      he.call('minutes.recompose', { sessionId }),
      he.call('minutes.seal', { sessionId, version: view.version }),
      he.call('exports.minutes', { sessionId, format: 'pdf' }),
      noteTaker.call('minutes.seal', { sessionId, version: view.version }),
    ];
    expect(await Promise.all(tries.map(outcome))).toEqual(tries.map(() => 'FORBIDDEN not.allowed'));
  });

  test('of twenty seals at once one stands and nineteen hear CONFLICT', async () => {
    const { version } = await open();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(seal(version))));
    expect(outcomes.filter((each) => each === 'done')).toHaveLength(1);
    expect(outcomes.filter((each) => /^CONFLICT minutes\.(sealed|changed)$/.test(each))).toHaveLength(19);
    const sealed = await server.app.session.read(sessionId, ({ entries }) =>
      entries.filter((entry) => entry.kind === 'sealed'),
    );
    expect(sealed).toHaveLength(1);
  });

  test('of a seal and a resume at once exactly one wins, and the minutes can be sealed afterwards', async () => {
    const { version } = await open();
    const [sealing, resuming] = await Promise.all([
      outcome(seal(version)),
      outcome(moderator.call('session.resume', act())),
    ]);
    expect([sealing, resuming].filter((each) => each === 'done')).toHaveLength(1);
    const sealed = await server.app.session.read(sessionId, ({ state }) => state.sealed);
    expect(sealed).toBe(sealing === 'done');
    if (!sealed) {
      await end();
      await seal((await open()).version);
    }
    expect((await open()).sealed).toBeDefined();
  });

  test('what was sealed without the newest entry of the log is not sealed', async () => {
    const { version } = await open();
    await noteTaker.call('session.assign', {
      ...act(),
      text: '拟办法',
      ownerName: '何清',
      due: '2026-04-30',
    });
    expect(await outcome(seal(version))).toBe('CONFLICT minutes.changed');
    expect((await paragraph('拟办法')).kind).toBe('item');
  });

  test.each([1, 2])('a crash after step %i of a seal is finished at the next opening', async (step) => {
    const { version, upTo } = await open();
    const record = (await server.storage.records.get(minutes, sessionId))!;
    const at = '2026-03-18T08:00:00.000Z';
    const sha256 = 'a'.repeat(64);
    const sealing = { at, by: '周敏', sha256, personId: f.people.周敏! };
    await server.storage.records.replace(minutes, { ...record, version, sealing });
    if (step === 2) await server.app.session.seal(sessionId, { by: sealing.personId, sha256, upTo });
    const { id: paragraphId, rev } = record.paragraphs.at(-1)!;
    const edit = { sessionId, paragraphId, rev, text: '趁机改' };
    expect(await outcome(moderator.call('minutes.edit', edit))).toBe('WRONG_STATE minutes.sealed');
    const view = await open(he);
    expect(view).toMatchObject({ upTo, sealed: { at, by: '周敏', sha256 } });
    expect(view.paragraphs).toEqual(record.paragraphs);
    expect((await moderator.call('session.get', { sessionId })).minutesSealed).toBe(true);
  });

  test('a half-done seal that the log has overtaken is taken back', async () => {
    const { version } = await open();
    const record = (await server.storage.records.get(minutes, sessionId))!;
    const sealing = {
      at: '2026-03-18T08:00:00.000Z',
      by: '周敏',
      sha256: 'b'.repeat(64),
      personId: f.people.周敏!,
    };
    await server.storage.records.replace(minutes, { ...record, version, sealing });
    await noteTaker.call('session.assign', {
      ...act(),
      text: '拟办法',
      ownerName: '何清',
      due: '2026-04-30',
    });
    const view = await open();
    expect(view.sealed).toBeUndefined();
    expect(view.paragraphs.some((p) => p.composed.includes('拟办法'))).toBe(true);
    expect((await seal(view.version)).sealed?.by).toBe('周敏');
  });

  test('after sealing no path changes the text, and files come out the same', async () => {
    const { version, paragraphs } = await open();
    const sealed = await seal(version);
    const { id: paragraphId, rev } = paragraphs.at(-1)!;
    const messageId = await server.app.session.read(sessionId, ({ state }) => state.order[0]!);
    const recordId = await server.app.session.read(sessionId, ({ state }) => state.resolutions[0]!.id);
    const due = '2026-04-30';
    const tries = [
      moderator.call('minutes.edit', { sessionId, paragraphId, rev, text: '改' }),
      moderator.call('minutes.revert', { sessionId, paragraphId, rev }),
      moderator.call('minutes.recompose', { sessionId }),
      moderator.call('session.resume', act()),
      noteTaker.call('session.attend', { ...act(), personId: f.people.唐雨!, status: 'leave', reason: '' }),
      noteTaker.call('session.strike', { ...act(), recordId, reason: '' }),
      noteTaker.call('session.decide', { ...act(), text: '补一条', unitName: '一室', due }),
      noteTaker.call('session.assign', { ...act(), text: '补一条', ownerName: '何清', due }),
      moderator.call('session.hide', { ...act(), messageId }),
      he.call('session.recall', { ...act(), messageId }),
      moderator.call('session.takeUp', { sessionId, messageId }),
    ];
    expect(await Promise.all(tries.map(outcome))).toEqual(tries.map(() => 'WRONG_STATE minutes.sealed'));
    expect(await open()).toEqual(sealed);
    for (const format of ['docx', 'pdf', 'md'] as const) {
      const bytes = async () => {
        const { url } = await moderator.call('exports.minutes', { sessionId, format });
        return Buffer.from(await (await fetch(`${server.url}${url}`)).arrayBuffer());
      };
      const [one, two] = [await bytes(), await bytes()];
      expect(one.length).toBeGreaterThan(500);
      expect(one.equals(two)).toBe(true);
    }
  });
});
