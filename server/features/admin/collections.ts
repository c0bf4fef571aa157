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
  subject: z.string(),
  outcome: z.string(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

export const auditRows = defineCollection('audit_rows', AuditRecord);
