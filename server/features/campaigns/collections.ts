import { z } from 'zod';
import { PhaseRow } from '../../../shared/contract/campaigns.ts';
import { Id, Line, Time, Title } from '../../../shared/fields.ts';
import { defineCollection } from '../../storage/collection.ts';

/** `making` while its rooms are made, `leaving` while it is removed: then nobody sees it. */
export const CampaignRecord = z.object({
  id: Id,
  version: z.number().int(),
  editedBy: z.string(),
  editedAt: Time,
  state: z.enum(['making', 'ready', 'leaving']),
  name: Title,
  slogan: Line,
  sponsor: Line,
  template: z.string(),
  phases: z.array(PhaseRow),
  currentPhase: z.number().int(),
  createdAt: Time,
  /** Digest of the command that made it: another one under the same id is a mistake, the same one a retry. */
  asked: z.string(),
});
export type CampaignRecord = z.infer<typeof CampaignRecord>;

export const campaigns = defineCollection('campaigns', CampaignRecord, {
  byState: { fields: ['state', 'id'] },
});
