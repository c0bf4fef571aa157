import { describe, expect, it } from 'vitest';
import {
  agendaSum,
  inserted,
  minutesOf,
  moved,
  overrun,
  usualAgenda,
} from '../../client/features/sessions/agenda.ts';
import { expectedPeople, findPeople } from '../../client/features/sessions/expected.ts';
import { isOwnMachine, joinUrl } from '../../client/features/sessions/invitation.ts';
import { newDraft, settingsOf } from '../../client/features/sessions/session-form.ts';
import { sessionWords } from '../../client/features/sessions/words.ts';
import { findErrors } from '../../client/lib/form.ts';
import { session } from '../../shared/contract/session.ts';
import { newId } from '../../shared/ids.ts';

const titles = {
  opening: '开场',
  round: '轮流发言',
  sorting: '梳理问题',
  closing: '归纳小结',
};
const room = {
  roomId: newId(),
  campaignId: newId(),
  order: 1,
  kind: 'pair' as const,
  name: '破除畏难等靠情绪、树立锐意进取意识',
  break: '破除畏难等靠情绪',
  build: '树立锐意进取意识',
  prompts: [],
  version: 1,
};
const unitId = newId();
const inputOf = (draft: ReturnType<typeof newDraft>) => ({
  campaignId: room.campaignId,
  sessionId: newId(),
  roomId: draft.roomId,
  ...settingsOf(draft),
});
const person = (name: string, unit: string, level = '') => ({
  personId: newId(),
  campaignId: room.campaignId,
  unitId: unit,
  unitName: '教科研一室',
  name,
  position: '',
  level,
  version: 1,
});

describe('the agenda of a new symposium', () => {
  it('has items for what a meeting can do today, which fill the planned hour', () => {
    const items = usualAgenda(titles);
    expect(items.map((item) => item.title)).toEqual(Object.values(titles));
    expect(agendaSum(items)).toBe(60);
    expect(overrun(items, 60)).toBe(0);
    // Cards and ballots come with their own issue: until then no agenda promises them.
    for (const words of [sessionWords.zh, sessionWords.en])
      for (const { title } of usualAgenda(words)) expect(title).not.toMatch(/归并|投票|表决|Grouping|Voting/);
  });

  it('shows by how much it exceeds the plan', () => {
    const items = usualAgenda(titles).map((item, n) => (n === 1 ? { ...item, minutes: '45' } : item));
    expect(overrun(items, 60)).toBe(10);
    expect(overrun(items, 90)).toBe(-20);
  });

  it('reads minutes typed full-width, and nothing else as a number', () => {
    expect(minutesOf(' ３０ ')).toBe(30);
    expect(minutesOf('半小时')).toBeNaN();
    expect(minutesOf('')).toBeNaN();
    expect(agendaSum([{ id: newId(), title: '', minutes: '半小时' }])).toBe(0);
  });

  it('takes what was carried over before the item that closes it, and keeps where it comes from', () => {
    const from = { sessionId: newId(), itemId: newId() };
    const items = inserted(usualAgenda(titles), [{ id: newId(), title: '上次的', minutes: '15', from }]);
    expect(items.map((item) => item.title)).toEqual(['开场', '轮流发言', '梳理问题', '上次的', '归纳小结']);
    expect(inserted(['甲'], ['乙'])).toEqual(['甲', '乙']);
    const input = inputOf({ ...newDraft(room, unitId, sessionWords.zh), agenda: items });
    expect(session.create.input.parse(input).agenda[3]).toMatchObject({ title: '上次的', minutes: 15, from });
  });

  it('moves an item by one place and leaves the ends where they are', () => {
    expect(moved(['甲', '乙', '丙'], 1, -1)).toEqual(['乙', '甲', '丙']);
    expect(moved(['甲', '乙', '丙'], 2, 1)).toEqual(['甲', '乙', '丙']);
  });
});

describe('the form of a session', () => {
  it('is named after its room and can be sent as it opens', () => {
    const draft = newDraft(room, unitId, sessionWords.zh);
    expect(draft.title).toBe('“破除畏难等靠情绪、树立锐意进取意识”座谈会');
    expect(findErrors(session.create.input, inputOf(draft))).toEqual({});
  });

  it('names each field at fault by its path', () => {
    const draft = newDraft(room, '', sessionWords.zh);
    draft.title = ' ';
    draft.day = '';
    draft.plannedMinutes = '很久';
    draft.agenda[1]!.title = '长'.repeat(121);
    draft.agenda[2]!.minutes = '0';
    const errors = findErrors(session.create.input, inputOf(draft));
    expect(errors).toMatchObject({
      title: { reason: 'text.empty' },
      plannedAt: { reason: 'time.form' },
      plannedMinutes: { reason: 'field.invalid' },
      unitId: { reason: 'id.form' },
      'agenda.1.title': { reason: 'text.long', facts: { max: 120 } },
      'agenda.2.minutes': { reason: 'field.invalid' },
    });
  });

  it('expects everybody of a unit and who was chosen besides, each once', () => {
    const other = newId();
    const roster = [person('何清', unitId), person('唐雨', other), person('罗文', other)];
    const chosen = expectedPeople(roster, {
      units: [unitId],
      people: [roster[0]!.personId, roster[1]!.personId],
    });
    expect(chosen.map((each) => each.name)).toEqual(['何清', '唐雨']);
  });

  it('finds people by name however blanks are set, and by level', () => {
    const roster = [person('罗文', unitId, '骨干'), person('何清', unitId, '中层')];
    expect(findPeople(roster, '罗　文', '').map((each) => each.name)).toEqual(['罗文']);
    expect(findPeople(roster, '', '中层').map((each) => each.name)).toEqual(['何清']);
    expect(findPeople(roster, '教科研', '骨干')).toHaveLength(1);
  });
});

describe('an invitation', () => {
  it('leads to the door of its code', () => {
    expect(joinUrl('482913', 'http://192.168.1.20:3000')).toBe('http://192.168.1.20:3000/j/482913');
  });

  it('is useless to phones when it names this very machine', () => {
    expect(isOwnMachine('http://localhost:3000/j/482913')).toBe(true);
    expect(isOwnMachine('http://127.0.0.1/j/482913')).toBe(true);
    expect(isOwnMachine('http://localhost.example.cn/j/482913')).toBe(false);
    expect(isOwnMachine('http://192.168.1.20:3000/j/482913')).toBe(false);
  });
});
