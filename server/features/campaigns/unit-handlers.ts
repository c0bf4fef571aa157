import { DONE } from '../../../shared/contract/answers.ts';
import type { Unit } from '../../../shared/contract/campaigns.ts';
import type { Contract } from '../../../shared/contract/index.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { permit } from '../../platform/permit.ts';
import type { UnitRecord } from '../identity/collections.ts';
import { iso } from '../identity/rules.ts';
import { type CampaignParts, inUse, openCampaign, personOf } from './parts.ts';
import { readsRoster } from './rules.ts';

type Verbs = 'units' | 'addUnit' | 'editUnit' | 'removeUnit';

export function unitHandlers(parts: CampaignParts): Pick<HandlersOf<Contract['campaigns']>, Verbs> {
  const { records, identity, hangsOn, now } = parts;
  const { units } = identity;

  async function editable(context: Context, campaignId: string): Promise<void> {
    await openCampaign(records, context, campaignId);
    permit(context, 'roster:edit', { campaignId });
  }

  const view = async ({ id, campaignId, name, order, version }: UnitRecord): Promise<Unit> => ({
    unitId: id,
    campaignId,
    name,
    order,
    people: await units.people(id),
    version,
  });

  return {
    /** The desk sees all of them; everybody else their own. */
    async units(context, { campaignId }) {
      await openCampaign(records, context, campaignId);
      const person = personOf(context);
      const all = await units.list(campaignId);
      const seen = readsRoster(person, campaignId) ? all : all.filter((unit) => unit.id === person.unitId);
      return Promise.all(seen.map(view));
    },

    async addUnit(context, { campaignId, unitId, name }) {
      await editable(context, campaignId);
      return view(await units.add({ id: unitId, campaignId, name }, personOf(context).name));
    },

    async editUnit(context, { campaignId, unitId, version, name, order }) {
      await editable(context, campaignId);
      const edit = { version, by: personOf(context).name, at: iso(now()) };
      return view(await units.edit(campaignId, unitId, edit, { name, order }));
    },

    async removeUnit(context, { campaignId, unitId }) {
      await editable(context, campaignId);
      const { name } = await units.need(campaignId, unitId);
      context.about?.({ name });
      if ((await units.people(unitId)) > 0 || (await hangsOn.unit(campaignId, unitId)))
        throw inUse('unit.in-use');
      await units.remove(unitId);
      return DONE;
    },
  };
}
