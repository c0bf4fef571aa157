import { z } from 'zod';
import { SnapshotReason } from '../../../shared/board-history.ts';
import { Id, Time } from '../../../shared/fields.ts';
import { defineCollection } from '../../storage/collection.ts';

/** A unit's board. Its id names the two documents and reveals nothing, neither when it was made nor whose it is. */
const BoardRecord = z.object({
  id: Id,
  version: z.number().int(),
  campaignId: Id,
  unitId: Id,
});
export type BoardRecord = z.infer<typeof BoardRecord>;

export const boards = defineCollection<BoardRecord>('boards', BoardRecord, {
  unit: { fields: ['campaignId', 'unitId'], unique: true },
});

/**
 * A former state of one document: what it said, in a blob (`blobOf`), without what was deleted from it. The record is written
 * before its blob and outlives it, so that no blob is left that nobody knows of.
 */
const SnapshotRecord = z.object({
  id: Id,
  version: z.number().int(),
  boardId: Id,
  /** `list.<boardId>` or `draft.<boardId>`. */
  document: z.string(),
  takenAt: Time,
  reason: SnapshotReason,
  sessionId: z.string(),
  by: z.string(),
  /** SHA-256 of the content, in hex: what says the same is not kept twice. */
  hash: z.string(),
});
export type SnapshotRecord = z.infer<typeof SnapshotRecord>;

/** Ids are UUIDv7 and order by time. */
export const snapshots = defineCollection<SnapshotRecord>('snapshots', SnapshotRecord, {
  ofDocument: { fields: ['document', 'id'] },
});

export const blobOf = (snapshotId: string): string => `snapshot.${snapshotId}`;
