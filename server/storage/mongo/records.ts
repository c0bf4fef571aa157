import { AppError, isDamaged } from '../../../shared/errors.ts';
import { accept } from '../accept.ts';
import type { Collection } from '../collection.ts';
import type { Damages } from '../damage.ts';
import { fieldNames } from '../form.ts';
import { keyOf, type Lookup, lookupOf } from '../lookup.ts';
import type { Draft, RecordStore, Stored, Transfer } from '../port.ts';
import { decodeRecord, encodeRecord } from './codec.ts';
import { duplicateAt, guarded } from './failure.ts';
import type { Document, Ready } from './models.ts';
import { documentSum, isWhole, SUM } from './record-sum.ts';

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

function documentOf({ plan }: Ready, record: Stored): Document {
  const document = encodeRecord(plan.form, { ...record });
  return { ...document, [SUM]: documentSum(plan.name, document) } as unknown as Document;
}

async function write(ready: Ready, records: readonly Stored[], counted: boolean): Promise<void> {
  const documents = records.map((record) => documentOf(ready, record));
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
function changeTo(ready: Ready, next: Stored) {
  const { _id, ...set } = documentOf(ready, next);
  const absent = [...fieldNames(ready.plan.form)].filter((name) => name !== 'id' && !(name in set));
  return {
    $set: set,
    ...(absent.length > 0 ? { $unset: Object.fromEntries(absent.map((name) => [name, 1])) } : {}),
  };
}

async function swap(ready: Ready, next: Stored): Promise<void> {
  const { model, plan } = ready;
  const filter = { _id: next.id, version: next.version - 1 };
  try {
    const { matchedCount } = await model.updateOne(filter, changeTo(ready, next), {
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
export function mongoRecords(models: Models, damages: Damages): RecordStore & Pick<Transfer, 'restore'> {
  const run = async <R extends Stored, T>(c: Collection<R>, work: (ready: Ready) => Promise<T>) => {
    const ready = await models(c);
    return guarded(() => work(ready));
  };
  function read<R>({ plan }: Ready, document: unknown): R {
    const stored = document as Document;
    if (isWhole(plan.name, stored)) return decodeRecord(plan.form, stored) as R;
    throw damages.note({ kind: 'record', place: plan.name, id: stored._id, why: 'its checksum is another' });
  }

  /** Without those that are damaged: they are noted, and the others go on. */
  function readAll<R>(ready: Ready, documents: readonly unknown[]): R[] {
    return documents.flatMap((document) => {
      try {
        return [read<R>(ready, document)];
      } catch (error) {
        if (isDamaged(error)) return [];
        throw error;
      }
    });
  }
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
        const { limit } = lookup.page;
        // As many as were asked for, also where some of them are damaged.
        for (let more = 0; ; ) {
          const most = limit === undefined ? 0 : limit + more;
          const found = await ready.model.find(filterOf(lookup)).sort(sort).limit(most).lean();
          const whole = readAll<R>(ready, found);
          const damaged = found.length - whole.length;
          if (most === 0 || found.length < most || damaged <= more) return whole;
          more = damaged;
        }
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
      await run(c, async (ready) => {
        for (const record of accepted) {
          await ready.model.replaceOne({ _id: record.id }, documentOf(ready, record), {
            runValidators: true,
            upsert: true,
          });
        }
      });
    },
  };
}
