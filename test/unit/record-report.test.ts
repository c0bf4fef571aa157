import { describe, expect, test } from 'vitest';
import { renderDocx } from '../../server/features/exports/docx.ts';
import { renderMarkdown } from '../../server/features/exports/markdown.ts';
import { recordReport } from '../../server/features/exports/record-report.ts';
import { newId } from '../../shared/ids.ts';
import type { DraftEntry, Entry } from '../../shared/log.ts';
import { parts } from '../support/documents.ts';
import {
  at,
  attended,
  by,
  ended,
  ids,
  joined,
  left,
  log,
  opening,
  opens,
  SESSION,
  said,
  scheduled,
  started,
  talk,
  unit,
} from '../support/told-log.ts';

const MADE = '2026-03-18T08:00:00.000Z';
const report = (entries: Entry[]) => recordReport(SESSION, entries, MADE);
const text = async (entries: Entry[]) => new TextDecoder().decode(await renderMarkdown(report(entries)));
/** The lines of one part, without the blank ones. */
const part = (whole: string, title: string) =>
  (whole.split(`、${title}\n`)[1] ?? '')
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line !== '');

function meeting(): Entry[] {
  const [problem, gone, quiet, decided, struck] = [newId(), newId(), newId(), newId(), newId()];
  const resolution = (id: string, words: string): [number, DraftEntry] =>
    at(20, { kind: 'decided', by, id, text: words, unitName: unit, due: '2026-04-10' });
  const walkIn = joined(-2, '沈一鸣', 'participant', '教科研二室');
  return log(
    scheduled(),
    attended(-30, '唐雨', 'leave', '家中有事'),
    joined(-5, '周敏', 'moderator'),
    joined(-5, '何清'),
    [walkIn[0], { ...walkIn[1], walkIn: true } as DraftEntry],
    started,
    opens(0, opening),
    said(1, newId(), '周敏', 'speech', '先听三位说'),
    opens(5, talk),
    at(6, { kind: 'hand-raised', by: ids.何清!, personId: ids.何清! }),
    at(6, { kind: 'floor-given', by, personId: ids.何清!, seconds: 180 }),
    said(7, problem, '何清', 'problem', '材料多\u000B会议多'),
    at(8, { kind: 'floor-ended', by }),
    said(9, gone, '何清', 'speech', '说错的话'),
    at(10, { kind: 'recalled', by: ids.何清!, messageId: gone }),
    said(10, quiet, '沈一鸣', 'speech', '不该说的话'),
    at(11, { kind: 'hidden', by, messageId: quiet }),
    at(12, { kind: 'problem-accepted', by, messageId: problem, rowId: problem }),
    left(15, '何清'),
    joined(17, '何清'),
    resolution(decided, '减材料'),
    resolution(struck, '撤掉的'),
    at(21, { kind: 'struck', by, recordId: struck, reason: '撤销的理由' }),
    at(22, { kind: 'item-closed', by, itemId: talk }),
    ended(30, {
      rows: [
        { rowId: problem, topic: '', problem: '材料多', cause: '没有人牵头', source: '', withdrawn: false },
      ],
    }),
  );
}

describe('the record of a meeting', () => {
  test('tells everything in its order, with time, name and kind', async () => {
    expect(part(await text(meeting()), '会议经过')).toEqual([
      '14:00　周敏将唐雨登记为请假。',
      '14:25　周敏、何清到会。',
      '14:28　沈一鸣到会。',
      '14:30　周敏宣布会议开始。',
      '### （一）开场',
      '14:31　周敏（发言）：先听三位说',
      '### （二）轮流发言',
      '14:36　请何清发言（限时3分钟，用时2分钟）。',
      '14:37　何清（问题）：材料多',
      '会议多',
      '14:42　周敏将何清14:37的发言列入问题清单。',
      '14:45　何清离会。',
      '14:47　何清返回会议。',
      '14:50　议定：减材料。责任单位：教科研一室；完成时限：2026年4月10日。',
      '14:52　议程“轮流发言”结束。',
      '15:00　周敏宣布会议结束。',
    ]);
  });

  test('then what came of it and who was there', async () => {
    const whole = await text(meeting());
    expect(part(whole, '议定事项')).toEqual(['减材料。责任单位：教科研一室；完成时限：2026年4月10日。']);
    expect(part(whole, '列入清单的问题').at(-1)).toBe('| 1 | 材料多 | 没有人牵头 | 何清 |');
    expect(part(whole, '出席情况').slice(2, 6)).toEqual([
      '| 周敏 | 教科研一室 | 主持 | 14:25 | 15:00 |',
      '| 何清 | 教科研一室 | 出席 | 14:25 | 15:00 |',
      '| 沈一鸣 | 教科研二室 | 出席 | 14:28 | 15:00 |',
      '| 唐雨 | 教科研一室 | 请假 |  |  |',
    ]);
    expect(whole).toContain('**时间：** 2026年3月18日14:30—15:00');
  });

  test('never what was recalled, hidden or struck, why somebody is on leave, or who is on no roster', async () => {
    const forbidden = /说错的话|不该说的话|撤掉的|撤销的理由|家中有事|花名册|walkIn/;
    expect(await text(meeting())).not.toMatch(forbidden);
    expect(parts(await renderDocx(report(meeting())))['word/document.xml']).not.toMatch(forbidden);
    expect(JSON.stringify(report(meeting()))).not.toMatch(forbidden);
  });

  test('who answers for himself is named once, and what is taken back is said so', async () => {
    const [he, tang] = [ids.何清!, ids.唐雨!];
    const answer = (minute: number, hand: string, personId: string, name: string, status: 'leave' | 'none') =>
      at(minute, { kind: 'attended', by: hand, personId, name, unitName: unit, status, reason: '' });
    const lines = part(
      await text(
        log(
          scheduled(),
          answer(-30, he, he, '何清', 'leave'),
          answer(-29, he, he, '何清', 'none'),
          answer(-28, by, tang, '唐雨', 'leave'),
          answer(-27, by, tang, '唐雨', 'none'),
          started,
          ended(10),
        ),
      ),
      '会议经过',
    );
    expect(lines.slice(0, 4)).toEqual([
      '14:00　何清登记为请假。',
      '14:01　何清取消请假。',
      '14:02　周敏将唐雨登记为请假。',
      '14:03　周敏取消唐雨的出席登记。',
    ]);
  });

  test('an item that is opened again goes on, and another day is named', async () => {
    const lines = part(
      await text(
        log(
          scheduled(),
          joined(-1, '周敏', 'moderator'),
          started,
          opens(0, talk),
          opens(5, opening),
          opens(9, talk),
          ended(600),
        ),
      ),
      '会议经过',
    );
    expect(lines).toContain('### （三）轮流发言（续）');
    expect(lines.slice(-2)).toEqual(['2026年3月19日', '0:30　周敏宣布会议结束。']);
  });

  test('of five thousand messages it is made, each once', { timeout: 60_000 }, async () => {
    const many = Array.from({ length: 5000 }, (_, n) => said(1, newId(), '何清', 'speech', `第${n}句`));
    const entries = log(scheduled(), joined(-1, '何清'), started, opens(0, talk), ...many, ended(90));
    const document = parts(await renderDocx(report(entries)))['word/document.xml'] ?? '';
    expect(new Set(document.match(/第\d+句/g)).size).toBe(5000);
  });
});
