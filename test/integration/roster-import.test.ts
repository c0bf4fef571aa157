import { describe, expect, it } from 'vitest';
import { campaigns as contract } from '../../shared/contract/campaigns.ts';
import { newId } from '../../shared/ids.ts';
import { crashingRecords } from '../support/crashing-records.ts';
import { onBothEngines } from '../support/engines.ts';
import { failureOf, openOffice } from '../support/office.ts';
import { book } from '../support/roster-book.ts';

const csv = (...lines: string[]) => new TextEncoder().encode(['单位,姓名,职务,层级', ...lines].join('\n'));
const FILE = csv(
  '第一中学,何清,副校长,校级领导干部',
  '第一中学,唐雨,教师,普通教师',
  '第二中学,沈一鸣,教师,普通教师',
);

onBothEngines('a roster from a file', (storage) => {
  async function opened() {
    const at = openOffice(storage().records);
    const desk = await at.administrator();
    const { campaignId, personId } = await at.school(desk);
    type Given = { file?: Uint8Array; importId?: string; apply?: boolean; chosen?: string };
    const send = async (given: Given = {}, to = at) => {
      const { file = FILE, importId = newId(), apply = true, chosen } = given;
      const input = { campaignId, importId, fileName: '花名册.csv', apply, ...(chosen ? { chosen } : {}) };
      const answer = await to.campaigns.handlers.importRoster(await desk.call(), input, file);
      return contract.importRoster.output.parse(answer);
    };
    const people = async (from = at) =>
      (await from.campaigns.handlers.people(await desk.call(), { campaignId })).map(
        (person) => `${person.unitName} ${person.name} ${person.position}`,
      );
    return { at, desk, campaignId, personId, send, people };
  }

  const ALL = ['第一中学 何清 副校长', '第一中学 唐雨 教师', '第二中学 沈一鸣 教师'];

  it('is shown before anything is stored', async () => {
    const { send, people } = await opened();
    const preview = await send({ apply: false });
    expect(preview).toMatchObject({ applied: false, problems: [] });
    expect(preview.rows.map((row) => row.known)).toEqual([true, false, false]);
    expect(await people()).toEqual(['第一中学 何清 教导主任']);
  });

  it('adds units and people, and says of those known what the file says', async () => {
    const { at, campaignId, personId, send, people } = await opened();
    expect((await send()).applied).toBe(true);
    expect(await people()).toEqual(ALL);
    expect((await at.identity.person(personId))?.level).toBe('校级领导干部');
    expect((await at.campaigns.roster(campaignId)).map((person) => person.name)).toEqual([
      '何清',
      '唐雨',
      '沈一鸣',
    ]);
  });

  it('takes in who had walked in before, as the same person', async () => {
    const { at, campaignId, send } = await opened();
    const unit = await at.campaigns.unitCalled(campaignId, '第一中学');
    const typed = { campaignId, unitId: unit!.unitId, unitName: '', name: '唐雨' };
    const { id } = await at.identity.ensureWalkIn(typed);
    expect(await at.campaigns.roster(campaignId)).toHaveLength(1);
    await send();
    const known = (await at.campaigns.roster(campaignId)).find((person) => person.name === '唐雨');
    expect(known?.personId).toBe(id);
  });

  it('with a fault is not imported at all', async () => {
    const { send, people } = await opened();
    const bad = [
      csv('第一中学,唐雨,教师,', '第二中学,,教师,'),
      csv('第二中学,唐雨,教师,', '第二中学,唐雨,校长,'),
      csv(`第二中学,${'雨'.repeat(61)},,`),
      new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]),
      new Uint8Array(),
    ];
    for (const file of bad) {
      const answer = await send({ file });
      expect(answer.applied).toBe(false);
      expect(answer.problems.length).toBeGreaterThan(0);
    }
    expect(await people()).toEqual(['第一中学 何清 教导主任']);
  });

  it('sent twice is imported once, and another file under the same id is refused', async () => {
    const { send, people } = await opened();
    const importId = newId();
    const [first, second] = await Promise.all([send({ importId }), send({ importId })]);
    expect(second.applied).toBe(true);
    expect(await send({ importId })).toMatchObject({ applied: true, rows: first.rows });
    expect(await people()).toEqual(ALL);
    expect(await failureOf(send({ importId, file: csv('第三中学,周敏,,') }))).toBe(
      'CONFLICT import.other-file',
    );
  });

  it('takes the sheets that the office chooses, in their order, and says what was left', async () => {
    const { send, people } = await opened();
    const sheet = (name: string, ...names: string[]) => ({
      name,
      rows: [['单位', '姓名', '职务'], ...names.map((one) => ['第一中学', one, '教师'])],
    });
    const file = book(sheet('高中', '唐雨', '陆川'), sheet('初中', '周敏'), {
      ...sheet('旧', '沈一鸣'),
      state: 'hidden',
    });
    const importId = newId();
    const preview = await send({ file, importId, apply: false, chosen: '-sheet2,+sheet3' });
    expect(preview.rows.map((row) => [row.sheet, row.line, row.name])).toEqual([
      ['高中', 2, '唐雨'],
      ['高中', 3, '陆川'],
      ['旧', 2, '沈一鸣'],
    ]);
    expect(preview.choices?.map(({ kind, taken }) => [kind, taken])).toEqual([
      ['sheet', true],
      ['sheet', false],
      ['hidden-sheet', true],
    ]);
    expect(preview.cells).toEqual({ read: 9, left: 12, problems: 0 });
    await send({ file, importId, chosen: '-sheet2,+sheet3' });
    expect((await people()).slice(1)).toEqual(
      ['唐雨', '陆川', '沈一鸣'].map((one) => `第一中学 ${one} 教师`),
    );
    expect(await failureOf(send({ file, importId }))).toBe('CONFLICT import.other-file');
  });

  describe('when the server dies', () => {
    // Writes of one import: the batch, 何清, 唐雨, 第二中学, 沈一鸣, done.
    it.each([0, 1, 2, 3, 4, 5])('after %i writes it is finished at the next start', async (writes) => {
      const { at, campaignId, send, people } = await opened();
      const dying = openOffice(crashingRecords(storage().records, writes));
      const importId = newId();
      await expect(send({ importId }, dying)).rejects.toThrow('killed');
      const seen = await people();
      expect(seen).toHaveLength(1);
      expect(await at.campaigns.roster(campaignId)).toHaveLength(1);

      const next = openOffice(storage().records);
      expect(await next.campaigns.resumeImports()).toBe(writes === 0 ? 0 : 1);
      expect(await people(next)).toEqual(writes === 0 ? seen : ALL);
      expect(await next.campaigns.resumeImports()).toBe(0);
      expect((await send({ importId }, next)).applied).toBe(true);
      expect(await people(next)).toEqual(ALL);
    });
  });

  it('has a template that can be filled in and read back', async () => {
    const { at, desk, campaignId } = await opened();
    const file = await at.campaigns.handlers.rosterTemplate(await desk.call(), { campaignId });
    expect(file.name).toMatch(/\.xlsx$/);
    const bytes = await file.make();
    expect(Array.from(bytes.slice(0, 2))).toEqual([0x50, 0x4b]);
  });
});
