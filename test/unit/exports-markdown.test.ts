import { describe, expect, it } from 'vitest';
import { escapeMarkdown, renderMarkdown } from '../../server/features/exports/markdown.ts';
import { listReport, minutesReport } from '../support/documents.ts';

const text = async (report: Parameters<typeof renderMarkdown>[0]) =>
  new TextDecoder().decode(await renderMarkdown(report));

describe('minutes in Markdown', () => {
  it('have the title, the labelled lines, the levels and the table', async () => {
    const lines = (await text(minutesReport({ subject: '教科研一室' }))).split('\n');
    expect(lines.slice(0, 7)).toEqual([
      '# 第二次线上座谈会会议纪要',
      '',
      '教科研一室',
      '',
      '**时间：** 2026年3月18日 14:30—15:32\\',
      '**主持人：** 周　敏\\',
      '**列席人员：** 陆远航　何　清',
    ]);
    for (const line of [
      '## 一、查摆的问题',
      '### （一）教研下沉不够',
      '#### 1\\. 听课少',
      '| 序号 | 事项 |',
      '| :-: | --- |',
      '| 2 |  |',
    ])
      expect(lines).toContain(line);
  });

  it('begin with 草稿 only while they are a draft', async () => {
    expect(await text(minutesReport({ draft: true }))).toMatch(/^> \*\*草稿\*\*\n\n# /);
    expect(await text(minutesReport())).not.toContain('草稿');
    expect(await text(minutesReport({ draft: true, language: 'en' }))).toMatch(/^> \*\*DRAFT 草稿\*\*/);
  });

  it('read as they were written', () => {
    expect(escapeMarkdown('# 一')).toBe('\\# 一');
    expect(escapeMarkdown('- 一')).toBe('\\- 一');
    expect(escapeMarkdown('1. 一')).toBe('1\\. 一');
    expect(escapeMarkdown('2026年3月5日 98.71%')).toBe('2026年3月5日 98.71%');
    expect(escapeMarkdown('*a* _b_ `c` [d](e) <script> &amp; a|b ~~f~~ \\')).toBe(
      '\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<script\\> \\&amp; a\\|b \\~\\~f\\~\\~ \\\\',
    );
  });

  it('keep a cell in its row whatever stands in it', async () => {
    const columns = [{ label: '甲|乙', share: 1 }];
    const blocks = [{ kind: 'table' as const, columns, rows: [['一\r\n二 | 三\u0007'], ['']] }];
    const lines = (await text(listReport(0, { blocks }))).split('\n').filter((line) => line.startsWith('|'));
    expect(lines).toEqual(['| 甲\\|乙 |', '| --- |', '| 一<br>二 \\| 三 |', '|  |']);
  });
});
