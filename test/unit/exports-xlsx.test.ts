import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { renderXlsx } from '../../server/features/exports/xlsx.ts';
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
    expect(String(rows[4]?.[0])).toHaveLength(32_766);
    expect(String(rows[4]?.[0])).toMatch(/其余从略）$/);
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
