import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { documentName, type BoardPart, parseDocumentName } from '../../../shared/board.ts';
import { type BoardContent, contentOf, isBlank, type SnapshotReason } from '../../../shared/board-history.ts';
import { newId } from '../../../shared/ids.ts';
import type { Documents } from '../../collab/documents.ts';
import type { BlobStore, RecordStore } from '../../storage/port.ts';
import { blobOf, type SnapshotRecord, snapshots } from './collections.ts';

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/** How long a former state is kept; text that was deleted is gone with the last one that says it. */
export const KEPT_DAYS = 30;
export const DAY_MS = 24 * 3_600_000;
/** More than 30 days of meetings make. */
const MOST_LISTED = 200;
/** At a time when they are removed. */
const PAGE = 100;

export interface SnapshotParts {
  records: RecordStore;
  blobs: BlobStore;
  documents: Pick<Documents, 'read'>;
  now: () => number;
}

export interface Wish {
  reason: SnapshotReason;
  sessionId?: string;
  by?: string;
}

export interface Snapshots {
  /** Keeps what a document says unless the last snapshot says the same. Undefined for a blank one that never said anything. */
  take(boardId: string, part: BoardPart, wish: Wish): Promise<SnapshotRecord | undefined>;
  /** Newest first. */
  list(boardId: string, part: BoardPart): Promise<SnapshotRecord[]>;
  /** Undefined when it is not, or no longer, there. */
  content(snapshot: SnapshotRecord): Promise<BoardContent | undefined>;
  get(boardId: string, snapshotId: string): Promise<SnapshotRecord | undefined>;
  /** Removes those that are too old. */
  removeOld(): Promise<void>;
}

export function createSnapshots({ records, blobs, documents, now }: SnapshotParts): Snapshots {
  /** One after the other: two who keep the same state at once keep it once. */
  let last: Promise<unknown> = Promise.resolve();
  /** Their ids order them, so that no two are of one millisecond. */
  let lastMs = 0;

  const list = (boardId: string, part: BoardPart): Promise<SnapshotRecord[]> =>
    records.list(
      snapshots,
      'ofDocument',
      { document: documentName(part, boardId) },
      { order: 'desc', limit: MOST_LISTED },
    );

  async function keep(boardId: string, part: BoardPart, wish: Wish): Promise<SnapshotRecord | undefined> {
    const document = documentName(part, boardId);
    const content = await documents.read(document, (doc) => contentOf(part, doc));
    const json = JSON.stringify(content);
    const hash = createHash('sha256').update(json).digest('hex');
    const [latest] = await records.list(snapshots, 'ofDocument', { document }, { order: 'desc', limit: 1 });
    if (!latest && isBlank(content)) return undefined;
    if (latest?.hash === hash && (await blobs.get(blobOf(latest.id)))) return latest;
    lastMs = Math.max(now(), lastMs + 1);
    const record = await records.insert(snapshots, {
      ...{ id: newId(lastMs), boardId, document, takenAt: new Date(lastMs).toISOString(), hash },
      ...{ reason: wish.reason, sessionId: wish.sessionId ?? '', by: wish.by ?? '' },
    });
    try {
      await blobs.put(blobOf(record.id), await pack(json));
    } catch (error) {
      await records.remove(snapshots, record.id).catch(() => false);
      throw error;
    }
    return record;
  }

  return {
    take(boardId, part, wish) {
      const taken = last.then(() => keep(boardId, part, wish));
      last = taken.catch(() => undefined);
      return taken;
    },
    list,
    async get(boardId, snapshotId) {
      const record = await records.get(snapshots, snapshotId);
      return record?.boardId === boardId ? record : undefined;
    },
    async content({ id }) {
      const bytes = await blobs.get(blobOf(id));
      return bytes && (JSON.parse((await unpack(bytes)).toString()) as BoardContent);
    },
    async removeOld() {
      const oldest = new Date(now() - KEPT_DAYS * DAY_MS).toISOString();
      for (;;) {
        const page = await records.list(snapshots, 'id', {}, { limit: PAGE });
        const old = page.filter(({ takenAt }) => takenAt < oldest);
        for (const { id } of old) {
          await blobs.remove(blobOf(id));
          await records.remove(snapshots, id);
        }
        if (old.length < PAGE) return;
      }
    },
  };
}

export const partOf = (snapshot: SnapshotRecord): BoardPart => parseDocumentName(snapshot.document)!.part;
