import { DONE } from '../../../shared/contract/answers.ts';
import type { Campaign } from '../../../shared/contract/campaigns.ts';
import type { Contract, InputOf } from '../../../shared/contract/index.ts';
import { AppError, isError } from '../../../shared/errors.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { permit } from '../../platform/permit.ts';
import { digest } from '../../platform/secrets.ts';
import { modify } from '../../storage/modify.ts';
import { editRecord } from '../identity/edited.ts';
import { belongs, iso } from '../identity/rules.ts';
import { type CampaignRecord, campaigns } from './collections.ts';
import { type CampaignParts, inUse, openCampaign, personOf } from './parts.ts';
import { chooseTemplate, TEMPLATES } from './templates.ts';

type Verbs = 'templates' | 'list' | 'create' | 'get' | 'edit' | 'remove';
type Create = InputOf<'campaigns.create'>;

export function viewOf(record: CampaignRecord): Campaign {
  const { id, name, slogan, sponsor, template, phases, currentPhase, createdAt, version } = record;
  return {
    campaignId: id,
    name,
    slogan,
    sponsor,
    template,
    phases,
    currentPhase,
    createdAt,
    version,
  };
}

const askedOf = ({ name, slogan, sponsor, templateId, pairs = [] }: Create) =>
  digest(JSON.stringify([name, slogan, sponsor, templateId, pairs.map((p) => [p.break, p.build])]));

export function campaignHandlers(parts: CampaignParts): Pick<HandlersOf<Contract['campaigns']>, Verbs> {
  const { records, identity, rooms, hangsOn, now } = parts;

  /** The campaign as asked for, not seen yet; or what an earlier try of the same command has left. */
  async function begin(context: Context, input: Create): Promise<CampaignRecord> {
    const { campaignId, name, slogan, sponsor } = input;
    const { templateId, phases } = chooseTemplate(input.templateId, input.pairs);
    const at = iso(now());
    const asked = askedOf(input);
    try {
      return await records.insert(campaigns, {
        id: campaignId,
        ...{ name, slogan, sponsor, template: templateId, phases, currentPhase: 0, asked },
        state: 'making',
        createdAt: at,
        editedBy: personOf(context).name,
        editedAt: at,
      });
    } catch (error) {
      const known = isError(error, 'CONFLICT') ? await records.get(campaigns, campaignId) : undefined;
      if (!known) throw error;
      if (known.asked !== asked || known.state === 'leaving') throw new AppError('CONFLICT', 'id.taken');
      return known;
    }
  }

  async function hangs(campaignId: string): Promise<boolean> {
    if ((await identity.units.list(campaignId)).length > 0) return true;
    return hangsOn.campaign(campaignId);
  }

  /** From the first step on nobody sees it; every step may be run again. */
  async function dissolve(campaignId: string): Promise<void> {
    await rooms.removeAll(campaignId);
    await identity.revokeCampaign(campaignId);
    await records.remove(campaigns, campaignId);
  }

  const setState = (id: string, state: CampaignRecord['state']) =>
    modify(records, campaigns, id, (c) => (c.state === state ? undefined : { ...c, state }));

  return {
    async templates(context) {
      personOf(context);
      return TEMPLATES.map(({ templateId, zh, en, rooms: made }) => ({
        templateId,
        zh,
        en,
        rooms: made.map(({ kind, name, break: old, build }) => ({ kind, name, break: old, build })),
      }));
    },

    async list(context) {
      const person = personOf(context);
      const all = await records.list(campaigns, 'byState', { state: 'ready' });
      return all.filter((campaign) => belongs(person, campaign.id)).map(viewOf);
    },

    async create(context, input) {
      permit(context, 'installation:manage');
      const begun = await begin(context, input);
      if (begun.state === 'ready') return viewOf(begun);
      await rooms.make(begun.id, chooseTemplate(input.templateId, input.pairs).rooms);
      return viewOf(await setState(begun.id, 'ready'));
    },

    get: async (context, { campaignId }) => viewOf(await openCampaign(records, context, campaignId)),

    async edit(context, { campaignId, version, ...fields }) {
      await openCampaign(records, context, campaignId);
      permit(context, 'campaign:edit', { campaignId });
      if (fields.currentPhase >= Math.max(1, fields.phases.length)) {
        const at = [{ path: 'currentPhase', reason: 'phase.unknown' }];
        throw new AppError('INVALID_INPUT', 'input.invalid', { fields: at });
      }
      const edit = { version, by: personOf(context).name, at: iso(now()), unknown: 'campaign.unknown' };
      return viewOf(await editRecord(records, campaigns, campaignId, edit, (c) => ({ ...c, ...fields })));
    },

    async remove(context, { campaignId }) {
      permit(context, 'installation:manage');
      const campaign = await records.get(campaigns, campaignId);
      if (!campaign) throw new AppError('NOT_FOUND', 'campaign.unknown');
      context.about?.({ name: campaign.name });
      if (campaign.state === 'ready' && (await hangs(campaignId))) throw inUse('campaign.in-use');
      await setState(campaignId, 'leaving');
      if (await hangs(campaignId)) {
        // Something was added while we looked.
        await setState(campaignId, 'ready');
        throw inUse('campaign.in-use');
      }
      await dissolve(campaignId);
      return DONE;
    },
  };
}
