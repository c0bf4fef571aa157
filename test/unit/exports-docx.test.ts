import { describe, expect, it } from 'vitest';
import { renderDocx } from '../../server/features/exports/docx.ts';
import { HOSTILE, hasProgram, listReport, minutesReport, pages, parts, toPdf } from '../support/documents.ts';

const converts = hasProgram('soffice') && hasProgram('pdftotext');

/** The paragraph that holds a text. */
function paragraph(document: string, text: string): string {
  return document.split('<w:p>').find((p) => p.includes(text)) ?? '';
}

describe('minutes in Word', () => {
  it('have the page, grid and margins of GB/T 9704', async () => {
    const document = parts(await renderDocx(minutesReport()))['word/document.xml'] ?? '';
    expect(document.match(/<w:pgSz(?=[^>]* w:w="11906")(?=[^>]* w:h="16838")/)).not.toBeNull();
    const margins =
      /<w:pgMar(?=[^>]* w:top="2098")(?=[^>]* w:left="1588")(?=[^>]* w:bottom="1984")(?=[^>]* w:right="1474")/;
    expect(document.match(margins)).not.toBeNull();
    expect(document).toMatch(/<w:docGrid(?=[^>]* w:type="lines")(?=[^>]* w:linePitch="579")/);
  });

  it('set title, levels and text in the faces and sizes of the standard, nothing bold', async () => {
    const document = parts(await renderDocx(minutesReport()))['word/document.xml'] ?? '';
    const expected: [string, string, number][] = [
      ['第二次线上座谈会会议纪要', '方正小标宋简体', 44],
      ['一、查摆的问题', '黑体', 32],
      ['（一）教研下沉不够', '楷体_GB2312', 32],
      ['1. 听课少', '仿宋_GB2312', 32],
      ['会议认为', '仿宋_GB2312', 32],
    ];
    for (const [text, face, size] of expected) {
      const found = paragraph(document, text);
      expect(found, text).toContain(`w:eastAsia="${face}"`);
      expect(found, text).toContain(`<w:sz w:val="${size}"/>`);
    }
    expect(document).not.toMatch(/<w:b[ /]/);
    expect(paragraph(document, '会议认为')).toMatch(
      /<w:spacing(?=[^>]* w:line="579")(?=[^>]* w:lineRule="exact")/,
    );
    expect(paragraph(document, '会议认为')).toContain('w:firstLineChars="200"');
  });

  it('name the Chinese face and its hint on every run, with faces to take instead', async () => {
    const found = parts(await renderDocx(minutesReport({ draft: true })));
    for (const path of ['word/document.xml', 'word/header1.xml', 'word/footer1.xml', 'word/footer2.xml']) {
      const runs = (found[path] ?? '').match(/<w:r>.*?<\/w:r>/g) ?? [];
      expect(runs.length, path).toBeGreaterThan(0);
      for (const run of runs)
        expect(run).toMatch(/<w:rFonts(?=[^>]* w:eastAsia=")(?=[^>]* w:hint="eastAsia")/);
    }
    expect(found['word/fontTable.xml']).toContain(
      '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong,STFangsong"/>',
    );
  });

  it('number odd pages on the right and even pages on the left, in 宋体 of 14 points', async () => {
    const found = parts(await renderDocx(minutesReport()));
    expect(found['word/settings.xml']).toContain('<w:evenAndOddHeaders/>');
    expect(found['word/settings.xml']).toContain('<w:mirrorMargins/>');
    const sides = ['word/footer1.xml', 'word/footer2.xml'].map((path) => found[path] ?? '');
    for (const footer of sides) expect(footer).toMatch(/— .*PAGE.* —/s);
    for (const footer of sides) expect(footer).toContain('<w:sz w:val="28"/>');
    expect(sides.map((f) => /<w:jc w:val="(\w+)"/.exec(f)?.[1]).sort()).toEqual(['left', 'right']);
  });

  it('repeat the header of a table and keep its rows whole', async () => {
    const document = parts(await renderDocx(minutesReport()))['word/document.xml'] ?? '';
    const rows = document.match(/<w:tr>.*?<\/w:tr>/g) ?? [];
    expect(rows).toHaveLength(3);
    expect(rows.map((row) => row.includes('<w:tblHeader/>'))).toEqual([true, false, false]);
    for (const row of rows) expect(row).toContain('<w:cantSplit/>');
    expect(rows[2]?.match(/<w:tc>/g)).toHaveLength(2);
  });

  it('say 草稿 in the header of odd and even pages only while they are a draft', async () => {
    const draft = parts(await renderDocx(minutesReport({ draft: true })));
    expect(draft['word/header1.xml']).toContain('草稿');
    expect(draft['word/header2.xml']).toContain('草稿');
    expect(Object.keys(parts(await renderDocx(minutesReport())))).not.toContain('word/header1.xml');
  });

  it('are the same bytes for the same report, with its time as the only one', async () => {
    const [one, two] = [await renderDocx(minutesReport()), await renderDocx(minutesReport())];
    expect(Buffer.compare(one, two)).toBe(0);
    const core = parts(one)['docProps/core.xml'] ?? '';
    expect(core.match(/\d{4}-\d\d-\d\dT[\d:]+Z/g)).toEqual(['2026-03-18T08:00:00Z', '2026-03-18T08:00:00Z']);
  });

  it('hold whatever people paste', async () => {
    const report = minutesReport({
      title: HOSTILE.slice(0, 40),
      facts: [{ label: '主持\u0001', text: HOSTILE }],
      blocks: [{ kind: 'paragraph', text: HOSTILE }],
    });
    const document = parts(await renderDocx(report))['word/document.xml'] ?? '';
    // biome-ignore lint: the control characters are the point
    expect(document).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u202E\uFFFE]/);
    expect(document).toContain('甲 乙丙丁 𠮷😀 &lt;w:b&gt;&amp;amp;]]&gt;');
  });
});

describe.skipIf(!converts)('minutes in Word, opened', () => {
  it('have 22 lines on a full page and 草稿 on each', { timeout: 120_000 }, async () => {
    const blocks = Array.from({ length: 30 }, () => ({
      kind: 'paragraph' as const,
      text: '汉字'.repeat(60),
    }));
    const printed = await pages(
      await toPdf(await renderDocx(minutesReport({ blocks, draft: true })), 'docx'),
    );
    expect(printed.length).toBeGreaterThan(3);
    for (const page of printed) expect(page).toContain('草稿');
    const lines = (printed[1] ?? '').split('\n').filter((line) => line.includes('汉'));
    expect(lines).toHaveLength(22);
    expect(Math.max(...lines.map((line) => line.trim().length))).toBeGreaterThanOrEqual(27);
    expect(printed[1]).toMatch(/—\s*2\s*—/);
  });

  it('open with hostile text and 300 rows, the header row on every page', { timeout: 120_000 }, async () => {
    const list = listReport(300);
    const table = list.blocks[0];
    if (table?.kind !== 'table') throw new Error('the list has no table');
    const rows = [['0', HOSTILE, 'x'.repeat(500)], ...table.rows];
    const printed = await pages(
      await toPdf(await renderDocx({ ...list, blocks: [{ ...table, rows }] }), 'docx'),
    );
    expect(printed.length).toBeGreaterThan(15);
    const last = printed.at(-1) ?? '';
    expect(last).toContain('认领人');
    expect(last).toMatch(/\b300\b/);
  });
});
