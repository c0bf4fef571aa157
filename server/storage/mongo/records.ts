import { AppError } from '../../../shared/errors.ts';
import { accept } from '../accept.ts';
import type { Collection } from '../collection.ts';
import { keyOf, type Lookup, lookupOf, type Scalar } from '../lookup.ts';
import type { Draft, RecordStore, Stored, Transfer } from '../port.ts';
import { decodeRecord, encodeRecord } from './codec.ts';
import { duplicate, guarded } from './failure.ts';
import type { Document, Ready } from './models.ts';

type Models = <R extends Stored>(c: Collection<R>) => Promise<Ready>;
type Filter = Record<string, unknown>;

const column = (field: string) => (field === 'id' ? '_id' : field);
const equal = (pairs: readonly (readonly [string, Scalar])[]): Filter =>
  Object.fromEntries(pairs.map(([field, value]) => [column(field), value]));

function filterOf({ equal: pairs, by, page }: Lookup): Filter {
  const range = {
    ...(page.after === undefined ? {} : { $gt: page.after }),
    ...(page.before === undefined ? {} : { $lt: page.before }),
  };
  return Object.keys(range).length > 0 ? { ...equal(pairs), [column(by)]: range } : equal(pairs);
}

async function conflict(
  { model }: Ready,
  id: string,
  index: string,
  more: { stored?: number } = {},
): Promise<AppError> {
  // A taken id is named before a taken index, whatever the engine looked at first.
  if (index === '_id_' || (await model.exists({ _id: id })))
    return new AppError('CONFLICT', 'record.id', { facts: { id, ...more } });
  return new AppError('CONFLICT', 'record.index', { facts: { index, ...more } });
}

async function write(ready: Ready, records: readonly Stored[], count: boolean): Promise<void> {
  const documents = records.map((record) => encodeRecord(ready.form, { ...record }) as Document);
  try {
    await ready.model.insertMany(documents, { ordered: true });
  } catch (error) {
    const taken = duplicate(error);
    if (!taken) throw error;
    throw await conflict(
      ready,
      (records[taken.at] as Stored).id,
      taken.index,
      count ? { stored: taken.at } : {},
    );
  }
}

async function swap(ready: Ready, next: Stored): Promise<void> {
  const { model, form } = ready;
  const filter = { _id: next.id, version: next.version - 1 };
  try {
    const { matchedCount } = await model.replaceOne(filter, encodeRecord(form, { ...next }), {
      runValidators: true,
    });
    if (matchedCount > 0) return;
  } catch (error) {
    const taken = duplicate(error);
    if (!taken) throw error;
    throw new AppError('CONFLICT', 'record.index', { facts: { index: taken.index } });
  }
  if (await model.exists({ _id: next.id }))
    throw new AppError('CONFLICT', 'record.version', { facts: { id: next.id } });
  throw new AppError('NOT_FOUND', 'record.gone', { facts: { id: next.id } });
}

/** Records on MongoDB: a mongoose model per collection, its schema derived from the shape. */
export function mongoRecords(models: Models): RecordStore & Pick<Transfer, 'restore'> {
  const run = <R extends Stored, T>(c: Collection<R>, work: (ready: Ready) => Promise<T>) =>
    guarded(async () => work(await models(c)));
  const read = <R>({ form }: Ready, document: unknown) => decodeRecord(form, document as Filter) as R;
  return {
    async insert(c, draft) {
      const record = accept(c, { ...draft, version: 1 });
      await run(c, (ready) => write(ready, [record], false));
      return record;
    },
    async insertMany(c, drafts) {
      const records = drafts.map((draft: Draft<Stored>) => accept(c, { ...draft, version: 1 }));
      if (records.length > 0) await run(c, (ready) => write(ready, records, true));
      return records;
    },
    async get<R extends Stored>(c: Collection<R>, id: string) {
      return run(c, async (ready) => {
        const found = await ready.model.findOne({ _id: String(id) }).lean();
        return found ? read<R>(ready, found) : undefined;
      });
    },
    async find<R extends Stored>(c: Collection<R>, unique: string, key: Partial<R>) {
      const filter = equal(keyOf(c, unique, key));
      return run(c, async (ready) => {
        const found = await ready.model.findOne(filter).lean();
        return found ? read<R>(ready, found) : undefined;
      });
    },
    async list<R extends Stored>(
      c: Collection<R>,
      index: string,
      match: Partial<R>,
      page?: Parameters<RecordStore['list']>[3],
    ) {
      const lookup = lookupOf(c, index, match, page);
      return run(c, async (ready) => {
        const sort = { [column(lookup.by)]: lookup.page.order === 'desc' ? -1 : 1 } as const;
        const found = await ready.model
          .find(filterOf(lookup))
          .sort(sort)
          .limit(lookup.page.limit ?? 0)
          .lean();
        return found.map((document) => read<R>(ready, document));
      });
    },
    async count(c, index, match) {
      const filter = filterOf(lookupOf(c, index, match));
      return run(c, ({ model }) => model.countDocuments(filter));
    },
    async replace(c, record) {
      const next = accept(c, { ...record, version: record.version + 1 });
      await run(c, (ready) => swap(ready, next));
      return next;
    },
    async remove(c, id) {
      return run(c, async ({ model }) => (await model.deleteOne({ _id: String(id) })).deletedCount > 0);
    },
    async restore(c, records) {
      const accepted = records.map((record) => accept(c, record));
      await run(c, async ({ model, form }) => {
        for (const record of accepted) {
          await model.replaceOne({ _id: record.id }, encodeRecord(form, { ...record }), {
            runValidators: true,
            upsert: true,
          });
        }
      });
    },
  };
}
