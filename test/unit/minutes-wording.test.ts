import { describe, expect, test } from 'vitest';
import { phrase, plain, quoted, sentence, spokenOf } from '../../server/features/minutes/wording.ts';
import { newId } from '../../shared/ids.ts';
import {
  at,
  by,
  ended,
  joined,
  log,
  opens,
  printed,
  said,
  scheduled,
  started,
  talk,
  unit,
} from '../support/told-log.ts';

describe('sentences of the minutes, read aloud', () => {
  test.each([
    ['材料多', '材料多。'],
    ['材料多，', '材料多。'],
    ['材料多。。', '材料多。'],
    ['材料多。；', '材料多。'],
    ['材料多。 。', '材料多。'],
    ['为什么？。', '为什么？'],
    ['以后再说……', '以后再说……'],
    ['以后再说……。', '以后再说……'],
    ['他说：“好。”', '他说：“好。”'],
    ['实行“三个一”', '实行“三个一”。'],
    ['See the list.', 'See the list.'],
    ['', ''],
  ])('%s ends with one mark', (text, want) => {
    expect(sentence(text)).toBe(want);
  });

  test('a quotation is not quoted twice, marks inside become single ones', () => {
    expect(quoted('轮流发言。')).toBe('“轮流发言”');
    expect(quoted('“轮流发言”')).toBe('“轮流发言”');
    expect(quoted('《实施方案》')).toBe('《实施方案》');
    expect(quoted('谈“等靠要”')).toBe('“谈‘等靠要’”');
    expect(quoted('“破”与“立”')).toBe('“‘破’与‘立’”');
    expect(spokenOf('破“等靠要”、立“敢为先”')).toBe('破“等靠要”、立“敢为先”');
    expect(spokenOf('教师队伍建设')).toBe('“教师队伍建设”');
    expect(phrase('开场。')).toBe('开场');
  });

  test('the kind is not said again by the words', () => {
    expect(plain('问题：材料多', 'problem')).toBe('材料多');
    expect(plain('存在问题: 问题：材料多', 'problem')).toBe('材料多');
    expect(plain('问题在于材料多', 'problem')).toBe('问题在于材料多');
    expect(plain('问题：', 'problem')).toBe('问题：');
    expect(plain('意见建议：少开会', 'suggestion')).toBe('少开会');
    expect(plain('小结：三点', 'summary')).toBe('三点');
    expect(plain('原因剖析：没有人牵头', 'cause')).toBe('没有人牵头');
  });

  test('so they stand in the minutes', () => {
    const decided = newId();
    const lines = printed(
      log(
        scheduled({
          topic: { name: '', break: '破“等靠要”', build: '立“敢为先”' },
          title: `${unit}座谈会。`,
        }),
        joined(-1, '周敏', 'moderator'),
        joined(-1, '何清'),
        started,
        opens(0, talk),
        said(1, newId(), '何清', 'problem', '问题：材料多。。'),
        said(1, newId(), '何清', 'problem', '会议多'),
        said(2, newId(), '周敏', 'summary', '小结：先减材料'),
        at(3, {
          kind: 'decided',
          by,
          id: decided,
          text: '会议决定：减材料',
          unitName: unit,
          due: '2026-04-10',
        }),
        ended(20),
      ),
    );
    expect(lines).toContain(
      `3月18日，围绕破“等靠要”、立“敢为先”召开${unit}座谈会。会议由周敏主持。现将会议情况纪要如下：`,
    );
    expect(lines).toContain('1.材料多。（何清）');
    expect(lines).toContain('周敏小结：先减材料。');
    expect(lines.join('')).toContain('减材料。责任单位');
    expect(lines.join('')).not.toMatch(/“‘|。。|问题：|小结：小结|决定：/);
  });

  test('a title that names the theme is enough', () => {
    const title = '破除畏难等靠情绪、树立锐意进取意识座谈会';
    const lines = printed(log(scheduled({ title, agenda: [] }), started, ended(5)));
    expect(lines.at(-1)).toBe(`3月18日，${unit}召开${title}。会议由周敏主持。会议未形成发言和议定事项记录。`);
  });
});
