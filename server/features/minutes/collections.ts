import { z } from 'zod';
import { Paragraph, Removed, Seal, Speeches } from '../../../shared/contract/minutes.ts';
import { Id, Seq, Title } from '../../../shared/fields.ts';
import { defineCollection } from '../../storage/collection.ts';

/**
 * Minutes are one record; its id is the session's. `sealing` is set first and stops every edit, then the seal goes into the
 * log, then `sealed` repeats it here: a crash between is finished at the next opening. `rules` (absent: 1) are those that it was
 * composed by; sealed minutes keep theirs for ever, a draft comes under the newest when it is next opened and keeps in `rulesBefore`
 * those it began with.
 */
export const MinutesRecord = z.object({
  id: Id,
  version: z.number().int(),
  campaignId: Id,
  title: Title,
  paragraphs: z.array(Paragraph),
  upTo: Seq,
  rules: z.number().int().optional(),
  rulesBefore: z.number().int().optional(),
  /** Which of what was said, when a hand has chosen; how it came out stands in `speeches`. */
  choice: Speeches.optional(),
  speeches: z.object({ shown: Speeches, leftOut: z.number().int() }).optional(),
  removed: z.array(Removed).optional(),
  sealing: Seal.extend({ personId: z.string() }).optional(),
  sealed: Seal.optional(),
});
export type MinutesRecord = z.infer<typeof MinutesRecord>;

export const minutes = defineCollection('minutes', MinutesRecord);
