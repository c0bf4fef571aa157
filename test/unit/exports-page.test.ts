import { describe, expect, it } from 'vitest';
import { emWidth, evenLabels, titleLines } from '../../server/features/exports/page.ts';
import { oneLine, printable } from '../../server/features/exports/printable.ts';

describe('a title', () => {
  it('stays in one line while it fits', () => {
    expect(titleLines('第二次线上座谈会会议纪要', 20)).toEqual(['第二次线上座谈会会议纪要']);
  });

  it('is broken between words into lines of about one width', () => {
    const lines = titleLines('关于破畏难等靠情绪立锐意进取意识第二次线上座谈会的会议纪要', 20);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(emWidth(line)).toBeLessThanOrEqual(20);
    expect(Math.abs(emWidth(lines[0] ?? '') - emWidth(lines[1] ?? ''))).toBeLessThanOrEqual(4);
    const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(lines.join(''))];
    expect(words.map((w) => w.index)).toContain(lines[0]?.length);
  });

  it('never begins a line with a closing mark and loses nothing', () => {
    for (let n = 20; n < 60; n++) {
      const title = `${'关于召开'.repeat(15).slice(0, n)}（草案）、《意见》的通知`;
      const lines = titleLines(title, 20);
      expect(lines.join('')).toBe(title);
      for (const line of lines) expect(line).not.toMatch(/^[）》、]/);
    }
  });
});

describe('labels', () => {
  it('are opened up so that their colons stand under each other', () => {
    expect(evenLabels(['时间', '主持人', '列席人员'])).toEqual([
      { text: '时间', gap: 2 },
      { text: '主持人', gap: 0.5 },
      { text: '列席人员', gap: 0 },
    ]);
    expect(evenLabels(['Time', 'Chair'])).toEqual([
      { text: 'Time', gap: 0 },
      { text: 'Chair', gap: 0 },
    ]);
  });
});

describe('text that may stand in a file', () => {
  it('has one kind of line break and nothing that XML forbids', () => {
    expect(printable('甲\r\n乙\u2028丙\uFFFF\u202E丁\t戊')).toBe('甲\n乙\n丙丁 戊');
    // Word's end of a cell and its separators stood between words.
    expect(printable('one\u0007two\u0000\u001Cthree')).toBe('one two three');
    expect(printable('连\u001F字')).toBe('连字');
    expect(printable('\uD842\uDFB7\uD842')).toBe('𠮷');
    expect(oneLine(' 甲 \n 乙 ')).toBe('甲 乙');
  });
});
