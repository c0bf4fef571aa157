import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Storage } from '../../server/storage/port.ts';
import { newId } from '../../shared/ids.ts';
import type { Entry } from '../../shared/log.ts';
import type { TestClient } from '../support/client.ts';
import { Listener } from '../support/listener.ts';
import { beginMeeting, endMeetings, type Meeting } from '../support/meeting.ts';
import { seeded } from '../support/seeded.ts';
import { openTestStorage } from '../support/test-storage.ts';

const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e6));
const PEOPLE = ['陆远航', '何清', '沈一鸣', '唐雨', '梁思齐'];
const WAIT = { timeout: 20_000 };

let storage: Storage;
let m: Meeting;
let listeners: Listener[];
beforeEach(async () => {
  listeners = [];
  storage = await openTestStorage();
  // Seven people with more pages than anybody has.
  m = await beginMeeting(storage, { limits: { linesOfPerson: 100 } });
});
afterEach(async () => {
  for (const listener of listeners) listener.close();
  await endMeetings();
  await storage.close();
});

function listen(who: TestClient, transports?: string[]): Listener {
  const listener = new Listener(m.url, who.cookie, m.sessionId, transports);
  listeners.push(listener);
  return listener;
}

async function wholeLog(): Promise<Entry[]> {
  const log: Entry[] = [];
  for (;;) {
    const page = await m.moderator.call('session.entries', {
      ...{ sessionId: m.sessionId, after: log.length },
      limit: 500,
    });
    log.push(...page);
    if (page.length < 500) return log;
  }
}

const everybodyIs = (what: (listener: Listener) => boolean) =>
  expect.poll(() => listeners.filter((each) => !what(each)).length, WAIT).toBe(0);

/** Says it again and again under the same id until there is an answer; now and then also when there is one. */
async function insist(speaker: Listener, body: string, random: () => number): Promise<void> {
  const words = { id: newId(), kind: 'speech', body };
  let repeats = random() < 0.2 ? 2 : 1;
  while (repeats > 0) {
    const asked = speaker.ask('session.say', words);
    if (random() < 0.1) speaker.cut();
    if ((await asked)?.ok) repeats--;
    else await expect.poll(() => speaker.socket.connected, WAIT).toBe(true);
  }
}

describe('three hundred listeners', () => {
  test(`hear everything once and in one order, through cuts and repeats (R5, seed ${SEED})`, async () => {
    const random = seeded(SEED);
    const people = await Promise.all(PEOPLE.map((name) => m.enter(name)));
    people.push(m.moderator, await m.guest('来宾'));
    const carriers = [['websocket'], ['websocket'], ['websocket'], ['polling', 'websocket']];
    for (let n = 0; n < 300; n++) listen(people[n % people.length]!, carriers[n % 4]);
    await everybodyIs(({ whole }) => whole > 0);

    const talk = async (speaker: Listener, name: string) => {
      for (let n = 1; n <= 25; n++) {
        await insist(speaker, `${name}的第${n}句`, random);
        for (let cuts = 0; cuts < 3; cuts++) listeners[Math.floor(random() * 300)]!.cut();
      }
    };
    await Promise.all(PEOPLE.map((name, n) => talk(listeners[n]!, name)));

    const log = await wholeLog();
    await everybodyIs(({ whole }) => whole === log.length);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1));
    const bodies = log.flatMap((entry) => (entry.kind === 'said' ? [entry.body] : []));
    const wanted = PEOPLE.flatMap((name) => Array.from({ length: 25 }, (_, n) => `${name}的第${n + 1}句`));
    expect(bodies.toSorted()).toEqual(wanted.toSorted());
    for (const name of PEOPLE)
      expect(bodies.filter((body) => body.startsWith(name))).toEqual(
        wanted.filter((body) => body.startsWith(name)),
      );
    expect(listeners.flatMap(({ faults }) => faults)).toEqual([]);
    const said = log.filter(({ kind }) => kind === 'said');
    for (const listener of listeners)
      expect(
        said.filter(({ seq }) => JSON.stringify(listener.log.get(seq)) !== JSON.stringify(log[seq - 1])),
      ).toEqual([]);
    const sum = (of: (listener: Listener) => number) => listeners.reduce((n, each) => n + of(each), 0);
    expect(sum(({ lines }) => lines)).toBeGreaterThan(500);
    expect(sum(({ told }) => told)).toBeGreaterThan((300 * wanted.length) / 2);
  }, 60_000);

  test('are told on long-polling what the others are told, each entry without asking', async () => {
    const he = await m.enter('何清');
    await he.emit('session.enter', m.act());
    const [polling, fast] = [listen(he, ['polling']), listen(he)];
    await everybodyIs(({ whole }) => whole > 0);
    const before = { polling: polling.told, fast: fast.told };
    for (let n = 0; n < 40; n++)
      await Promise.all(
        [0, 1, 2].map((k) =>
          he.emit('session.say', { ...m.act(), kind: 'speech', body: `第${3 * n + k}句` }),
        ),
      );
    const log = await wholeLog();
    await everybodyIs(({ whole }) => whole === log.length);
    expect(polling.carrier).toBe('polling');
    expect([polling.told - before.polling, fast.told - before.fast]).toEqual([120, 120]);
    expect([...polling.log]).toEqual([...fast.log]);
    expect([polling.faults, fast.faults]).toEqual([[], []]);
  });
});

describe('a frame', () => {
  test('holds for each audience only what it may see, however much goes out at once', async () => {
    const he = await m.enter('何清');
    const tang = await m.enter('唐雨');
    const guest = await m.guest('来宾');
    const [staff, member, visitor] = [listen(m.moderator), listen(he), listen(guest)];
    await everybodyIs(({ whole }) => whole > 0);
    for (const listener of listeners) listener.record();
    const problem = await tang.emit('session.say', { ...m.act(), kind: 'problem', body: '经费报销太慢' });
    const messageId = problem.kind === 'said' ? problem.id : '';
    const leave = { ...m.act(), personId: m.people['何清']!, status: 'leave' as const, reason: '家中有事' };
    const [, taken] = await Promise.all([
      he.emit('session.attend', leave),
      m.moderator.emit('session.takeUp', { sessionId: m.sessionId, messageId }),
      tang.emit('session.say', { ...m.act(), kind: 'speech', body: '一句人人可听的话' }),
    ]);
    const log = await wholeLog();
    await everybodyIs(({ whole }) => whole === log.length);
    const wireOf = ({ wire }: Listener) => wire.filter((text) => text.includes('entry:appended')).join('\n');
    const sees = (listener: Listener) =>
      ['一句人人可听的话', '家中有事', 'problem-accepted'].map((words) => wireOf(listener).includes(words));
    expect([sees(staff), sees(member), sees(visitor)]).toEqual([
      [true, true, true],
      [true, false, true],
      [true, false, false],
    ]);
    expect(visitor.log.get(taken.seq)?.kind).toBe('withheld');
  });
});
