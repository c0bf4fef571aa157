import { describe, expect, test } from 'vitest';
import { newId } from '../../shared/ids.ts';
import type { DraftEntry } from '../../shared/log.ts';
import {
  at,
  attended,
  by,
  ended,
  ids,
  joined,
  left,
  line,
  log,
  opens,
  printed,
  said,
  scheduled,
  START,
  started,
  talk,
} from '../support/told-log.ts';

describe('the header', () => {
  test('two-character names are opened up in lists and nowhere else', () => {
    const lines = printed(
      log(
        scheduled(),
        joined(-5, '周敏', 'moderator'),
        joined(-4, '何清'),
        started,
        opens(0, talk),
        said(1, newId(), '何清', 'problem', '材料多'),
        ended(30),
      ),
    );
    expect(lines).toContain('主持：周　敏');
    expect(lines).toContain('出席：何　清');
    expect(lines.join('')).toContain('会议由周敏主持。');
    expect(lines.join('')).toContain('材料多。（何清）');
  });

  test('who is on leave is named, why is not; who came after all was there', () => {
    const entries = log(
      scheduled(),
      joined(-5, '周敏', 'moderator'),
      attended(-4, '何清', 'leave', '外出学习'),
      attended(-4, '唐雨', 'leave', '家中有事'),
      started,
      joined(1, '唐雨'),
      ended(30),
    );
    expect(line(entries, '请假')).toBe('请假：何　清');
    expect(line(entries, '出席')).toBe('出席：唐　雨');
    expect(printed(entries).join('')).not.toMatch(/外出学习|家中有事/);
  });

  test('guests stand under 列席 by name, people of other units with their unit', () => {
    const entries = log(
      scheduled(),
      joined(-5, '周敏', 'moderator'),
      joined(-4, '何清'),
      joined(-3, '沈一鸣', 'participant', '教科研二室'),
      joined(-2, '丁宁', 'guest', ''),
      started,
      ended(30),
    );
    expect(line(entries, '出席')).toBe('出席：教科研一室：何　清；教科研二室：沈一鸣');
    expect(line(entries, '列席')).toBe('列席：丁　宁');
    expect(line(entries, '缺席')).toBe('缺席：唐　雨');
  });

  test('a line that drops out is no leaving; who left in so many words and stayed away went early', () => {
    const entries = log(
      scheduled(),
      joined(-5, '周敏', 'moderator'),
      joined(-4, '何清'),
      joined(-4, '唐雨'),
      started,
      joined(12, '沈一鸣'),
      left(20, '何清'),
      left(21, '唐雨'),
      joined(25, '唐雨'),
      ended(60, { lastSeen: [{ personId: ids.沈一鸣!, at: new Date(START + 30 * 60_000).toISOString() }] }),
    );
    expect(line(entries, '到离')).toBe('到离：沈一鸣于14:42到会；何清于14:50离会。');
  });

  test('without a moderator who started it held it; a silent administrator is not printed', () => {
    const entries = log(
      scheduled({ expected: [] }),
      joined(-5, '周敏', 'administrator'),
      joined(-4, '陆远航', 'administrator'),
      started,
      ended(30),
    );
    expect(line(entries, '主持')).toBe('主持：周　敏');
    expect(printed(entries).join('')).not.toContain('陆远航');
  });

  test('an accidental end is no part of the times, a real break is', () => {
    const resumed = (minute: number) => at(minute, { kind: 'resumed', by });
    expect(line(log(scheduled(), started, ended(30), resumed(31), ended(62)), '时间')).toBe(
      '时间：2026年3月18日14:30—15:32',
    );
    expect(line(log(scheduled(), started, ended(30), resumed(90), ended(120)), '时间')).toBe(
      '时间：2026年3月18日14:30—15:00、16:00—16:30',
    );
  });

  test('three hundred people of three units stand by unit', () => {
    const crowd = Array.from({ length: 300 }, (_, n): [number, DraftEntry] => [
      -1,
      {
        kind: 'joined',
        by,
        personId: newId(),
        name: `参会${n}号`,
        unitName: `第${(n % 3) + 1}小学`,
        level: '',
        capacity: 'participant',
      },
    ]);
    const row = line(log(scheduled({ expected: [] }), ...crowd, started, ended(30)), '出席')!;
    expect(row.split('；')).toHaveLength(3);
    expect(row.split('；').map((each) => each.split('　').length)).toEqual([100, 100, 100]);
  });
});
