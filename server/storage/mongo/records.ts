import { AppError } from '../../../shared/errors.ts';
import { accept } from '../accept.ts';
import type { Collection } from '../collection.ts';
import { fieldNames, type RecordForm } from '../form.ts';
import { keyOf, type Lookup, lookupOf } from '../lookup.ts';
import type { Draft, RecordStore, Stored, Transfer } from '../port.ts';
import { decodeRecord, encodeRecord } from './codec.ts';
import { duplicateAt, guarded } from './failure.ts';
import type { Document, Ready } from './models.ts';

type Models = <R extends Stored>(c: Collection<R>) => Promise<Ready>;
type Filter = Record<string, unknown>;

const column = (field: string) => (field === 'id' ? '_id' : field);
const equal = (pairs: readonly (readonly [string, unknown])[]): Filter =>
  Object.fromEntries(pairs.map(([field, value]) => [column(field), value]));

function filterOf({ equal: pairs, by, page }: Lookup): Filter {
  const range = {
    ...(page.after === undefined ? {} : { $gt: page.after }),
    ...(page.before === undefined ? {} : { $lt: page.before }),
  };
  return Object.keys(range).length > 0 ? { ...equal(pairs), [column(by)]: range } : equal(pairs);
}

/** Which unique index refuses this record. Asked of the data: not every server names it in its error. */
async function refusing({ model, plan }: Ready, record: Stored): Promise<string> {
  const unique = [...plan.indexes].filter(([name, index]) => name !== 'id' && index.unique);
  for (const [name, { fields }] of unique) {
    const key = equal(fields.map((field) => [field, record[field as keyof Stored]]));
    if (await model.exists({ $and: [key, { _id: { $ne: record.id } }] })) return name;
  }
  // The other one has gone since.
  return unique[0]?.[0] ?? 'id';
}

async function write(ready: Ready, records: readonly Stored[], counted: boolean): Promise<void> {
  const documents = records.map((record) => encodeRecord(ready.plan.form, { ...record }) as Document);
  try {
    await ready.model.insertMany(documents, { ordered: true });
  } catch (error) {
    const at = duplicateAt(error);
    const record = at === undefined ? undefined : records[at];
    if (!record) throw error;
    const stored = counted ? { stored: at as number } : {};
    // A taken id is named before a taken index, whatever the server looked at first.
    if (await ready.model.exists({ _id: record.id })) {
      throw new AppError('CONFLICT', 'record.id', { facts: { id: record.id, ...stored } });
    }
    const index = await refusing(ready, record);
    throw new AppError('CONFLICT', 'record.index', { facts: { index, ...stored } });
  }
}

/** Sets the fields of the shape and removes those that this record leaves out; what a newer program has put beside them stays. */
function changeTo(form: RecordForm, next: Stored) {
  const { _id, ...set } = encodeRecord(form, { ...next });
  const absent = [...fieldNames(form)].filter((name) => name !== 'id' && !(name in set));
  return {
    $set: set,
    ...(absent.length > 0 ? { $unset: Object.fromEntries(absent.map((name) => [name, 1])) } : {}),
  };
}

async function swap(ready: Ready, next: Stored): Promise<void> {
  const { model, plan } = ready;
  const filter = { _id: next.id, version: next.version - 1 };
  try {
    const { matchedCount } = await model.updateOne(filter, changeTo(plan.form, next), {
      runValidators: true,
      overwriteDiscriminatorKey: true,
      // What another variant had is removed too, and this variant's schema does not know it.
      ...(plan.form.kind === 'variants' ? { strict: false } : {}),
    });
    if (matchedCount > 0) return;
  } catch (error) {
    if (duplicateAt(error) === undefined) throw error;
    throw new AppError('CONFLICT', 'record.index', { facts: { index: await refusing(ready, next) } });
  }
  if (await model.exists({ _id: next.id }))
    throw new AppError('CONFLICT', 'record.version', { facts: { id: next.id } });
  throw new AppError('NOT_FOUND', 'record.gone', { facts: { id: next.id } });
}

/** Records on MongoDB: a mongoose model per collection, its schema derived from the shape. */
export function mongoRecords(models: Models): RecordStore & Pick<Transfer, 'restore'> {
  const run = async <R extends Stored, T>(c: Collection<R>, work: (ready: Ready) => Promise<T>) => {
    const ready = await models(c);
    return guarded(() => work(ready));
  };
  const read = <R>({ plan }: Ready, document: unknown) => decodeRecord(plan.form, document as Filter) as R;
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
      await run(c, async ({ model, plan }) => {
        for (const record of accepted) {
          await model.replaceOne({ _id: record.id }, encodeRecord(plan.form, record as never), {
            runValidators: true,
            upsert: true,
          });
        }
      });
    },
  };
}
