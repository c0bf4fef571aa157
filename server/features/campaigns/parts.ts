import type { Person } from '../../../shared/actor.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../../platform/handler.ts';
import { permit } from '../../platform/permit.ts';
import type { RecordStore } from '../../storage/port.ts';
import type { Identity } from '../identity/identity.ts';
import { belongs } from '../identity/rules.ts';
import { type CampaignRecord, campaigns } from './collections.ts';
import type { RoomDraft } from './template.ts';

/** What stands right of this slice and may hang on its things; joined in app.ts. */
export interface HangsOn {
  campaign(campaignId: string): Promise<boolean>;
  unit(campaignId: string, unitId: string): Promise<boolean>;
  person(campaignId: string, personId: string): Promise<boolean>;
  room(roomId: string): Promise<boolean>;
}

/** Rooms as a campaign needs them; `make` may be called again with the same. */
export interface RoomMaker {
  make(campaignId: string, drafts: readonly RoomDraft[]): Promise<void>;
  removeAll(campaignId: string): Promise<void>;
}

export interface CampaignParts {
  records: RecordStore;
  identity: Identity;
  rooms: RoomMaker;
  hangsOn: HangsOn;
  now: () => number;
}

/** Whoever asks, when they are somebody. */
export function personOf({ actor }: Context): Person {
  if (actor.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'sign.in');
  return actor;
}

export async function readyCampaign(
  records: RecordStore,
  campaignId: string,
): Promise<CampaignRecord | undefined> {
  const campaign = await records.get(campaigns, campaignId);
  return campaign?.state === 'ready' ? campaign : undefined;
}

/** The campaign, for those whose business it is; NOT_FOUND `campaign.unknown` for all others. */
export async function openCampaign(
  records: RecordStore,
  context: Context,
  campaignId: string,
): Promise<CampaignRecord> {
  const person = personOf(context);
  const campaign = belongs(person, campaignId) ? await readyCampaign(records, campaignId) : undefined;
  if (!campaign) throw new AppError('NOT_FOUND', 'campaign.unknown');
  return campaign;
}

/** Throws when the caller may not change this campaign's roster. */
export async function editableRoster(records: RecordStore, context: Context, campaignId: string) {
  await openCampaign(records, context, campaignId);
  permit(context, 'roster:edit', { campaignId });
}

export const inUse = (reason: string) => new AppError('WRONG_STATE', reason);
