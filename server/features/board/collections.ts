import { z } from 'zod';
import { Id } from '../../../shared/fields.ts';
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
