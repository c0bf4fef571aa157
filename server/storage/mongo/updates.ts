import { type Connection, Schema, Types } from 'mongoose';
import { sumOf } from '../checksum.ts';
import type { Damages } from '../damage.ts';
import { checkDocumentName } from '../limits.ts';
import type { StoredUpdate, UpdateLog } from '../port.ts';
import { guarded, patienceFor } from './failure.ts';
import { makeIndexes } from './indexes.ts';
import { bytesOf, cut, join } from './parts.ts';

/** One part of one update; most updates have one. An update whose parts are not all there was never acknowledged. */
interface Part {
  _id: string;
  doc: string;
  update: string;
  part: number;
  parts: number;
  bytes: Buffer;
  /** Of everything above; an older program has written none. */
  sum?: number;
}

const nameOf = ({ _id, doc, update, part, parts }: Omit<Part, 'bytes' | 'sum'>) =>
  `${doc}\0${_id}\0${update}\0${part}/${parts}`;

const PARTS = new Schema(
  {
    _id: { type: String, required: true },
    doc: { type: String, required: true },
    update: { type: String, required: true },
    part: { type: Number, required: true },
    parts: { type: Number, required: true },
    bytes: Buffer,
    sum: Number,
  },
  { strict: 'throw', versionKey: false, id: false, autoIndex: false, autoCreate: false },
).index({ doc: 1, update: 1, part: 1 }, { name: 'byDoc', unique: true });

function partsOf(doc: string, bytes: Uint8Array): Part[] {
  const update = new Types.ObjectId().toHexString();
  return cut(bytes).map((part, i, all) => {
    const row = { _id: `${update}.${i}`, doc, update, part: i, parts: all.length };
    return { ...row, bytes: Buffer.from(part), sum: sumOf(nameOf(row), part) };
  });
}

function check(rows: readonly Part[], damages: Damages): void {
  for (const row of rows)
    if (row.sum !== undefined && row.sum !== sumOf(nameOf(row), bytesOf(row.bytes)))
      throw damages.note({ kind: 'update', place: row.doc, id: row._id, why: 'its checksum is another' });
}

function whole(rows: readonly Part[]): StoredUpdate[] {
  const updates = new Map<string, Part[]>();
  for (const row of rows) updates.set(row.update, [...(updates.get(row.update) ?? []), row]);
  return [...updates].flatMap(([id, parts]) =>
    parts.length === parts[0]?.parts ? [{ id, update: join(parts.map((part) => bytesOf(part.bytes))) }] : [],
  );
}

/** Updates on MongoDB: a document per part of 8 MiB, written in order in one batch. */
export async function mongoUpdates(
  connection: Connection,
  damages: Damages,
): Promise<UpdateLog & { documents(): AsyncIterable<string> }> {
  const model = connection.model<Part>('update_parts', PARTS as Schema<Part>, 'updates');
  await makeIndexes(model);

  async function store(parts: Part[]): Promise<void> {
    if (parts.length > 0) await model.insertMany(parts, { ordered: true });
  }

  return {
    async append(batch) {
      for (const { doc } of batch) checkDocumentName(doc);
      const bytes = batch.reduce((sum, { update }) => sum + update.byteLength, 0);
      await guarded(
        () => store(batch.flatMap(({ doc, update }) => partsOf(doc, update))),
        patienceFor(bytes),
      );
    },
    async load(doc) {
      checkDocumentName(doc);
      const rows = await guarded(() => model.find({ doc }).sort({ update: 1, part: 1 }).lean<Part[]>());
      check(rows, damages);
      return whole(rows);
    },
    async compact(doc, snapshot, replaced) {
      checkDocumentName(doc);
      await guarded(async () => {
        await store(partsOf(doc, snapshot));
        if (replaced.length > 0) await model.deleteMany({ doc, update: { $in: [...replaced] } });
      }, patienceFor(snapshot.byteLength));
    },
    async *documents() {
      for (let last = ''; ; ) {
        const filter = { doc: { $gt: last } };
        const row = await guarded(() =>
          model.findOne(filter, { doc: 1 }).sort({ doc: 1 }).lean<{ doc: string } | null>(),
        );
        if (!row) return;
        yield row.doc;
        last = row.doc;
      }
    },
  };
}
