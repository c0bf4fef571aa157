import { expect, test } from 'vitest';
import { minutes } from '../../server/features/minutes/collections.ts';
import { newId } from '../../shared/ids.ts';
import { onBothEngines } from '../support/engines.ts';
import { openFixture, PROGRAMS } from '../support/fixture.ts';
import { beginMeeting, closeMeetings, type Meeting, refusal } from '../support/meeting.ts';
import { startServer } from '../support/server.ts';

/** A meeting at whose floor one thing was said, beside it two, one of them marked; it has ended. */
async function held(m: Meeting) {
  const he = await m.enter('何清');
  const tang = await m.enter('唐雨');
  await he.emit('session.enter', m.act());
  await m.moderator.call('session.giveFloor', { ...m.act(), personId: m.people['何清']!, minutes: 5 });
  await he.emit('session.say', { ...m.act(), kind: 'speech', body: '轮到我说的' });
  const marked = m.act();
  await tang.emit('session.say', { ...marked, kind: 'suggestion', body: '标了的' });
  await tang.emit('session.say', { ...m.act(), kind: 'problem', body: '没有标的' });
  const notes = await m.admin.call('identity.grant', {
    ...{ campaignId: m.campaignId, personId: m.people['陆远航']!, role: 'note-taker' },
  });
  expect(notes.grantId).toBeTruthy();
  await m.moderator.call('session.mark', { ...m.act(), messageId: marked.id });
  return { he, tang, marked: marked.id };
}

onBothEngines('paragraphs of the minutes', (storage) => {
  closeMeetings();

  test('hold what was said at the floor and what was marked, which everybody in the room sees', async () => {
    const m = await beginMeeting(storage());
    const { he, tang, marked } = await held(m);
    const messages = Object.values(
      (await he.emit('session.open', { sessionId: m.sessionId })).state.messages,
    );
    expect(messages.map(({ body, floor, marked }) => [body, floor === true, marked === true])).toEqual([
      ['轮到我说的', true, false],
      ['标了的', false, true],
      ['没有标的', false, false],
    ]);
    const mark = { ...m.act(), messageId: marked };
    expect(await refusal(tang, 'session.unmark', mark)).toBe('FORBIDDEN not.allowed');
    expect(await refusal(m.moderator, 'session.mark', mark)).toBe('CONFLICT message.same');
    const floor = messages[0]!.id;
    expect(await refusal(m.moderator, 'session.mark', { ...m.act(), messageId: floor })).toBe(
      'CONFLICT message.same',
    );
    await m.moderator.call('session.end', { ...m.act(), carryOver: [] });
    const { sessionId } = m;
    const view = await m.moderator.call('minutes.open', { sessionId });
    const words = JSON.stringify(view.paragraphs);
    expect(words).toContain('轮到我说的');
    expect(words).toContain('标了的');
    expect(words).not.toContain('没有标的');
    expect(view).toMatchObject({ rules: 2, speeches: { shown: 'marked', chosen: false, leftOut: 1 } });
    const all = await m.moderator.call('minutes.listSpeeches', { sessionId, speeches: 'all' });
    expect(JSON.stringify(all.paragraphs)).toContain('没有标的');
    expect(all.speeches).toEqual({ shown: 'all', chosen: true, leftOut: 0 });
    // A mark that is taken back after the end counts, too.
    await m.moderator.call('minutes.listSpeeches', { sessionId, speeches: 'marked' });
    await m.moderator.call('session.unmark', { ...m.act(), messageId: marked });
    const fewer = await m.moderator.call('minutes.open', { sessionId });
    expect(fewer.speeches).toEqual({ shown: 'marked', chosen: true, leftOut: 2 });
  });

  test('are added, moved, taken out and restored by hand; the seal is that of the order on the paper', async () => {
    const m = await beginMeeting(storage());
    const { he } = await held(m);
    await m.moderator.call('session.end', { ...m.act(), carryOver: [] });
    const { sessionId, moderator: chair } = m;
    const before = await chair.call('minutes.open', { sessionId });
    const [first, second, third] = before.paragraphs;
    const paragraphId = newId();
    const addition = {
      sessionId,
      paragraphId,
      after: first!.id,
      kind: 'text',
      text: '会前学习了文件。',
    } as const;
    const added = await chair.call('minutes.add', addition);
    expect(await chair.call('minutes.add', addition)).toEqual(added);
    expect(added.paragraphs[1]).toMatchObject({
      ...{ id: `hand.${paragraphId}`, composed: '', from: [] },
      ...{ added: { by: '周敏' }, edited: { text: '会前学习了文件。', by: '周敏' } },
    });
    const place = { sessionId, paragraphId: third!.id, was: second!.id, after: '' };
    const moved = await chair.call('minutes.move', place);
    expect(moved.paragraphs[0]).toMatchObject({ id: third!.id, moved: { by: '周敏' } });
    expect(await refusal(chair, 'minutes.move', { ...place, after: first!.id })).toBe(
      'CONFLICT minutes.moved',
    );
    const { id: out, rev } = second!;
    const without = await chair.call('minutes.remove', { sessionId, paragraphId: out, rev });
    expect(without.removed?.map((each) => each.paragraph.id)).toEqual([out]);
    expect(await he.call('minutes.open', { sessionId })).not.toHaveProperty('removed');
    const late = { sessionId, paragraphId: out, rev, text: '还在改' };
    expect(await refusal(chair, 'minutes.edit', late)).toBe('CONFLICT minutes.removed');
    const anew = await chair.call('minutes.recompose', { sessionId });
    const order = anew.paragraphs.map((each) => each.id);
    expect(order.slice(0, 3)).toEqual([third!.id, first!.id, `hand.${paragraphId}`]);
    expect(order).not.toContain(out);
    const back = await chair.call('minutes.restore', { sessionId, paragraphId: out });
    expect(back.paragraphs.map((each) => each.id)).toContain(out);
    const sealed = await chair.call('minutes.seal', { sessionId, version: back.version });
    expect(sealed.paragraphs.map((each) => each.id)).toEqual(back.paragraphs.map((each) => each.id));
    expect(sealed).not.toHaveProperty('removed');
    const file = await chair.call('exports.minutes', { sessionId, format: 'md' });
    const text = await (await chair.fetch(file.url)).text();
    expect(text).toContain('会前学习了文件。');
    expect(text).toContain(sealed.sealed!.sha256);
    const audit = await m.admin.call('admin.audit', { limit: 60 });
    const done = audit.map((row) => `${row.verb} ${row.objectKind}`);
    for (const verb of ['add', 'move', 'remove', 'revert']) expect(done).toContain(`${verb} paragraph`);
  });
});

test.each(PROGRAMS)(
  'a draft of program %s comes under the rules of today, what was edited stays',
  async (program) => {
    const { old, storage, browser, close } = await openFixture(program);
    const server = await startServer({ storage, now: () => Date.parse(old.madeAt) });
    const chair = browser(server.url, '周敏');
    const stored = (await storage.records.get(minutes, old.draft))!;
    const view = await chair.call('minutes.open', { sessionId: old.draft });
    expect(view).toMatchObject({ rules: 2, rulesBefore: 1, speeches: { shown: 'marked', chosen: false } });
    expect(view.speeches!.leftOut).toBeGreaterThan(0);
    const ids = view.paragraphs.map((each) => each.id);
    for (const { id, text } of old.edited) {
      expect(view.paragraphs.find((each) => each.id === id)?.edited?.text).toBe(text);
      // Between what it stood between, as far as that still stands.
      const at = stored.paragraphs.findIndex((each) => each.id === id);
      const before = stored.paragraphs.slice(0, at).findLast((each) => ids.includes(each.id));
      const next = stored.paragraphs.slice(at + 1).find((each) => ids.includes(each.id));
      expect(ids.indexOf(id)).toBeGreaterThan(ids.indexOf(before!.id));
      expect(ids.indexOf(id)).toBeLessThan(ids.indexOf(next!.id));
    }
    const gone = stored.paragraphs.filter((each) => !ids.includes(each.id));
    expect(gone.length).toBeGreaterThan(0);
    expect(gone.some((each) => each.edited)).toBe(false);
    const again = await chair.call('minutes.open', { sessionId: old.draft });
    expect(again).toEqual(view);
    const sealed = (await storage.records.get(minutes, old.sealed))!;
    const final = await chair.call('minutes.open', { sessionId: old.sealed });
    expect(final.paragraphs).toEqual(sealed.paragraphs);
    expect(final).not.toHaveProperty('rules');
    expect(await storage.records.get(minutes, old.sealed)).toEqual(sealed);
    await server.close();
    await close();
  },
);
