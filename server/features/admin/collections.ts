import { z } from 'zod';
import { Id, Time } from '../../../shared/fields.ts';
import { defineCollection } from '../../storage/collection.ts';

/** Who did what to what, and whether it went through: names and ids, never the words themselves. */
export const AuditRecord = z.object({
  id: Id,
  version: z.number().int(),
  at: Time,
  personId: z.string(),
  personName: z.string(),
  procedure: z.string(),
  /** Of older programs: the ids of the input, `campaignId=… unitId=…`; '' since there are objects. */
  subject: z.string(),
  outcome: z.string(),
  // Rows of older programs have none of these.
  verb: z.string().optional(),
  objectKind: z.string().optional(),
  objectId: z.string().optional(),
  objectName: z.string().optional(),
  detail: z.string().optional(),
  address: z.string().optional(),
  reason: z.string().optional(),
  /** Of attempts that failed: how many alike since `since`, this one included. */
  count: z.number().int().optional(),
  since: Time.optional(),
  /** The chain of one process, the row's place in it from 1, the hash of the row before and of this one (`chained.ts`). */
  chain: z.string().optional(),
  seq: z.number().int().optional(),
  prev: z.string().optional(),
  hash: z.string().optional(),
  /** Only of a chain's first row: the id of the row whose hash is in `prev`; or how many rows without a hash `prev` is the digest of. */
  follows: z.string().optional(),
  unchained: z.number().int().optional(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

export const auditRows = defineCollection('audit_rows', AuditRecord);

/** How far a chain had come: its length and the hash of its last row. `id` is the chain. */
export const AuditHead = z.object({
  id: Id,
  version: z.number().int(),
  at: Time,
  length: z.number().int(),
  hash: z.string(),
});
export type AuditHead = z.infer<typeof AuditHead>;

/** Beside the file in DATA_DIR: so that each backup, of either engine, holds the heads of its chains. */
export const auditHeads = defineCollection('audit_heads', AuditHead);
