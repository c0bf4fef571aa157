import { z } from 'zod';
import { ERROR_STATUS, type ErrorCode, type Failure as Told } from './errors.ts';

// Apart from `errors.ts`, which every page loads: the schemas, and zod with them, only where something is checked.

export const Code = z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]);

/** The schema of what a client is told. */
export const Failure: z.ZodType<Told> = z.object({
  code: Code,
  reason: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  fields: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
});
