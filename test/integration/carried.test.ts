import { expect, test } from 'vitest';
import { newId } from '../../shared/ids.ts';
import { onBothEngines } from '../support/engines.ts';
import { beginMeeting, closeMeetings, type Meeting } from '../support/meeting.ts';

async function offered(m: Meeting, more: { sessionId?: string; unitId?: string } = {}) {
  const asked = { campaignId: m.campaignId, unitId: m.unitId, ...more };
  const offers = await m.moderator.call('session.carried', asked);
  return offers.map(({ sessionId, items }) => [sessionId, items.map((item) => item.title)]);
}

const settings = (m: Meeting, agenda: Meeting['agenda']) => ({
  ...{ title: '第三次座谈会', plannedAt: '2026-03-25T06:30:00.000Z', plannedMinutes: 60, place: '' },
  ...{ unitId: m.unitId, agenda, expectedUnits: [], expectedPeople: [] },
});
const item = (title: string) => ({ id: newId(), title, minutes: 10, identity: 'named' as const });

async function take(m: Meeting, itemId: string): Promise<string> {
  const { campaignId, roomId } = m;
  const sessionId = newId();
  const agenda = [{ ...item('上次的'), from: { sessionId: m.sessionId, itemId } }];
  await m.moderator.call('session.create', { campaignId, sessionId, roomId, ...settings(m, agenda) });
  return sessionId;
}

onBothEngines('what a meeting carries over', (storage) => {
  closeMeetings();

  test('is what it was told to, of what was not finished; the rest was done or never held', async () => {
    const m = await beginMeeting(storage());
    const [first, second, third] = m.agenda;
    await m.moderator.call('session.openItem', { ...m.act(), itemId: second!.id });
    await m.moderator.call('session.end', { ...m.act(), carryOver: [first!.id, second!.id] });
    const { state } = await m.moderator.call('session.open', { sessionId: m.sessionId });
    expect(state.items.map((each) => [each.status, each.carried === true])).toEqual([
      ['done', false],
      ['open', true],
      ['waiting', false],
    ]);
    expect(await offered(m)).toEqual([[m.sessionId, [second!.title]]]);
    const { paragraphs } = await m.moderator.call('minutes.open', { sessionId: m.sessionId });
    expect(paragraphs.at(-1)?.composed).toBe(
      `“${second!.title}”未完成，转入下次会议。“${third!.title}”本次未进行。`,
    );
  });

  test('is offered to the unit once, and again when who took it gives it up', async () => {
    const m = await beginMeeting(storage());
    const ids = m.agenda.map((each) => each.id);
    await m.moderator.call('session.end', { ...m.act(), carryOver: ids.slice(1) });
    const both = m.agenda.slice(1).map((each) => each.title);
    expect(await offered(m)).toEqual([[m.sessionId, both]]);
    expect(await offered(m, { unitId: m.otherUnitId })).toEqual([]);

    const taker = await take(m, ids[1]!);
    expect(await offered(m)).toEqual([[m.sessionId, both.slice(1)]]);
    // The meeting that took it may give it up and take it again.
    expect(await offered(m, { sessionId: taker })).toEqual([[m.sessionId, both]]);
    const view = await m.moderator.call('session.get', { sessionId: taker });
    expect(view.agenda[0]?.from).toEqual({ sessionId: m.sessionId, itemId: ids[1] });

    const edit = { sessionId: taker, version: view.version, ...settings(m, [item('别的')]) };
    await m.moderator.call('session.edit', edit);
    expect(await offered(m)).toEqual([[m.sessionId, both]]);
    const second = await take(m, ids[2]!);
    expect(await offered(m)).toEqual([[m.sessionId, both.slice(0, 1)]]);
    await m.moderator.call('session.remove', { sessionId: second });
    expect(await offered(m)).toEqual([[m.sessionId, both]]);
  });

  test('is nothing any more when the end is taken back', async () => {
    const m = await beginMeeting(storage());
    await m.moderator.call('session.end', { ...m.act(), carryOver: [m.agenda[2]!.id] });
    expect(await offered(m)).toHaveLength(1);
    await m.moderator.call('session.resume', m.act());
    expect(await offered(m)).toEqual([]);
    const { state } = await m.moderator.call('session.open', { sessionId: m.sessionId });
    expect(state.items.every((each) => each.carried === undefined)).toBe(true);
  });
});
