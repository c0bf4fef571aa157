import { expect, it } from 'vitest';
import { newId } from '../../shared/ids.ts';
import { onBothEngines } from '../support/engines.ts';
import { failureOf, openOffice } from '../support/office.ts';

onBothEngines('who may, of campaigns,', (storage) => {
  const office = () => openOffice(storage().records);

  it('see: those whose business it is; to all others it does not exist', async () => {
    const at = office();
    const desk = await at.administrator();
    const { campaignId, personId } = await at.school(desk);
    const { campaignId: other } = await at.campaign(desk);
    const phone = at.browser();
    await at.identity.admit(await phone.call(), { personId });
    const { handlers } = at.campaigns;
    const call = await phone.call();
    expect((await handlers.list(call, {})).map((each) => each.campaignId)).toEqual([campaignId]);
    expect((await handlers.units(call, { campaignId })).map((unit) => unit.name)).toEqual(['第一中学']);
    const refused = [handlers.get, handlers.units, handlers.people, at.rooms.handlers.list];
    for (const verb of refused) {
      expect(await failureOf(verb(call, { campaignId: other }))).toBe('NOT_FOUND campaign.unknown');
      expect(await failureOf(verb(await at.browser().call(), { campaignId }))).toBe(
        'UNAUTHENTICATED sign.in',
      );
    }
    const [room] = await at.rooms.handlers.list(await desk.call(), { campaignId: other });
    expect(await failureOf(at.rooms.handlers.remove(call, room!))).toBe('NOT_FOUND room.unknown');
  });

  it('change: administrators', async () => {
    const at = office();
    const desk = await at.administrator();
    const { campaignId, unitId, personId } = await at.school(desk);
    const phone = at.browser();
    await at.identity.admit(await phone.call(), { personId });
    const call = await phone.call();
    const { handlers } = at.campaigns;
    const [room] = await at.rooms.handlers.list(await desk.call(), { campaignId });
    const refused = [
      handlers.create(call, {
        campaignId: newId(),
        name: '解放思想大讨论',
        slogan: '',
        sponsor: '',
        templateId: 'pairs',
      }),
      handlers.remove(call, { campaignId }),
      handlers.people(call, { campaignId }),
      handlers.addUnit(call, { campaignId, unitId: newId(), name: '第二中学' }),
      handlers.removeUnit(call, { campaignId, unitId }),
      handlers.removePerson(call, { campaignId, personId }),
      handlers.rosterTemplate(call, { campaignId }),
      handlers.importRoster(
        call,
        { campaignId, importId: newId(), fileName: 'a.csv', apply: true },
        new Uint8Array(),
      ),
      at.rooms.handlers.remove(call, room!),
      at.identity.handlers.grants(call, { campaignId }),
    ];
    const answers = await Promise.all(refused.map(failureOf));
    expect(new Set(answers)).toEqual(new Set(['FORBIDDEN not.allowed']));
  });
});
