import { type Connection, Schema, Types } from 'mongoose';
import { sumOf } from '../checksum.ts';
import type { Damages } from '../damage.ts';
import { checkBlob, MOST_BLOB } from '../limits.ts';
import type { BlobStore } from '../port.ts';
import { duplicateAt, guarded, patienceFor } from './failure.ts';
import { makeIndexes } from './indexes.ts';
import { bytesOf, cut, join } from './parts.ts';

interface Head {
  _id: string;
  /** Which parts are this blob's: two writers of one id never mix theirs. */
  upload: string;
  parts: number;
  /** Of all bytes under this id; an older program has written none. */
  sum?: number;
}
interface Part {
  _id: string;
  upload: string;
  bytes: Buffer;
}

const OPTIONS = {
  strict: 'throw',
  versionKey: false,
  id: false,
  autoIndex: false,
  autoCreate: false,
} as const;
const HEADS = new Schema(
  {
    _id: { type: String, required: true },
    upload: { type: String, required: true },
    parts: { type: Number, required: true },
    sum: Number,
  },
  OPTIONS,
);
const PARTS = new Schema(
  {
    _id: { type: String, required: true },
    upload: { type: String, required: true },
    bytes: Buffer,
  },
  OPTIONS,
).index({ upload: 1 }, { name: 'byUpload' });

/** Blobs on MongoDB: the parts first, then the head that names them, which is what makes the blob exist. */
export async function mongoBlobs(
  connection: Connection,
  damages: Damages,
): Promise<BlobStore & { ids(): AsyncIterable<string> }> {
  const heads = connection.model<Head>('blob_heads', HEADS as Schema<Head>, 'blobs');
  const parts = connection.model<Part>('blob_parts', PARTS as Schema<Part>, 'blob_parts');
  await makeIndexes(heads);
  await makeIndexes(parts);

  async function store(id: string, bytes: Uint8Array): Promise<void> {
    if (await heads.exists({ _id: id })) return;
    const upload = new Types.ObjectId().toHexString();
    const pieces = cut(bytes);
    for (const [i, piece] of pieces.entries()) {
      await parts.insertMany([{ _id: `${upload}.${i}`, upload, bytes: Buffer.from(piece) }]);
    }
    try {
      await heads.insertMany([{ _id: id, upload, parts: pieces.length, sum: sumOf(id, bytes) }]);
    } catch (error) {
      if (duplicateAt(error) === undefined) throw error;
      await parts.deleteMany({ upload });
    }
  }

  return {
    async put(id, bytes) {
      checkBlob(id, bytes);
      await guarded(() => store(id, bytes), patienceFor(bytes.byteLength));
    },
    async get(id) {
      return guarded(async () => {
        const head = await heads.findById(id).lean<Head | null>();
        if (!head) return undefined;
        const ids = Array.from({ length: head.parts }, (_, i) => `${head.upload}.${i}`);
        const found: Uint8Array[] = [];
        for (const _id of ids) {
          const part = await parts.findById(_id).lean<Part | null>();
          if (!part) return undefined; // removed in between
          found.push(bytesOf(part.bytes));
        }
        const bytes = join(found);
        if (head.sum !== undefined && head.sum !== sumOf(id, bytes))
          throw damages.note({ kind: 'blob', place: '', id, why: 'its checksum is another' });
        return bytes;
      }, patienceFor(MOST_BLOB));
    },
    async remove(id) {
      return guarded(async () => {
        const head = await heads.findOneAndDelete({ _id: id }).lean<Head | null>();
        if (head) await parts.deleteMany({ upload: head.upload });
        return head !== null;
      });
    },
    async *ids() {
      for (let last = ''; ; ) {
        const filter = { _id: { $gt: last } };
        const head = await guarded(() => heads.findOne(filter).sort({ _id: 1 }).lean<Head | null>());
        if (!head) return;
        yield head._id;
        last = head._id;
      }
    },
  };
}
