import { describe, expect, it } from 'vitest';
import { campaigns as contract } from '../../shared/contract/campaigns.ts';
import { rooms as roomContract } from '../../shared/contract/rooms.ts';
import type { AppError } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { crashingRecords } from '../support/crashing-records.ts';
import { onBothEngines } from '../support/engines.ts';
import { failureOf, openOffice, PASSWORD, secretOf } from '../support/office.ts';

onBothEngines('campaigns', (storage) => {
  const office = () => openOffice(storage().records);
  const asked = (templateId: string, pairs?: { break: string; build: string }[]) => ({
    campaignId: newId(),
    name: '解放思想大讨论',
    slogan: '破难题 立新风',
    sponsor: '教育局',
    templateId,
    ...(pairs ? { pairs } : {}),
  });

  describe('a new campaign', () => {
    it('has the eight rooms of 八破八立, each with its sides and its questions', async () => {
      const at = office();
      const desk = await at.administrator();
      const made = await at.campaigns.handlers.create(await desk.call(), asked('bapobali-2015'));
      expect(contract.create.output.parse(made)).toEqual(made);
      expect(made.phases).toHaveLength(4);
      const rooms = await at.rooms.handlers.list(await desk.call(), made);
      expect(rooms).toHaveLength(8);
      expect(rooms[0]).toMatchObject({
        order: 1,
        break: '破除畏难等靠情绪',
        build: '树立锐意进取意识',
        name: '破除畏难等靠情绪、树立锐意进取意识',
      });
      expect(rooms.every((room) => room.prompts.length === 3)).toBe(true);
      expect(JSON.stringify([made.phases, rooms.map((room) => room.prompts)])).not.toMatch(
        /20\d\d|教科所|河北/,
      );
    });

    it('has two lanes by six work areas in 赶超发展', async () => {
      const at = office();
      const desk = await at.administrator();
      const made = await at.campaigns.handlers.create(await desk.call(), asked('ganchao-2017'));
      const rooms = await at.rooms.handlers.list(await desk.call(), made);
      expect(rooms).toHaveLength(6);
      expect(new Set(rooms.map((room) => `${room.break}|${room.build}`))).toEqual(
        new Set(['短板及原因|建议和对策']),
      );
      expect(JSON.stringify([made.phases, rooms.map((room) => room.prompts)])).not.toMatch(/20\d\d|仙居/);
    });

    it('takes pairs of one’s own, where a side may stand alone and both may not be missing', async () => {
      const at = office();
      const desk = await at.administrator();
      const pairs = [
        { break: '破除等待观望', build: '树立主动作为' },
        { break: '', build: '树立质量意识' },
      ];
      const made = await at.campaigns.handlers.create(await desk.call(), asked('pairs', pairs));
      const rooms = await at.rooms.handlers.list(await desk.call(), made);
      expect(rooms.map((room) => room.name)).toEqual(['破除等待观望、树立主动作为', '树立质量意识']);
      const bad = [
        asked('pairs', [{ break: ' ', build: '' }]),
        asked('pairs'),
        asked('bapobali-2015', pairs),
        asked('no-such-template'),
        asked('pairs', [{ break: '破'.repeat(100), build: '立'.repeat(100) }]),
      ];
      for (const wish of bad) {
        const call = await desk.call();
        expect(await failureOf(at.campaigns.handlers.create(call, wish))).toBe('INVALID_INPUT input.invalid');
      }
      expect(await at.campaigns.handlers.list(await desk.call(), {})).toHaveLength(1);
    });

    it('asked for twice is made once, also when the server dies in between, and is not seen half-made', async () => {
      const at = office();
      const desk = await at.administrator();
      const wish = asked('bapobali-2015');
      for (const writes of [0, 1, 4, 9]) {
        const dying = openOffice(crashingRecords(storage().records, writes));
        await expect(dying.campaigns.handlers.create(await desk.call(), wish)).rejects.toThrow('killed');
        expect(await at.campaigns.handlers.list(await desk.call(), {})).toEqual([]);
        expect(await failureOf(at.campaigns.handlers.get(await desk.call(), wish))).toBe(
          'NOT_FOUND campaign.unknown',
        );
      }
      const made = await at.campaigns.handlers.create(await desk.call(), wish);
      expect(await at.campaigns.handlers.create(await desk.call(), wish)).toEqual(made);
      expect(await at.rooms.handlers.list(await desk.call(), made)).toHaveLength(8);
      const other = at.campaigns.handlers.create(await desk.call(), { ...wish, name: '另一个活动' });
      expect(await failureOf(other)).toBe('CONFLICT id.taken');
    });
  });

  describe('two administrators at once', () => {
    async function both() {
      const at = office();
      const desk = await at.administrator();
      const made = await at.campaign(desk);
      const other = at.browser();
      const secret = secretOf((await at.identity.adminLink('http://board.test:3000')).url);
      const second = { secret, name: '陆远航', login: 'lu', password: PASSWORD };
      await at.identity.handlers.useLink(await other.call(), second);
      return { at, desk, other, made };
    }

    it('editing one campaign: one wins, the other is told who and when', async () => {
      const { at, desk, other, made } = await both();
      const { campaignId, version, phases, slogan, sponsor } = made;
      const edit = { campaignId, version, phases, slogan, sponsor, currentPhase: 1 };
      const [a, b] = [await desk.call(), await other.call()];
      const results = await Promise.allSettled([
        at.campaigns.handlers.edit(a, { ...edit, name: '周敏的名称' }),
        at.campaigns.handlers.edit(b, { ...edit, name: '陆远航的名称' }),
      ]);
      const won = results.find((each) => each.status === 'fulfilled')!.value.name;
      const lost = results.find((each) => each.status === 'rejected')!.reason as AppError;
      expect(lost.failure).toMatchObject({
        code: 'CONFLICT',
        reason: 'edit.late',
        facts: { by: won.replace('的名称', ''), at: '2026-03-18T06:30:00.000Z' },
      });
      expect((await at.campaigns.handlers.get(await desk.call(), made)).name).toBe(won);
      // Who won and never heard of it may send the same again.
      const winner = won.startsWith('周敏') ? desk : other;
      const again = await at.campaigns.handlers.edit(await winner.call(), { ...edit, name: won });
      expect(again).toMatchObject({ name: won, version: version + 1 });
    });

    it('editing one room, one unit, one person: the same', async () => {
      const { at, desk, other, made } = await both();
      const { campaignId } = made;
      const [room] = await at.rooms.handlers.list(await desk.call(), made);
      const fields = room!;
      await at.rooms.handlers.edit(
        await desk.call(),
        roomContract.edit.input.parse({ ...fields, name: '改名一' }),
      );
      const lateRoom = at.rooms.handlers.edit(
        await other.call(),
        roomContract.edit.input.parse({ ...fields, name: '改名二' }),
      );
      expect(await failureOf(lateRoom)).toBe('CONFLICT edit.late');
      const unit = await at.campaigns.handlers.addUnit(await desk.call(), {
        ...{ campaignId, unitId: newId(), name: '第一中学' },
      });
      await at.campaigns.handlers.editUnit(
        await desk.call(),
        contract.editUnit.input.parse({ ...unit, name: '第一高级中学' }),
      );
      const lateUnit = at.campaigns.handlers.editUnit(
        await other.call(),
        contract.editUnit.input.parse({ ...unit, name: '一中' }),
      );
      expect(await failureOf(lateUnit)).toBe('CONFLICT edit.late');
      const person = await at.campaigns.handlers.addPerson(await desk.call(), {
        ...{ campaignId, unitId: unit.unitId, personId: newId(), name: '何清', position: '', level: '' },
      });
      await at.campaigns.handlers.editPerson(
        await desk.call(),
        contract.editPerson.input.parse({ ...person, position: '校长' }),
      );
      const latePerson = at.campaigns.handlers.editPerson(
        await other.call(),
        contract.editPerson.input.parse({
          ...person,
          position: '副校长',
        }),
      );
      expect(await failureOf(latePerson)).toBe('CONFLICT edit.late');
    });
  });

  describe('what is made', () => {
    it('has names of its own: a second unit or person that is called so is refused', async () => {
      const at = office();
      const desk = await at.administrator();
      const { campaignId, unitId } = await at.school(desk);
      const unit = async (name: string, id = newId()) =>
        at.campaigns.handlers.addUnit(await desk.call(), { campaignId, unitId: id, name });
      expect(await failureOf(unit('第一　中学'))).toBe('CONFLICT unit.exists');
      const second = await unit('第二中学');
      expect(await unit('第二中学', second.unitId)).toEqual(second);
      expect(await failureOf(unit('第三中学', second.unitId))).toBe('CONFLICT id.taken');
      const rename = at.campaigns.handlers.editUnit(
        await desk.call(),
        contract.editUnit.input.parse({ ...second, name: '第一中学' }),
      );
      expect(await failureOf(rename)).toBe('CONFLICT unit.exists');
      const person = async (name: string, where: string) =>
        at.campaigns.handlers.addPerson(await desk.call(), {
          ...{ campaignId, personId: newId(), unitId: where, name, position: '', level: '' },
        });
      expect(await failureOf(person('何 清', unitId))).toBe('CONFLICT person.exists');
      const namesake = await person('何清', second.unitId);
      const move = at.campaigns.handlers.editPerson(
        await desk.call(),
        contract.editPerson.input.parse({ ...namesake, unitId }),
      );
      expect(await failureOf(move)).toBe('CONFLICT person.exists');
      expect(await failureOf(person('唐雨', newId()))).toBe('NOT_FOUND unit.unknown');
    });

    it('goes while nothing hangs on it, and not before', async () => {
      const at = office();
      const desk = await at.administrator();
      const { campaignId, unitId, personId } = await at.school(desk);
      const { handlers } = at.campaigns;
      const remove = async (work: (call: Awaited<ReturnType<typeof desk.call>>) => Promise<unknown>) =>
        failureOf(work(await desk.call()));
      const campaign = () => remove((call) => handlers.remove(call, { campaignId }));
      const unit = () => remove((call) => handlers.removeUnit(call, { campaignId, unitId }));
      const person = () => remove((call) => handlers.removePerson(call, { campaignId, personId }));
      expect(await campaign()).toBe('WRONG_STATE campaign.in-use');
      expect(await unit()).toBe('WRONG_STATE unit.in-use');
      at.used.add(personId);
      expect(await person()).toBe('WRONG_STATE person.in-use');
      at.used.clear();
      expect(await person()).toBe('no failure');
      expect(await person()).toBe('NOT_FOUND person.unknown');
      at.used.add(unitId);
      expect(await unit()).toBe('WRONG_STATE unit.in-use');
      at.used.clear();
      expect(await unit()).toBe('no failure');
      const [room] = await at.rooms.handlers.list(await desk.call(), { campaignId });
      at.used.add(room!.roomId);
      expect(await remove((call) => at.rooms.handlers.remove(call, room!))).toBe('WRONG_STATE room.in-use');
      at.used.clear();
      at.used.add(campaignId);
      expect(await campaign()).toBe('WRONG_STATE campaign.in-use');
      at.used.clear();
      expect(await campaign()).toBe('no failure');
      expect(await handlers.list(await desk.call(), {})).toEqual([]);
      expect(await at.rooms.get(room!.roomId)).toBeUndefined();
    });
  });
});
