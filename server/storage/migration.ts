import { z } from 'zod';
import { isError } from '../../shared/errors.ts';
import { type Collection, defineCollection } from './collection.ts';
import { modify } from './modify.ts';
import type { RecordStore, Stored } from './port.ts';

/** A numbered change of stored records, done once an installation before the server listens. */
export interface Migration {
  /** Counted over the whole program: never used twice, never changed once released. They run in this order. */
  number: number;
  /** For the log. */
  what: string;
  /** Goes on after the record of this id (`''` at first) and returns the last one it dealt with; undefined when all are done. */
  page(records: RecordStore, after: string): Promise<string | undefined>;
}

const AT_A_TIME = 200;

const DoneRecord = z.object({
  id: z.string(),
  version: z.number().int(),
  /** Id of the last record dealt with. */
  after: z.string(),
  done: z.boolean(),
});
/** How far each migration has come, by its number. */
export const migrationsDone = defineCollection('migrations', DoneRecord);

/**
 * A migration that goes over the records of one collection, in pages, in the order of their ids. `each` is given a page and may be
 * given it again after a crash: what it writes must bear that (ids made from ids, a taken id is no fault).
 */
export function defineMigration<R extends Stored>(
  number: number,
  what: string,
  over: Collection<R>,
  each: (page: readonly R[], records: RecordStore) => Promise<void>,
): Migration {
  return {
    number,
    what,
    async page(records, after) {
      const page = await records.list(over, 'id', {} as Partial<R>, { after, limit: AT_A_TIME });
      if (page.length > 0) await each(page, records);
      return page.at(-1)?.id;
    },
  };
}

/** Those that a collection declares in `filled`: each record is written anew, which gives the field its default. */
export function fillings<R extends Stored>(c: Collection<R>): Migration[] {
  return Object.entries(c.filled).map(([field, number]) =>
    defineMigration(number, `${c.name}.${field} is filled`, c, async (page, records) => {
      for (const { id } of page)
        await modify(records, c, id, (record) => ({ ...record })).catch((error: unknown) => {
          if (!isError(error, 'NOT_FOUND')) throw error;
        });
    }),
  );
}

const unlessTaken = (error: unknown): undefined => {
  if (!isError(error, 'CONFLICT')) throw error;
  return undefined;
};

/** One page and the note of it. True when there is nothing more to do. Of two processes that do it at once, both do the same. */
async function step(records: RecordStore, { number, page }: Migration): Promise<boolean> {
  const id = String(number);
  const state =
    (await records.get(migrationsDone, id)) ??
    (await records.insert(migrationsDone, { id, after: '', done: false }).catch(unlessTaken));
  if (state?.done) return true;
  if (!state) return false;
  const after = await page(records, state.after);
  const next = { ...state, after: after ?? state.after, done: after === undefined };
  await records.replace(migrationsDone, next).catch(unlessTaken);
  return next.done;
}

/**
 * Runs what has not been run on this installation yet, in the order of the numbers; a migration that was broken off goes on where it
 * was. `begun` is told what is done now. Throws what the store throws: the server must not listen then.
 */
export async function migrateRecords(
  records: RecordStore,
  migrations: readonly Migration[],
  begun: (what: string) => void = () => undefined,
): Promise<void> {
  const sorted = migrations.toSorted((a, b) => a.number - b.number);
  for (const [at, { number }] of sorted.entries())
    if (number === sorted[at + 1]?.number) throw new Error(`two migrations have the number ${number}`);
  for (const migration of sorted) {
    if ((await records.get(migrationsDone, String(migration.number)))?.done) continue;
    begun(migration.what);
    while (!(await step(records, migration)));
  }
}
