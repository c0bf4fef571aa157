import { z } from 'zod';
import { Prompt, RoomKind } from '../../../shared/contract/rooms.ts';
import { Id, Line, Time, Title } from '../../../shared/fields.ts';
import { defineCollection } from '../../storage/collection.ts';

export const RoomRecord = z.object({
  id: Id,
  version: z.number().int(),
  editedBy: z.string(),
  editedAt: Time,
  campaignId: Id,
  order: z.number().int(),
  /** Rooms of earlier times have none: `roomKind` tells it from their sides. */
  kind: RoomKind.optional(),
  name: Title,
  break: Line,
  build: Line,
  prompts: z.array(Prompt),
});
export type RoomRecord = z.infer<typeof RoomRecord>;

export const rooms = defineCollection('rooms', RoomRecord, {
  byCampaign: { fields: ['campaignId', 'id'] },
});
