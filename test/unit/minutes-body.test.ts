import { describe, expect, test } from 'vitest';
import { newId } from '../../shared/ids.ts';
import {
  at,
  by,
  ended,
  ids,
  joined,
  log,
  opening,
  opens,
  printed,
  said,
  scheduled,
  started,
  talk,
  unit,
} from '../support/told-log.ts';

describe('the body', () => {
  test('items in which nobody spoke are told in one line and make no section', () => {
    const lines = printed(
      log(
        scheduled(),
        started,
        opens(0, opening),
        opens(5, talk),
        at(5, { kind: 'floor-given', by, personId: ids.何清!, seconds: 180 }),
        at(8, { kind: 'floor-ended', by }),
        joined(0, '何清'),
        opens(10, opening),
        ended(20),
      ),
    );
    expect(lines).toContain('会议先后进行了开场（15分钟）、轮流发言（5分钟）2项议程。');
    expect(lines).toContain('一、轮流发言');
    expect(lines.filter((each) => each.includes('开场'))).toHaveLength(1);
  });

  test('a problem taken up is told once, in the list, as it stood at the end', () => {
    const [one, two, three] = [newId(), newId(), newId()];
    const row = (rowId: string, problem: string, withdrawn = false) => ({
      rowId,
      topic: '',
      problem,
      cause: '没有人牵头',
      source: '',
      withdrawn,
    });
    const accepted = (messageId: string) =>
      at(4, { kind: 'problem-accepted', by, messageId, rowId: messageId });
    const lines = printed(
      log(
        scheduled(),
        joined(-1, '何清'),
        started,
        opens(0, talk),
        said(1, one, '何清', 'problem', '课题申报靠科室催'),
        said(1, two, '何清', 'problem', '材料多，'),
        said(1, three, '何清', 'problem', '不该说的'),
        accepted(one),
        accepted(two),
        accepted(three),
        at(5, { kind: 'hidden', by, messageId: three }),
        ended(20, { rows: [row(one, '课题申报质量低'), row(two, '材料多', true), row(three, '不该说的')] }),
      ),
    );
    expect(lines).toContain('课题申报质量低。原因：没有人牵头。（何清提出）');
    expect(lines).toContain('材料多。（何清）');
    expect(lines.join('')).not.toMatch(/课题申报靠科室催|不该说的/);
    expect(lines).toContain('会议梳理出问题1条，列入教科研一室问题清单：');
  });

  test('only recorded decisions are printed as such, struck ones never; numbers close up', () => {
    const [one, two, three] = [newId(), newId(), newId()];
    const decided = (id: string, words: string) =>
      at(3, { kind: 'decided', by, id, text: words, unitName: unit, due: '2026-04-10' });
    const lines = printed(
      log(
        scheduled(),
        joined(-1, '何清'),
        started,
        opens(0, talk),
        said(1, newId(), '何清', 'suggestion', '会议决定放假一天'),
        decided(one, '每人联系一所学校'),
        decided(two, '撤掉的'),
        decided(three, '实行“三个一”'),
        at(4, { kind: 'struck', by, recordId: two, reason: '' }),
        ended(20),
      ),
    );
    const from = lines.indexOf('二、议定事项');
    expect(lines.slice(from, from + 3)).toEqual([
      '二、议定事项',
      '（一）每人联系一所学校。责任单位：教科研一室；完成时限：2026年4月10日。',
      '（二）实行“三个一”。责任单位：教科研一室；完成时限：2026年4月10日。',
    ]);
    expect(lines.join('')).not.toContain('撤掉的');
  });

  test('a decision may name somebody and no date, and an action no date: the sentence ends where the words do', () => {
    const told = { kind: 'decided', by, unitName: unit, text: '减材料' } as const;
    const lines = printed(
      log(
        scheduled(),
        started,
        at(3, { ...told, id: newId() }),
        at(3, { ...told, id: newId(), ownerId: newId(), ownerName: '何清' }),
        at(3, { ...told, id: newId(), ownerName: '外聘专家', due: '2026-04-10' }),
        at(4, { kind: 'assigned', by, id: newId(), text: '写方案', ownerName: '何清' }),
        ended(20),
      ),
    );
    const from = lines.indexOf('一、议定事项');
    expect(lines.slice(from + 1, from + 6)).toEqual([
      '（一）减材料。责任单位：教科研一室。',
      '（二）减材料。责任单位：教科研一室；责任人：何清。',
      '（三）减材料。责任单位：教科研一室；责任人：外聘专家；完成时限：2026年4月10日。',
      '二、工作分工',
      '写方案。责任人：何清。',
    ]);
  });

  test('what was left over is said as the last end left it', () => {
    const lines = printed(
      log(
        scheduled(),
        started,
        opens(0, opening),
        ended(5, { carryOver: [opening, talk] }),
        at(6, { kind: 'resumed', by }),
        at(9, { kind: 'item-closed', by, itemId: opening }),
        ended(10, { carryOver: [talk] }),
      ),
    );
    expect(lines.slice(-2)).toEqual(['一、未完议程', '“轮流发言”本次未进行，转入下次会议。']);
  });

  test('a meeting without a word announces nothing', () => {
    const lines = printed(log(scheduled({ agenda: [] }), started, ended(5)));
    expect(lines.at(-1)).toBe(
      '3月18日，教科研一室围绕“破除畏难等靠情绪、树立锐意进取意识”召开第二次线上座谈会。会议由周敏主持。会议未形成发言和议定事项记录。',
    );
  });
});
