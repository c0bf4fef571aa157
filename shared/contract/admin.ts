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
  /** Only in rows of older programs: the ids of the input, `campaignId=… unitId=…`. */
  subject: z.string(),
  /** `ok`, or the code of the failure; `reason` says more. */
  outcome: z.string(),
  reason: z.string().optional(),
  /** What was done to what, in the words of `audit.ts`; absent in rows of older programs. */
  verb: z.string().optional(),
  objectKind: z.string().optional(),
  objectId: z.string().optional(),
  objectName: z.string().optional(),
  detail: z.string().optional(),
  address: z.string().optional(),
  /** Of failed attempts: how many alike since `since`. */
  count: z.number().int().optional(),
  since: Time.optional(),
});
export type AuditRow = z.infer<typeof AuditRow>;

export const admin = {
  audit: query('GET /audit', z.object({ before: Id.optional(), limit: Limit }), z.array(AuditRow)),
};
