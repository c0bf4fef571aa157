import { z } from 'zod';
import { Paragraph, Seal } from '../../../shared/contract/minutes.ts';
import { Id, Seq, Title } from '../../../shared/fields.ts';
import { defineCollection } from '../../storage/collection.ts';

/**
 * Minutes are one record; its id is the session's. `sealing` is set first and stops every edit, then the seal goes into the
 * log, then `sealed` repeats it here: a crash between is finished at the next opening.
 */
export const MinutesRecord = z.object({
  id: Id,
  version: z.number().int(),
  campaignId: Id,
  title: Title,
  paragraphs: z.array(Paragraph),
  upTo: Seq,
  sealing: Seal.extend({ personId: z.string() }).optional(),
  sealed: Seal.optional(),
});
export type MinutesRecord = z.infer<typeof MinutesRecord>;

export const minutes = defineCollection('minutes', MinutesRecord);
