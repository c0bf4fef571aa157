import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SessionStore } from '../../client/lib/session.ts';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import type { DraftEntry } from '../../shared/log.ts';
import { fold } from '../../shared/reduce.ts';
import { AUTHOR, FakeLive, FakeRoom, FakeShelf, SESSION } from '../support/room-fake.ts';

let open: SessionStore[] = [];

function enter(live: FakeLive, shelf = new FakeShelf()): SessionStore {
  const store = new SessionStore({ sessionId: SESSION, personId: AUTHOR, live: live as never, shelf });
  open.push(store);
  return store;
}
const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const truth = (room: FakeRoom) => fold(SESSION, structuredClone(room.entries));
const bodies = (store: SessionStore): string[] => {
  const { state } = store.snapshot();
  return state.order.map((id) => state.messages[id]!.body);
};

const future = { kind: 'poll-opened', by: AUTHOR, messageId: newId() } as unknown as DraftEntry;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const store of open) store.close();
  open = [];
  vi.useRealTimers();
});

describe('the room on a screen', () => {
  test('is the fold of the log although entries come late, twice, in any order or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(7), fc.boolean()), { minLength: 1, maxLength: 40 }),
        fc.infiniteStream(fc.nat(1000)),
        async (deeds, dice) => {
          const room = new FakeRoom();
          const live = new FakeLive(room);
          const store = enter(live);
          await settled();
          const told = deeds.map(([delay], i) => ({ entry: room.say(newId(), `第${i}句`), due: i + delay }));
          told.sort((a, b) => a.due - b.due);
          for (const { entry } of told) {
            const chance = dice.next().value!;
            if (chance % 5 === 0) continue;
            live.tell(chance % 5 === 1 ? [entry, entry] : [entry]);
            if (chance % 3 === 0) await settled();
          }
          await vi.advanceTimersByTimeAsync(60_000);
          expect(store.snapshot().state).toEqual(truth(room));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('asks for what lies in a gap and shows nothing out of order meanwhile', async () => {
    const room = new FakeRoom();
    const live = new FakeLive(room);
    const store = enter(live);
    await settled();
    room.say(newId(), '一');
    const second = room.say(newId(), '二');
    live.tell([second]);
    expect(bodies(store)).toEqual([]);
    await settled();
    expect(bodies(store)).toEqual(['一', '二']);
  });

  test('reads on after a lost line and keeps the older pages it had', async () => {
    const room = new FakeRoom();
    for (let i = 0; i < 260; i++) room.say(newId(), String(i));
    const live = new FakeLive(room);
    live.newest = 50;
    const store = enter(live);
    await settled();
    expect(store.snapshot()).toMatchObject({ older: true, from: 211 });
    await store.loadOlder();
    expect(bodies(store)).toHaveLength(150);
    live.become('down');
    room.say(newId(), '断线时');
    live.become('connected');
    await settled();
    expect(bodies(store)).toHaveLength(151);
    expect(bodies(store).at(-1)).toBe('断线时');
    await store.loadOlder();
    await store.loadOlder();
    expect(store.snapshot()).toMatchObject({ older: false, from: 0 });
    expect(store.snapshot().state).toEqual(truth(room));
  });

  test('begins anew when it has missed more than it may read on', async () => {
    const room = new FakeRoom();
    const live = new FakeLive(room);
    live.newest = 50;
    const store = enter(live);
    await settled();
    live.become('down');
    for (let i = 0; i < 1200; i++) room.say(newId(), String(i));
    live.become('connected');
    await settled();
    expect(store.snapshot()).toMatchObject({ older: true, from: 1151 });
    expect(store.snapshot().state.seq).toBe(1200);
  });

  test('goes on after an entry that only a newer program understands', async () => {
    const room = new FakeRoom();
    const live = new FakeLive(room);
    const store = enter(live);
    await settled();
    live.tell([room.say(newId(), '一'), room.append(future), room.say(newId(), '二')]);
    await settled();
    expect(bodies(store)).toEqual(['一', '二']);
    expect(store.snapshot().state.seq).toBe(3);
    expect(live.asked).toEqual(['session.open']);
  });

  test('goes on after an entry that it cannot fold, and asks the server for what it did', async () => {
    const room = new FakeRoom();
    const live = new FakeLive(room);
    const store = enter(live);
    await settled();
    const before = live.asked.length;
    const broken = room.append({ kind: 'queue-ordered', by: AUTHOR } as unknown as DraftEntry);
    room.entries[0] = { sessionId: SESSION, seq: 1, kind: 'withheld' };
    live.tell([broken, room.say(newId(), '后来')]);
    await settled();
    expect(bodies(store)).toEqual(['后来']);
    expect(live.asked.slice(before)).toEqual(['session.open']);
  });

  test('takes what has changed of the session as it was told, the newest however late it comes', async () => {
    const live = new FakeLive(new FakeRoom());
    const store = enter(live);
    await settled();
    const told = (revision: number, phase: string) =>
      live.emit('session:changed', { sessionId: SESSION, session: { sessionId: SESSION, revision, phase } });
    told(3, 'paused');
    told(2, 'live');
    expect(store.snapshot().session).toMatchObject({ revision: 3, phase: 'paused' });
    store.retry();
    await settled();
    expect(store.snapshot().session).toMatchObject({ revision: 3, phase: 'paused' });
    expect(live.asked).toEqual(['session.open', 'session.open']);
  });

  test('shows what was pinned, taken up or hidden of a message that it had not loaded yet', async () => {
    const room = new FakeRoom();
    const ids = Array.from({ length: 120 }, () => newId());
    for (const [i, id] of ids.entries()) room.say(id, String(i));
    const live = new FakeLive(room);
    live.newest = 30;
    const store = enter(live);
    await settled();
    const by = AUTHOR;
    const reading = store.loadOlder();
    live.tell([
      room.append({ kind: 'problem-accepted', by, messageId: ids[50]!, rowId: ids[0]! } as DraftEntry),
      room.append({ kind: 'hidden', by, messageId: ids[51]! } as DraftEntry),
    ]);
    await reading;
    expect(store.snapshot().state.messages[ids[50]!]).toMatchObject({ rowId: ids[0] });
    expect(store.snapshot().state.messages[ids[51]!]).toMatchObject({ hidden: true });
    live.tell([room.append({ kind: 'pinned', by, messageId: ids[3]! } as DraftEntry)]);
    await settled();
    expect(store.snapshot().state.messages[ids[3]!]).toMatchObject({ pinned: true, body: '3' });
  });

  test('waits for the socket, because only an opening over it subscribes, and does not wait for ever', async () => {
    const room = new FakeRoom();
    const live = new FakeLive(room, 'connecting');
    const store = enter(live);
    await settled();
    expect(live.asked).toEqual([]);
    live.become('connected');
    await settled();
    expect(live.asked).toEqual(['session.open']);
    expect(store.snapshot().status).toBe('ready');
  });

  test('says why when the person may no longer be here', async () => {
    const live = new FakeLive(new FakeRoom());
    const store = enter(live);
    await settled();
    live.refuse = new AppError('FORBIDDEN', 'person.removed');
    live.become('down');
    live.become('connected');
    await settled();
    expect(store.snapshot()).toMatchObject({ status: 'lost', failure: { reason: 'person.removed' } });
  });
});

describe('what somebody says', () => {
  test('is sent once although the answer was lost after the server had stored it', async () => {
    const room = new FakeRoom();
    const live = new FakeLive(room);
    const store = enter(live);
    await settled();
    live.loseAnswers = 1;
    store.say('speech', '没有人牵头');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(room.entries).toHaveLength(1);
    expect(store.snapshot().outbox).toEqual([]);
    expect(bodies(store)).toEqual(['没有人牵头']);
  });

  test('waits while there is no line and then goes out in order', async () => {
    const room = new FakeRoom();
    const live = new FakeLive(room);
    const store = enter(live);
    await settled();
    live.become('down');
    store.say('speech', '一');
    store.say('problem', '二');
    await settled();
    expect(store.snapshot().outbox.map((p) => p.status)).toEqual(['waiting', 'waiting']);
    live.become('connected');
    await settled();
    expect(bodies(store)).toEqual(['一', '二']);
    expect(store.snapshot().outbox).toEqual([]);
  });

  test('survives a tab that dies, and is neither lost nor doubled', async () => {
    const room = new FakeRoom();
    const live = new FakeLive(room);
    const shelf = new FakeShelf();
    const first = enter(live, shelf);
    await settled();
    live.loseAnswers = 1;
    first.say('speech', '已存但没有回音');
    await settled();
    live.become('down');
    first.say('speech', '还没送出');
    await settled();
    first.close();
    live.become('connected');
    const second = enter(live, shelf);
    await settled();
    expect(bodies(second)).toEqual(['已存但没有回音', '还没送出']);
    expect(room.entries).toHaveLength(2);
    expect([...shelf.items]).toEqual([]);
  });
});
