import { z } from 'zod';
import { Id, Limit, Time } from '../fields.ts';
import { query } from '../procedure.ts';

/** One change: who did what to what, and whether it went through. Never the words themselves. */
export const AuditRow = z.object({
  auditId: Id,
  at: Time,
  personId: z.string(),
  personName: z.string(),
  procedure: z.string(),
  subject: z.string(),
  outcome: z.string(),
});
export type AuditRow = z.infer<typeof AuditRow>;

export const admin = {
  audit: query('GET /audit', z.object({ before: Id.optional(), limit: Limit }), z.array(AuditRow)),
};
