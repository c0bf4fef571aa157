import { expect, it } from 'vitest';
import { Chain } from '../../server/features/admin/chain.ts';
import { auditRows } from '../../server/features/admin/collections.ts';
import type { RecordStore } from '../../server/storage/port.ts';
import { openSqlite } from '../../server/storage/sqlite/sqlite.ts';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { allOf, auditEvent, chainsOf, verdictOf } from '../support/audit.ts';
import { onBothEngines } from '../support/engines.ts';

/** A generator of numbers below 1 that is the same in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const away = () => new AppError('UNAVAILABLE', 'storage.away');

/** A storage that is away now and then: before it writes, after a part of the batch, or after all of it; and that dies when told. */
function failing(records: RecordStore, roll: () => number, life: { dead: boolean }): RecordStore {
  const insertMany = (async (c, drafts) => {
    if (life.dead) throw away();
    const fate = roll();
    if (fate < 0.1) throw away();
    if (fate < 0.15) await records.insertMany(c, drafts.slice(0, Math.floor(drafts.length / 2)));
    if (fate < 0.15) throw away();
    const stored = await records.insertMany(c, drafts);
    if (fate < 0.2 || life.dead) throw away();
    return stored;
  }) as RecordStore['insertMany'];
  return { ...records, insertMany };
}

/** Waves of events through processes that end at any moment, on a storage that fails: what was acknowledged is there, and whole. */
async function survive(records: RecordStore, events: number): Promise<void> {
  const roll = dice(8);
  const told = new Set<string>();
  for (let next = 0; next < events; ) {
    const life = { dead: false };
    const chain = new Chain(failing(records, roll, life), Date.now);
    const most = Math.floor((roll() * events) / 8);
    for (let sent = 0; sent < most && next < events; ) {
      const size = Math.min(events - next, 1 + Math.floor((roll() * events) / 50));
      const wave = Array.from({ length: size }, () => next++);
      sent += size;
      const answers = wave.map((n) =>
        chain.append(auditEvent(n)).then(
          () => told.add(`event-${n}`),
          () => undefined,
        ),
      );
      // The process ends while some of it is on its way.
      if (sent >= most) life.dead = true;
      await Promise.all(answers);
    }
  }
  const rows = await allOf(records);
  const stored = new Set(rows.map((row) => row.objectId!));
  expect(told.size).toBeGreaterThan(events / 3);
  expect([...told].filter((id) => !stored.has(id))).toEqual([]);
  expect(rows).toHaveLength(stored.size);
  const { problems, chains } = await verdictOf(records);
  expect(problems).toEqual([]);
  expect(chains).toBeGreaterThan(3);
}

it('loses none of 10,000 acknowledged events when the storage fails and processes end at any moment', async () => {
  const storage = await openSqlite(':memory:');
  await survive(storage.records, 10_000);
  await storage.close();
}, 60_000);

onBothEngines('a chain', (storage) => {
  it('loses no acknowledged event when the storage fails and processes end at any moment', async () => {
    await survive(storage().records, 1000);
  }, 60_000);

  it('stores what comes together in a few commits, in order', async () => {
    const { records } = storage();
    const sizes: number[] = [];
    const insertMany = ((c, drafts) => {
      sizes.push(drafts.length);
      return records.insertMany(c, drafts);
    }) as RecordStore['insertMany'];
    await chainsOf({ ...records, insertMany }, [1200]);
    expect(sizes).toEqual([500, 500, 200]);
    expect((await allOf(records)).map((row) => row.seq)).toEqual(
      Array.from({ length: 1200 }, (_, n) => n + 1),
    );
  });

  it('stores the next event whenever it comes after the one before', async () => {
    const chain = new Chain(storage().records, Date.now);
    for (let n = 0; n < 50; n++) {
      for (let turns = 0; turns < n % 7; turns++) await Promise.resolve();
      await chain.append(auditEvent(n));
    }
    expect(chain.head.length).toBe(50);
  });

  it('stores later what it could not store at once, and says so meanwhile', async () => {
    const { records } = storage();
    let broken = true;
    const insertMany = (async (c, drafts) => {
      if (broken) throw away();
      return records.insertMany(c, drafts);
    }) as RecordStore['insertMany'];
    const chain = new Chain({ ...records, insertMany }, Date.now);
    await expect(chain.append(auditEvent(1))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(chain.append(auditEvent(2))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    broken = false;
    await chain.append(auditEvent(3));
    expect((await allOf(records)).map((row) => row.objectId)).toEqual(['event-1', 'event-2', 'event-3']);
    expect((await verdictOf(records)).problems).toEqual([]);
  });

  it('begins after the rows of an older program, which stay readable and are vouched for from then on', async () => {
    const { records } = storage();
    const old = {
      at: '2026-03-18T06:30:00.000Z',
      personId: '',
      personName: '周敏',
      procedure: 'campaigns.edit',
    };
    const ids = [1, 2, 3].map((n) => newId(Date.now() - 10_000 + n));
    for (const id of ids)
      await records.insert(auditRows, { id, ...old, subject: 'campaignId=1', outcome: 'ok' });
    await chainsOf(records, [3, 2]);
    expect(await verdictOf(records)).toMatchObject({ problems: [], unchained: 3, rows: 8, chains: 2 });
    await records.remove(auditRows, ids[1]!);
    expect((await verdictOf(records)).problems.join()).toContain('some were changed, taken away or added');
  });

  it('keeps its order when the clock goes back, also over a restart', async () => {
    const { records } = storage();
    let now = Date.now();
    for (let times = 0; times < 3; times++) {
      const chain = new Chain(records, () => (now -= 3_600_000));
      for (let n = 0; n < 3; n++) await chain.append(auditEvent(n));
    }
    expect((await allOf(records)).map((row) => row.seq)).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3]);
    expect((await verdictOf(records)).problems).toEqual([]);
  });

  it('takes whatever text was sent, so that nothing holds up the rows behind it', async () => {
    const { records } = storage();
    const chain = new Chain(records, Date.now);
    await chain.append({ ...auditEvent(1), detail: `\0\uD800${'长'.repeat(5000)}` });
    await chain.append(auditEvent(2));
    expect((await allOf(records))[0]!.detail).toHaveLength(300);
    expect((await verdictOf(records)).problems).toEqual([]);
  });

  it('that was changed, shortened or added to in the database is found', async () => {
    const { records, transfer } = storage();
    const [first, second] = await chainsOf(records, [6, 4]);
    const rows = await allOf(records);
    const problemsAfter = async (harm: () => Promise<unknown>, mend: () => Promise<unknown>) => {
      await harm();
      const { problems } = await verdictOf(records, [first!, second!]);
      await mend();
      expect((await verdictOf(records, [first!, second!])).problems).toEqual([]);
      return problems.join('\n');
    };
    const put = (row: (typeof rows)[number]) => transfer.restore(auditRows, [row]);
    const third = rows[2]!;
    const changed = { ...third, personName: '别人' };
    expect(
      await problemsAfter(
        () => put(changed),
        () => put(third),
      ),
    ).toContain('row 3 of chain');
    const gone = (row: (typeof rows)[number]) =>
      problemsAfter(
        () => records.remove(auditRows, row.id),
        () => put(row),
      );
    expect(await gone(third)).toContain('row 3 of chain');
    expect(await gone(rows[5]!)).toContain('is missing at the end');
    expect(await gone(rows.at(-1)!)).toContain('is missing at the end');
    const double = { ...third, id: newId() };
    expect(
      await problemsAfter(
        () => put(double),
        () => records.remove(auditRows, double.id),
      ),
    ).toContain('doubled');
  });
});
