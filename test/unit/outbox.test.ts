import { IDBFactory } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import { type Outbox, openOutbox } from '../../client/lib/doc/outbox.ts';
import { browserLocks } from '../support/browser-locks.ts';
import { until } from '../support/collab-server.ts';
import { lockedTabs, tabOf } from '../support/open-live.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const at = (factory: IDBFactory, person = 'zhou', doc = 'list.a'): Promise<Outbox> =>
  openOutbox({ person, doc, factory, beatMs: 20, deadMs: 100 });
const left = async (outbox: Outbox): Promise<number[][]> =>
  (await outbox.look()).left.flatMap(({ entries }) => entries.map(({ update }) => [...update]));

it('a tab that said goodbye leaves its updates to the next one at once, in their order', async () => {
  const factory = new IDBFactory();
  const first = await at(factory);
  for (const n of [3, 1, 2]) await first.add(bytes(n));
  await first.close();
  expect(await left(await at(factory))).toEqual([[3], [1], [2]]);
});

it('a living tab’s updates are its own; a killed one’s are found when its sign of life is old', async () => {
  const factory = new IDBFactory();
  const tab = tabOf(factory);
  const first = await at(tab.factory as IDBFactory);
  await first.add(bytes(1));
  const second = await at(factory);
  expect(await left(second)).toEqual([]);
  tab.kill();
  await until('it counts as dead', async () => (await left(second)).length === 1);
});

it('without locks a silent tab is in doubt, then gone; a sign of life ends the doubt', async () => {
  const factory = new IDBFactory();
  const place = { person: 'zhou', doc: 'list.a', beatMs: 20, locks: undefined };
  const tab = tabOf(factory);
  await (await openOutbox({ ...place, factory: tab.factory })).add(bytes(1));
  const second = await openOutbox({ ...place, factory, deadMs: 2_000 });
  await until('it is heard', async () => (await second.look()).doubtful.length === 0);
  expect(await second.look()).toEqual({ left: [], doubtful: [] });
  tab.kill();
  await until('it is in doubt', async () => (await second.look()).doubtful.length === 1);
  expect(await left(second)).toEqual([]);
  await until('it is gone', async () => (await left(second)).length === 1);
  expect((await second.look()).doubtful).toEqual([]);
});

it('a tab whose lock is free is gone at once, one that holds it is not doubted', async () => {
  const factory = new IDBFactory();
  const browser = browserLocks();
  const place = { person: 'zhou', doc: 'list.a', factory };
  const first = browser.tab();
  await (await openOutbox({ ...place, locks: first.locks })).add(bytes(1));
  const second = await openOutbox({ ...place, locks: browser.tab().locks });
  await until('its lock is known', async () => (await lockedTabs(factory)) === 2);
  expect(await second.look()).toEqual({ left: [], doubtful: [] });
  first.kill();
  expect(await left(second)).toEqual([[1]]);
});

it('a lock is let go with the document', async () => {
  const { locks } = browserLocks().tab();
  const outbox = await openOutbox({ person: 'zhou', doc: 'list.a', factory: new IDBFactory(), locks });
  const held = async (): Promise<number> => (await locks.query()).held?.length ?? 0;
  await until('it is held', async () => (await held()) === 1);
  await outbox.close();
  await until('it is free', async () => (await held()) === 0);
});

it('nobody finds another person’s work, or another document’s', async () => {
  const factory = new IDBFactory();
  const first = await at(factory);
  await first.add(bytes(1));
  await first.close();
  expect(await left(await at(factory, 'lu'))).toEqual([]);
  expect(await left(await at(factory, 'zhou', 'list.b'))).toEqual([]);
});

it('what is confirmed is gone', async () => {
  const factory = new IDBFactory();
  const first = await at(factory);
  const keys = [await first.add(bytes(1)), await first.add(bytes(2))];
  await first.remove(keys.slice(0, 1));
  await first.close();
  expect(await left(await at(factory))).toEqual([[2]]);
});

it('where nothing can be kept it works in memory and says so', async () => {
  const none = await openOutbox({ person: 'zhou', doc: 'list.a', factory: undefined });
  expect(none.durable).toBe(false);
  const broken = {
    open: () => {
      throw new Error('private mode');
    },
  } as unknown as IDBFactory;
  expect((await openOutbox({ person: 'zhou', doc: 'list.a', factory: broken })).durable).toBe(false);
});

it('a disk that is lost while writing degrades to memory and says so', async () => {
  const tab = tabOf(new IDBFactory());
  const outbox = await at(tab.factory as IDBFactory);
  expect(outbox.durable).toBe(true);
  tab.kill();
  const key = await outbox.add(bytes(1));
  expect(outbox.durable).toBe(false);
  await outbox.remove([key]);
});
