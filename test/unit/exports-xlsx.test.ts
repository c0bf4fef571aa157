import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { listReport as problems } from '../../server/features/exports/list-report.ts';
import { wrapped } from '../../server/features/exports/xlsx-lines.ts';
import { renderXlsx } from '../../server/features/exports/xlsx.ts';
import { newId } from '../../shared/ids.ts';
import { BLANK_ROW } from '../../shared/problem.ts';
import { HOSTILE, hasProgram, listReport, minutesReport, pages, parts, toPdf } from '../support/documents.ts';

const converts = hasProgram('soffice') && hasProgram('pdftotext');

async function cells(file: Uint8Array) {
  return (await readXlsx(Buffer.from(file)))[0]?.data ?? [];
}

/** A list of one column, with these cells. */
function oneColumn(...texts: string[]) {
  const columns = [{ label: '内容', share: 1 }];
  return listReport(0, { blocks: [{ kind: 'table', columns, rows: texts.map((text) => [text]) }] });
}

describe('a list in Excel', () => {
  it('has its title, its header and its rows, every cell as text', async () => {
    const file = await renderXlsx(listReport(2, { subject: '填报单位：教科研一室' }));
    const [title, subject, header, ...rows] = await cells(file);
    expect([title?.[0], subject?.[0]]).toEqual(['问题清单', '填报单位：教科研一室']);
    expect(header).toEqual(['序号', '具体问题（表现）', '认领人']);
    expect(rows.map((row) => [row[0], row[2]])).toEqual([
      ['1', null],
      ['2', '何　清'],
    ]);
  });

  it('keeps telephone numbers, leading zeros, formulas and letters that look escaped as they were written', async () => {
    const texts = ['13800001111', '007', '=1+1', '_x0041_', '甲\n乙', '2026-03-18', '1E5'];
    const rows = await cells(await renderXlsx(oneColumn(...texts)));
    const stored = parts(await renderXlsx(oneColumn(...texts)))['xl/sharedStrings.xml'] ?? '';
    expect(rows.slice(2).map((row) => row[0])).toEqual(texts);
    expect(stored).toContain('<t>_x005F_x0041_</t>');
  });

  it('prints on A4 across, as wide as the page, with the header row frozen and on every page', async () => {
    const found = parts(await renderXlsx(listReport(50, { subject: '教科研一室' })));
    const sheet = found['xl/worksheets/sheet1.xml'] ?? '';
    expect(sheet).toContain(
      '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    );
    expect(sheet).toContain('<pageSetUpPr fitToPage="1"/>');
    expect(sheet).toMatch(/<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"\/>/);
    expect(found['xl/workbook.xml']).toContain("'问题清单'!$3:$3</definedName>");
    expect(found['xl/styles.xml']).toContain('wrapText="1"');
  });

  it('says 草稿 in its title and on every printed page while it is a draft', async () => {
    const draft = await renderXlsx(listReport(1, { draft: true }));
    expect((await cells(draft))[0]?.[0]).toBe('问题清单（草稿）');
    expect(parts(draft)['xl/worksheets/sheet1.xml']).toContain('<oddHeader>&amp;R草稿</oddHeader>');
    expect(parts(await renderXlsx(listReport(1)))['xl/worksheets/sheet1.xml']).not.toContain('草稿');
  });

  it('is the same bytes for the same report', async () => {
    const [one, two] = [await renderXlsx(listReport(5)), await renderXlsx(listReport(5))];
    expect(Buffer.compare(one, two)).toBe(0);
  });

  it('holds whatever people paste, and a title that no sheet may have', async () => {
    const file = await renderXlsx({ ...oneColumn(HOSTILE, '', 'x'.repeat(40_000)), title: "[a]:*?/\\'" });
    const rows = await cells(file);
    expect(String(rows[2]?.[0])).toMatch(/^甲 乙丙丁 𠮷😀 <w:b>&amp;]]> a/);
    const letters = rows.slice(4).map((row) => String(row[0]).replace('（续）', ''));
    expect(letters.join('').replace(/[^x]/g, '')).toHaveLength(40_000);
    // biome-ignore lint: the control characters are the point
    for (const text of Object.values(parts(file)))
      expect(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/.test(text)).toBe(false);
  });

  it('takes minutes too', async () => {
    const rows = await cells(await renderXlsx(minutesReport()));
    const texts = rows.map((row) => row[0]);
    expect(texts).toContain('主持人：周　敏');
    expect(texts).toContain('一、查摆的问题');
  });

  it.skipIf(!converts)(
    'opens: 草稿 and the header row on every page of 300 rows',
    { timeout: 120_000 },
    async () => {
      const printed = await pages(await toPdf(await renderXlsx(listReport(300, { draft: true })), 'xlsx'));
      expect(printed.length).toBeGreaterThan(3);
      for (const page of printed) {
        expect(page).toContain('草稿');
        expect(page).toContain('认领人');
      }
      expect(printed.at(-1)).toMatch(/\b300\b/);
    },
  );
});

describe('a cell longer than the highest row', () => {
  const letters = (n: number) =>
    Array.from({ length: n }, (_, i) => String.fromCodePoint(0x4e00 + (i % 400))).join('');
  const heights = (file: Uint8Array) =>
    [...(parts(file)['xl/worksheets/sheet1.xml'] ?? '').matchAll(/ ht="([\d.]+)"/g)].map(([, ht]) =>
      Number(ht),
    );

  it('goes on in further rows that say so; what stood beside it stays beside its beginning', async () => {
    const columns = [
      { label: '序号', share: 1 },
      { label: '内容', share: 6 },
      { label: '状态', share: 2 },
    ];
    const long = letters(5000);
    const rows = [
      ['1', '短', '待认领'],
      ['2', long, '已确认'],
      ['3', '短', '待认领'],
    ];
    const file = await renderXlsx(listReport(0, { blocks: [{ kind: 'table', columns, rows }] }));
    const found = (await cells(file)).slice(2).map((row) => row.map((each) => each ?? ''));
    expect(found.filter((row) => row[2] !== '')).toHaveLength(3);
    const own = found.slice(1, -1);
    expect(own.length).toBeGreaterThan(4);
    expect(own.map((row) => row[0])).toEqual(['2', ...own.slice(1).map(() => '2（续）')]);
    expect(own.map((row) => row[1]).join('')).toBe(long);
    expect(own[0]?.[2]).toBe('已确认');
    expect(Math.max(...heights(file))).toBeLessThanOrEqual(409);
    expect(parts(file)['xl/workbook.xml']).toContain('$2:$2</definedName>');
  });

  it('is divided between letters and words, never inside one', () => {
    const text = `${'一段话，'.repeat(300)}${'word '.repeat(400)}${'𠮷e\u0301'.repeat(300)}\n末行`;
    const lines = wrapped(text, 25);
    expect(lines.join('')).toBe(text);
    for (const line of lines) {
      expect(line).not.toMatch(/^[ord]|^\u0301|^[\uDC00-\uDFFF]/);
      expect([...line.matchAll(/[^!-~\s\p{M}]/gu)].length).toBeLessThanOrEqual(11);
    }
    expect(wrapped('a'.repeat(100), 10).length).toBeGreaterThan(15);
  });

  it.skipIf(!converts)('shows every letter in print', { timeout: 120_000 }, async () => {
    const row = { rowId: newId(), ...BLANK_ROW, problem: letters(700), cause: letters(1600), order: 'a0' };
    const more = {
      ...row,
      rowId: newId(),
      problem: `${'超长的外文Internationalization'.repeat(40)}`,
      cause: '短',
    };
    const report = problems('教科研一室', [row, more], new Map(), '2026-03-18T08:00:00.000Z');
    const paper = await pages(await toPdf(await renderXlsx(report), 'xlsx'));
    const printed = paper.join('');
    // Letters of the column beside and of the head come in between: each kind of letter is counted.
    const count = (of: string) => [...printed.matchAll(new RegExp(of, 'gu'))].length;
    for (const [at, letter] of [...letters(400)].entries())
      expect(count(letter), letter).toBeGreaterThanOrEqual(at < 300 ? 6 : 5);
    expect(count('[A-Za-z]')).toBe('Internationalization'.length * 40);
    for (const page of paper) expect(page).toContain('原因剖析');
  });
});
