import { describe, expect, test } from 'vitest';
import { listReport } from '../../server/features/exports/list-report.ts';
import { renderMarkdown } from '../../server/features/exports/markdown.ts';
import { minutesReport } from '../../server/features/exports/minutes-report.ts';
import { renderPdf } from '../../server/features/exports/pdf.ts';
import type { Block } from '../../server/features/exports/report.ts';
import { merge } from '../../server/features/minutes/merge.ts';
import { composeMinutes } from '../../server/features/minutes/compose.ts';
import type { MinutesView } from '../../shared/contract/minutes.ts';
import { newId } from '../../shared/ids.ts';
import { BLANK_ROW } from '../../shared/problem.ts';
import { hasProgram, pages } from '../support/documents.ts';
import {
  at,
  by,
  ended,
  joined,
  log,
  opens,
  SESSION,
  said,
  scheduled,
  started,
  talk,
  unit,
} from '../support/told-log.ts';

const MADE = '2026-03-18T08:00:00.000Z';

function view(sealed = false): MinutesView {
  const decided = (words: string) =>
    at(3, { kind: 'decided', by, id: newId(), text: words, unitName: unit, due: '2026-04-10' });
  const entries = log(
    scheduled(),
    joined(-5, '周敏', 'moderator'),
    joined(-1, '何清'),
    started,
    opens(0, talk),
    said(1, newId(), '何清', 'problem', '材料多'),
    said(1, newId(), '何清', 'problem', '会议多'),
    said(2, newId(), '何清', 'suggestion', '少开会'),
    decided('每人联系一所学校'),
    decided('按月通报'),
    ended(30),
  );
  return {
    sessionId: SESSION,
    campaignId: newId(),
    title: '第二次线上座谈会',
    paragraphs: merge([], composeMinutes(SESSION, entries)),
    upTo: entries.length,
    version: 1,
    ...(sealed ? { sealed: { at: MADE, by: '周敏', sha256: 'a'.repeat(64) } } : {}),
  };
}
const text = async (minutes: MinutesView) =>
  new TextDecoder().decode(await renderMarkdown(minutesReport(minutes, '2026-03-20T08:00:00.000Z')));

describe('minutes as a file', () => {
  test('have the numbers that the screen shows, level by level', async () => {
    const lines = (await text(view())).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '## 一、轮流发言',
        '### （一）提出的问题',
        '1.材料多。（何清）',
        '2.会议多。（何清）',
        '### （二）意见和建议',
        '少开会。（何清）',
        '## 二、议定事项',
        '（二）按月通报。责任单位：教科研一室；完成时限：2026年4月10日。',
      ]),
    );
  });

  test('say 草稿 until they are sealed, then their checksum and the day of the seal', async () => {
    expect(await text(view())).toMatch(/^> \*\*草稿\*\*/);
    const final = await text(view(true));
    expect(final).not.toContain('草稿');
    expect(final).toContain(`SHA-256）：${'a'.repeat(64)}`);
    expect(minutesReport(view(true), '2026-03-20T08:00:00.000Z').made).toBe(MADE);
  });

  test('never end a page of the PDF with a heading', async () => {
    if (!hasProgram('pdftotext')) return;
    for (let lines = 14; lines < 22; lines++) {
      const filling = Array.from(
        { length: lines },
        (_, n): Block => ({ kind: 'paragraph', text: `第${n}行。` }),
      );
      const report = { ...minutesReport(view(), MADE), facts: [] };
      const blocks: Block[] = [
        ...filling,
        { kind: 'heading', level: 1, text: '一、标题' },
        { kind: 'paragraph', text: '正文。' },
      ];
      for (const page of await pages(await renderPdf({ ...report, blocks }))) {
        const said = page
          .split('\n')
          .map((each) => each.trim())
          .filter((each) => each !== '' && !/^—/.test(each));
        expect(said.at(-1)).not.toBe('一、标题');
      }
    }
  });
});

test('the list has its days as a paper writes them, without what was withdrawn', () => {
  const row = {
    ...BLANK_ROW,
    rowId: newId(),
    order: 'a0',
    problem: '材料多',
    cause: '',
    proposedOn: '2026-03-05',
  };
  const report = listReport(unit, [row, { ...row, withdrawn: true }], new Map(), MADE);
  const table = report.blocks[0] as Extract<Block, { kind: 'table' }>;
  expect(table.rows).toHaveLength(1);
  expect(table.rows[0]).toContain('2026年3月5日');
});
