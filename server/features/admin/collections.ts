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
});
export type AuditRecord = z.infer<typeof AuditRecord>;

export const auditRows = defineCollection('audit_rows', AuditRecord);
