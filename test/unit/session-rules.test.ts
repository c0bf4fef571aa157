import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../server/features/session/room-log.ts';
import * as floor from '../../server/features/session/floor-rules.ts';
import * as records from '../../server/features/session/record-rules.ts';
import * as course from '../../server/features/session/course-rules.ts';
import * as rules from '../../server/features/session/rules.ts';
import { AppError } from '../../shared/errors.ts';
import type { Entry, SessionState } from '../../shared/log.ts';
import { apply } from '../../shared/reduce.ts';
import { claimer, doer, history, idOf, play, SESSION } from '../support/histories.ts';

const START = { act: 4, who: 0, whom: 0, what: 0 };
const [chair, lu, he] = [0, 1, 2].map((n) => doer(n).person.personId) as [string, string, string];

/** A meeting that has begun, with 何清 inside; `now` does one more thing and says what it was refused with. */
function meeting() {
  const { state } = play([START, { act: 0, who: 2, whom: 0, what: 0 }]);
  let minute = 0;
  const put = (rule: (state: SessionState) => Decision): Entry[] => {
    const { before = [], main } = rule(state);
    return [...before, main].map((draft) => {
      const at = new Date(Date.UTC(2026, 2, 18, 7, minute++)).toISOString();
      const entry = { ...draft, sessionId: SESSION, seq: state.seq + 1, at } as Entry;
      apply(state, entry);
      return entry;
    });
  };
  const now = (rule: (state: SessionState) => Decision): string => {
    try {
      put(rule);
      return 'done';
    } catch (error) {
      if (error instanceof AppError) return error.failure.reason;
      throw error;
    }
  };
  return { state, put, now };
}

const act = { sessionId: SESSION, id: idOf(900) };
const says = (n: number, who = 2) =>
  rules.say({ ...act, id: idOf(n), kind: 'speech', body: '一句话' }, doer(who));
const end = course.end({ ...act, carryOver: [] }, chair, [], () => undefined);

describe('a meeting', () => {
  test('begins once, with its first item and whoever begins it', () => {
    const { state, now } = meeting();
    expect(state.phase).toBe('live');
    expect(state.items[0]).toMatchObject({ status: 'open' });
    expect(state.people[chair]?.capacity).toBe('moderator');
    expect(now(course.start(doer(0)))).toBe('session.started');
  });

  test('hears nobody while it stands, and everybody when it goes on', () => {
    const { now, state } = meeting();
    expect(now(course.pause(chair))).toBe('done');
    expect(now(course.pause(chair))).toBe('session.paused');
    expect(now(says(1))).toBe('session.paused');
    expect(state.items[0]?.clock.since).toBeUndefined();
    expect(now(course.resume(chair))).toBe('done');
    expect(now(course.resume(chair))).toBe('session.not-paused');
    expect(now(says(1))).toBe('done');
  });

  test('takes nothing but records after its end, and goes on when the end was a mistake', () => {
    const { now } = meeting();
    expect(now(end)).toBe('done');
    for (const rule of [
      end,
      says(1),
      floor.raiseHand(doer(2)),
      rules.enter(doer(3)),
      rules.leave(he, he, false),
    ])
      expect(now(rule)).toBe('session.ended');
    expect(
      now(records.decide({ ...act, text: '定了', unitName: '教科研一室', due: '2026-04-10' }, chair)),
    ).toBe('done');
    expect(now(course.resume(chair))).toBe('done');
    expect(now(says(1))).toBe('done');
  });

  test('is closed for good by the seal', () => {
    const { now, put } = meeting();
    put(says(1));
    put(end);
    put(() => ({ main: { kind: 'sealed', by: chair, sha256: 'x' } }));
    const words = { text: '定了', due: '2026-04-10' };
    for (const rule of [
      course.resume(chair),
      rules.mark('hidden', idOf(1), chair),
      rules.accept(idOf(1), chair),
      records.decide({ ...act, ...words, unitName: '一室' }, chair),
      records.assign({ ...act, ...words, ownerName: '何清' }, chair),
      rules.attend({ ...act, personId: he, status: 'leave', reason: '' }, chair, {
        name: '何清',
        unitName: '',
      }),
    ])
      expect(now(rule)).toBe('minutes.sealed');
  });

  test('an item that is carried over stays open, any other is closed with the meeting', () => {
    const carried = meeting();
    const item = carried.state.currentItem;
    carried.put(course.end({ ...act, carryOver: [item, idOf(4)] }, chair, [], () => undefined));
    expect(carried.state.items[0]?.status).toBe('open');
    const closed = meeting();
    closed.put(end);
    expect(closed.state.items[0]?.status).toBe('done');
  });
});

describe('a record', () => {
  test('needs no date; who is picked is called as the meeting calls him, anybody else as written', () => {
    const { now, put, state } = meeting();
    const text = '减材料';
    const picked = { ...act, text, unitName: '一室', ownerId: he, ownerName: '冒名' };
    put(records.decide(picked, chair));
    put(records.assign({ ...act, text, ownerName: '外聘专家', due: '2026-04-10' }, chair));
    expect(state.resolutions).toMatchObject([
      { kind: 'decision', who: '一室', ownerId: he, owner: state.people[he]?.name },
      { kind: 'action', who: '外聘专家', due: '2026-04-10' },
    ]);
    expect(state.resolutions[0]).not.toHaveProperty('due');
    expect(state.resolutions[1]).not.toHaveProperty('ownerId');
    expect(now(records.decide({ ...picked, ownerId: idOf(77) }, chair))).toBe('person.unknown');
  });
});

describe('people', () => {
  test('arrive with the first thing they do, and only once', () => {
    const { put } = meeting();
    expect(put(says(1, 1)).map((entry) => entry.kind)).toEqual(['joined', 'said']);
    expect(put(says(2, 1)).map((entry) => entry.kind)).toEqual(['said']);
  });

  test('leave once, and lose their hand and the floor with it', () => {
    const { state, put, now } = meeting();
    put(floor.raiseHand(doer(1)));
    put(floor.giveFloor(he, 3, chair));
    put(rules.leave(he, he, false));
    put(rules.leave(lu, lu, false));
    expect([state.hands, state.floor, state.turns.length]).toEqual([[], undefined, 1]);
    expect(now(rules.leave(he, he, false))).toBe('person.gone');
    expect(now(rules.leave(idOf(77), chair, true))).toBe('person.absent');
  });

  test('who was removed stays out until the moderator counts them as present', () => {
    const { now } = meeting();
    const attends = (status: 'leave' | 'present') =>
      rules.attend({ ...act, personId: he, status, reason: '' }, chair, { name: '何清', unitName: '' });
    expect(now(rules.leave(he, chair, true))).toBe('done');
    expect(now(rules.leave(he, chair, true))).toBe('person.gone');
    expect(now(says(1))).toBe('person.removed');
    expect(now(attends('leave'))).toBe('done');
    expect(now(says(1))).toBe('person.removed');
    expect(now(attends('present'))).toBe('done');
    expect(now(says(1))).toBe('done');
  });

  test('who takes leave says why; a reason without a leave is not kept', () => {
    const { put } = meeting();
    const attends = (status: 'leave' | 'present') =>
      put(
        rules.attend({ ...act, personId: he, status, reason: '出差' }, chair, { name: '何清', unitName: '' }),
      );
    expect(attends('leave')[0]).toMatchObject({ reason: '出差' });
    expect(attends('present')[0]).toMatchObject({ reason: '' });
  });
});

describe('the floor', () => {
  test('goes to who is here, one at a time, and comes back with the time that was used', () => {
    const { state, put, now } = meeting();
    put(floor.raiseHand(doer(2)));
    expect(now(floor.raiseHand(doer(2)))).toBe('hand.raised');
    expect(now(floor.giveFloor(lu, 3, chair))).toBe('person.absent');
    put(floor.giveFloor(he, 3, chair));
    expect(state.hands).toEqual([]);
    expect(now(floor.giveFloor(he, 3, chair))).toBe('floor.taken');
    expect(now(floor.raiseHand(doer(2)))).toBe('floor.yours');
    put(floor.extendFloor(2, chair));
    expect(now(floor.endFloor(lu, false))).toBe('not.allowed');
    put(floor.endFloor(he, false));
    expect(state.turns[0]).toMatchObject({
      personId: he,
      seconds: 300,
      extensions: 1,
      clock: { spentMs: 120_000 },
    });
    for (const rule of [floor.endFloor(chair, true), floor.extendFloor(1, chair)])
      expect(now(rule)).toBe('floor.empty');
  });

  test('the queue keeps everybody whom a new order forgets', () => {
    const { state, put } = meeting();
    for (const n of [1, 2, 3]) put(floor.raiseHand(doer(n)));
    put(floor.orderQueue([doer(3).person.personId, idOf(66)], chair));
    expect(state.hands).toEqual([3, 1, 2].map((n) => doer(n).person.personId));
  });
});

describe('messages', () => {
  test('are recalled by their author only, hidden and pinned once, taken up only when they can be read', () => {
    const { put, now } = meeting();
    put(says(1));
    const mark = (kind: Parameters<typeof rules.mark>[0], by = chair) => now(rules.mark(kind, idOf(1), by));
    expect(mark('recalled')).toBe('message.not-yours');
    expect([mark('pinned'), mark('pinned'), mark('hidden'), mark('hidden')]).toEqual([
      'done',
      'message.same',
      'done',
      'message.same',
    ]);
    expect([mark('pinned'), now(rules.accept(idOf(1), chair))]).toEqual(['message.hidden', 'message.hidden']);
    expect([mark('shown'), now(rules.accept(idOf(1), chair))]).toEqual(['done', 'done']);
    expect([mark('recalled', he), mark('shown')]).toEqual(['done', 'message.recalled']);
    expect(now(rules.mark('pinned', idOf(2), chair))).toBe('message.unknown');
  });
});

describe('a name that has proven nothing', () => {
  const chairSays = (n: number, as = doer(0)) =>
    rules.say({ ...act, id: idOf(n), kind: 'speech', body: '一句话' }, as);

  test('speaks without the badge that stands on it, and leaves the badge to who has proven it', () => {
    const { put, state } = meeting();
    put(chairSays(1));
    put(chairSays(2, claimer(0)));
    expect([1, 2].map((n) => state.messages[idOf(n)]?.unproven)).toEqual([undefined, true]);
    put(rules.leave(chair, chair, false));
    const [entry] = put(rules.enter(claimer(0)));
    expect(entry).toMatchObject({ kind: 'joined', capacity: 'participant', unproven: true });
    expect(state.people[chair]?.capacity).toBe('moderator');
  });

  test('that came first gives way to who proves a staff role: it is written down anew, and once', () => {
    const { put, now, state } = meeting();
    put(rules.enter(claimer(1)));
    expect(state.people[lu]?.capacity).toBe('participant');
    const taker = { ...doer(1), capacity: 'note-taker' as const };
    const kinds = put(chairSays(1, taker)).map((entry) => entry.kind);
    expect([kinds, state.people[lu]?.capacity]).toEqual([['joined', 'said'], 'note-taker']);
    expect(state.messages[idOf(1)]?.unproven).toBeUndefined();
    expect(now(rules.enter(taker))).toBe('person.inside');
    expect(now(rules.enter(claimer(1)))).toBe('person.inside');
  });

  test('takes back what was written on its device, and what is older only where no staff role stands', () => {
    const { put, now } = meeting();
    for (const n of [1, 2, 3]) put(says(n));
    put(chairSays(4));
    const wrote: Record<string, string> = { [idOf(1)]: 'phone', [idOf(2)]: 'other phone' };
    const recall = (n: number, as: rules.Doer) =>
      now((state) => rules.recall(idOf(n), as, 'phone')(state, (id) => wrote[id]));
    expect([1, 2, 3].map((n) => recall(n, claimer(2)))).toEqual(['done', 'message.other-device', 'done']);
    expect(recall(4, claimer(0))).toBe('message.other-device');
    expect([recall(2, doer(2)), recall(4, doer(0))]).toEqual(['done', 'done']);
    expect(recall(1, doer(1))).toBe('message.not-yours');
  });
});

test('several are sent out by one command, each with an entry of their own', () => {
  const { put, now, state } = meeting();
  put(rules.enter(doer(1)));
  const entries = put(rules.removeAll([he, lu, idOf(77)], chair));
  expect(entries.map((entry) => entry.kind)).toEqual(['left', 'left']);
  expect([he, lu].map((id) => state.people[id]?.removed)).toEqual([true, true]);
  expect(now(rules.removeAll([he, lu], chair))).toBe('person.gone');
});

test('no step of anybody, allowed or not, leaves a meeting in disorder', () => {
  fc.assert(
    fc.property(history, ({ state }) => {
      const open = state.items.filter((item) => item.status === 'open').map((item) => item.id);
      expect(open).toEqual(state.currentItem === '' ? [] : [state.currentItem]);
      expect(new Set(state.hands).size).toBe(state.hands.length);
      const inside = (id: string) => state.people[id]?.joinedAt !== undefined && !state.people[id]?.leftAt;
      if (state.phase !== 'ended') expect(state.hands.every(inside)).toBe(true);
      if (state.floor) expect(inside(state.floor.personId) && state.phase !== 'ended').toBe(true);
      const clocks = [...state.items, ...state.turns].map((each) => each.clock);
      expect(clocks.filter((clock) => clock.since !== undefined).length).toBeLessThanOrEqual(
        state.phase === 'live' ? 1 : 0,
      );
      expect(clocks.every((clock) => clock.spentMs >= 0)).toBe(true);
      expect(new Set(state.order).size).toBe(state.order.length);
    }),
    { numRuns: 300 },
  );
});

describe('the guiding question', () => {
  const question = { zh: '哪些事还在等？', en: 'Where do we still wait?' };
  test('is up for everybody until another is or it is taken down; only while the meeting is on', () => {
    const { state, put, now } = meeting();
    put(course.prompt({ ...act, prompt: question }, chair));
    expect(state.prompt).toEqual(question);
    put(course.prompt({ ...act, prompt: { zh: '下一步谁牵头？', en: '' } }, chair));
    expect(state.prompt?.zh).toBe('下一步谁牵头？');
    put(course.prompt(act, chair));
    expect(state.prompt).toBeUndefined();
    put(end);
    expect(now(course.prompt({ ...act, prompt: question }, chair))).toBe('session.ended');
  });
});
