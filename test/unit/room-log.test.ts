import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RoomLog, type Command } from '../../server/features/session/room-log.ts';
import { Tick } from '../../server/platform/tick.ts';
import { AppError } from '../../shared/errors.ts';
import type { DraftEntry, Entry } from '../../shared/log.ts';
import { fold } from '../../shared/reduce.ts';
import { type Fault, RoomRecords } from '../support/room-records.ts';

const SESSION = '00000000-0000-7000-8000-00000000000a';
const PERSON = '00000000-0000-7000-8000-00000000000b';
const idOf = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

const joined: DraftEntry = {
  ...{ kind: 'joined', by: PERSON, personId: PERSON, name: '何清' },
  ...{ unitName: '', level: '', capacity: 'participant' },
} as DraftEntry;
const opened: DraftEntry = { kind: 'item-opened', by: PERSON, itemId: idOf(9999) };

/** A person's first word brings their arrival with it, as the rules of a meeting have it. */
const say = (n: number, body = `第${n}句`): Command => ({
  id: idOf(n),
  content: { n, body },
  decide: (state) => ({
    before: [...(state.people[PERSON] ? [] : [joined]), ...(state.order.length > 0 ? [] : [opened])],
    main: { kind: 'said', by: PERSON, id: idOf(n), messageKind: 'speech', body },
  }),
});

const refused: Command = {
  id: idOf(5000),
  content: 'no',
  decide: () => {
    throw new AppError('WRONG_STATE', 'session.paused');
  },
};

const common = { sessionId: SESSION, tick: new Tick(), now: Date.now };

function room(records = new RoomRecords()) {
  const told: Entry[] = [];
  const committed = (placed: Entry[]) => void told.push(...placed);
  const log = new RoomLog({ ...common, records: records.port, committed });
  return { records, log, told };
}

const spoken = (records: RoomRecords) =>
  records.stored.flatMap(({ entry }) => (entry.kind === 'said' ? [entry.id] : []));
const gapless = (records: RoomRecords) =>
  expect(records.stored.map((each) => each.seq)).toEqual(records.stored.map((_, at) => at + 1));

describe('the append queue of a room', () => {
  test('a retry gets its own entry back and stores nothing', async () => {
    const { log, records } = room();
    const first = await log.append(say(1));
    expect(await log.append(say(1))).toEqual(first);
    expect(spoken(records)).toEqual([idOf(1)]);
  });

  test('one id with other content is a conflict', async () => {
    const { log, records } = room();
    await log.append(say(1));
    await expect(log.append(say(1, '别的话'))).rejects.toMatchObject({ failure: { reason: 'id.reused' } });
    expect(spoken(records)).toEqual([idOf(1)]);
  });

  test('the same command twice in one batch is one entry', async () => {
    const { log, records } = room();
    const [a, b] = await Promise.all([log.append(say(1)), log.append(say(1))]);
    expect(a).toEqual(b);
    expect(spoken(records)).toEqual([idOf(1)]);
  });

  test('what gathers during a write goes as one batch', async () => {
    const { log, records } = room();
    await Promise.all(Array.from({ length: 50 }, (_, n) => log.append(say(n + 1))));
    expect(records.largest).toBeGreaterThan(40);
    gapless(records);
  });

  test('what is said until the beat is one write, one telling; who looks waits for no beat', async () => {
    const records = new RoomRecords();
    const told: number[][] = [];
    const beats: (() => void)[] = [];
    const log = new RoomLog({
      ...common,
      records: records.port,
      tick: { wake: (task) => void beats.push(task), charge: () => undefined },
      committed: (placed) => void told.push(placed.map(({ seq }) => seq)),
    });
    const said = [log.append(say(1)), log.append(say(2)), log.append(say(3))];
    expect(await log.read(({ entries }) => entries.length)).toBe(0);
    expect(told).toEqual([]);
    beats[0]!();
    expect((await Promise.all(said)).map(({ seq }) => seq)).toEqual([3, 4, 5]);
    expect(told).toEqual([[1, 2, 3, 4, 5]]);
    expect(records.largest).toBe(5);
  });

  test('nobody sees what is not durable, not even by looking in the middle of a write', async () => {
    const { log } = room();
    await log.append(say(1));
    const saying = log.append(say(2));
    const seen = new Set<number>();
    let done = false;
    const look = async () => {
      while (!done) {
        const seq = await log.read(({ state }) => state.seq);
        if (!done) seen.add(seq);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await Promise.all([look(), saying.then(() => (done = true))]);
    expect([...seen]).toEqual([3]);
  });

  test('a shutdown waits for no beat', async () => {
    const records = new RoomRecords();
    const tick = { wake: () => undefined, charge: () => undefined };
    const log = new RoomLog({ ...common, records: records.port, tick, committed: () => undefined });
    const said = log.append(say(1));
    await log.settled();
    expect((await said).seq).toBe(3);
    expect(records.stored.length).toBe(3);
  });

  test('a refusal in the middle of a batch concerns nobody else', async () => {
    const { log, records } = room();
    const [a, no, b] = await Promise.allSettled([
      log.append(say(1)),
      log.append(refused),
      log.append(say(2)),
    ]);
    expect([a.status, no.status, b.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(spoken(records)).toEqual([idOf(1), idOf(2)]);
    gapless(records);
  });

  test('a refusal for what was never stored is no refusal', async () => {
    const { log, records } = room();
    const once = (n: number): Command => ({
      ...say(n),
      decide: (state) => {
        if (state.order.length > 0) throw new AppError('CONFLICT', 'hand.raised');
        return say(n).decide(state, () => undefined);
      },
    });
    records.faults.push('refused');
    const both = await Promise.allSettled([log.append(once(1)), log.append(once(2))]);
    expect(both.map((each) => (each.status === 'rejected' ? (each.reason as AppError).code : ''))).toEqual([
      'UNAVAILABLE',
      'UNAVAILABLE',
    ]);
  });

  test('a write that stopped half way is finished by the retry, arrival and all', async () => {
    const { log, records } = room();
    records.faults.push('prefix');
    for (let tries = 0; ; tries++) {
      const done = await log.append(say(1)).catch((error: AppError) => error);
      if (!(done instanceof AppError)) break;
      expect(done.code).toBe('UNAVAILABLE');
      expect(tries).toBeLessThan(5);
    }
    expect(records.stored.map(({ entry }) => entry.kind)).toEqual(['joined', 'item-opened', 'said']);
    expect(spoken(records)).toEqual([idOf(1)]);
    gapless(records);
  });

  test('an answer that was lost is told to the others when the room is next asked for', async () => {
    const { log, records, told } = room();
    await log.append(say(1));
    records.faults.push('answer-lost');
    await expect(log.append(say(2))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await log.append(say(2))).seq).toBe(4);
    expect(told.map((entry) => entry.seq)).toEqual([1, 2, 3, 4]);
  });

  test('who was slower than another writer decides again on what stands', async () => {
    const { log, records, told } = room();
    await log.append(say(1));
    const { entry } = records.stored.at(-1)!;
    records.rival = (seq) => ({
      ...{ id: `${SESSION}:${idOf(77)}`, sessionId: SESSION, seq, digest: 'other' },
      entry: { ...entry, seq, id: idOf(77) } as Entry,
    });
    records.faults.push('raced');
    expect((await log.append(say(2))).seq).toBe(5);
    expect(spoken(records)).toEqual([idOf(1), idOf(77), idOf(2)]);
    expect(told.map((each) => each.seq)).toEqual([1, 2, 3, 4, 5]);
  });

  test('a store that cannot be read refuses everybody and serves them once it is back', async () => {
    const { log, records } = room();
    await log.append(say(1));
    records.faults.push('raced');
    records.rival = () => ({ ...structuredClone(records.stored[0]!), id: 'elsewhere' });
    records.failLoads = 1;
    await expect(log.append(say(2))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await log.append(say(2))).kind).toBe('said');
    await log.settled();
  });
});

describe('whatever the store does', () => {
  const faults = fc.array(fc.constantFrom<Fault | undefined>('refused', 'prefix', 'answer-lost', undefined), {
    maxLength: 12,
  });
  const plan = fc.record({
    faults,
    waves: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }),
  });

  test('with retries every command is there exactly once, gapless, told once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ faults: ordered, waves }) => {
        const { log, records, told } = room();
        records.faults.push(...ordered);
        let n = 0;
        const persist = async (command: Command): Promise<Entry> => {
          for (;;) {
            const done = await log.append(command).catch((error: AppError) => error);
            if (!(done instanceof AppError)) return done;
            if (done.code !== 'UNAVAILABLE') throw done;
          }
        };
        const answers: Entry[] = [];
        for (const wave of waves) {
          const commands = Array.from({ length: wave }, () => say(++n));
          answers.push(...(await Promise.all(commands.map(persist))));
        }
        gapless(records);
        expect(spoken(records).toSorted()).toEqual(
          Array.from({ length: n }, (_, at) => idOf(at + 1)).toSorted(),
        );
        const all = records.stored.map(({ entry }) => entry);
        for (const answer of answers) expect(answer).toEqual(all[answer.seq - 1]);
        expect(told).toEqual(all);
        const state = await log.read((seen) => structuredClone(seen.state));
        expect(state).toEqual(fold(SESSION, all));
        const again = new RoomLog({ ...common, records: records.port, committed: () => undefined });
        expect(await again.read((seen) => structuredClone(seen.state))).toEqual(state);
      }),
      { numRuns: 150 },
    );
  });
});
