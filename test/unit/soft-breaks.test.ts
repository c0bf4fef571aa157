import readXlsx from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { renderDocx } from '../../server/features/exports/docx.ts';
import { listReport } from '../../server/features/exports/list-report.ts';
import { renderMarkdown } from '../../server/features/exports/markdown.ts';
import { renderPdf } from '../../server/features/exports/pdf.ts';
import { renderXlsx } from '../../server/features/exports/xlsx.ts';
import { newId } from '../../shared/ids.ts';
import { linesOf } from '../../shared/line-breaks.ts';
import { BLANK_ROW } from '../../shared/problem.ts';
import { fold } from '../../shared/reduce.ts';
import { hasProgram, minutesReport, pages, parts } from '../support/documents.ts';
import { log, SESSION, said, scheduled, started } from '../support/told-log.ts';

const BREAKS = ['\n', '\r\n', '\r', '\u000B', '\u000C', '\u0085', '\u2028', '\u2029'];
const LINES = BREAKS.map((_, at) => `第${at}行`).concat('末行');
/** Every kind of break once, each between two lines of its own. */
const TEXT = BREAKS.map((mark, at) => `第${at}行${mark}`).join('') + '末行';
const report = () => minutesReport({ blocks: [{ kind: 'paragraph', text: TEXT }] });

describe('a break that a program before ours knew', () => {
  test('is a line break of the room, for every page that shows a message', () => {
    const id = newId();
    const state = fold(SESSION, log(scheduled(), started, said(1, id, '何清', 'problem', TEXT)));
    expect(state.messages[id]?.body).toBe(LINES.join('\n'));
    expect(linesOf(TEXT)).toEqual(LINES);
  });

  test('begins a paragraph in DOCX', async () => {
    const document = parts(await renderDocx(report()))['word/document.xml'] ?? '';
    const paragraphs = document.split('</w:p>').map((each) => each.replace(/<[^>]+>/g, ''));
    expect(paragraphs.filter((each) => LINES.includes(each))).toEqual(LINES);
  });

  test('begins a paragraph in Markdown', async () => {
    const text = new TextDecoder().decode(await renderMarkdown(report()));
    expect(text).toContain(LINES.join('\n\n'));
  });

  test.skipIf(!hasProgram('pdftotext'))('begins a line in PDF (needs pdftotext)', async () => {
    const text = (await pages(await renderPdf(report()))).join('\n');
    const lines = text.split('\n').map((line) => line.trim());
    expect(lines.filter((line) => LINES.includes(line))).toEqual(LINES);
  });

  test('begins a line in a cell of XLSX', async () => {
    const row = { rowId: newId(), ...BLANK_ROW, problem: TEXT, cause: '', order: 'a0' };
    const file = await renderXlsx(listReport('教科研一室', [row], new Map(), '2026-03-18T08:00:00.000Z'));
    const rows = (await readXlsx(Buffer.from(file)))[0]?.data ?? [];
    expect(rows.at(-1)?.[2]).toBe(LINES.join('\n'));
  });
});
