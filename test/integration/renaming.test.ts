import { expect, it } from 'vitest';
import { campaigns as contract } from '../../shared/contract/campaigns.ts';
import { onBothEngines } from '../support/engines.ts';
import { openOffice } from '../support/office.ts';

onBothEngines('a new name of a unit', (storage) => {
  it('is shown to everybody at once', async () => {
    const at = openOffice(storage().records);
    const desk = await at.administrator();
    const { campaignId, unitId, personId } = await at.school(desk);
    const phone = at.browser();
    await at.identity.admit(await phone.call(), { personId });
    expect((await phone.call()).actor).toMatchObject({ unitName: '第一中学' });
    const [unit] = await at.campaigns.handlers.units(await desk.call(), { campaignId });
    expect(unit).toMatchObject({ unitId, people: 1 });
    await at.campaigns.handlers.editUnit(
      await desk.call(),
      contract.editUnit.input.parse({ ...unit!, name: '第一高级中学' }),
    );
    expect((await phone.call()).actor).toMatchObject({ unitName: '第一高级中学' });
    const [person] = await at.campaigns.handlers.people(await desk.call(), { campaignId });
    expect(person).toMatchObject({ name: '何清', unitName: '第一高级中学' });
  });
});
