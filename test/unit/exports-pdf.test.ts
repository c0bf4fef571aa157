import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fontFolder, loadFaces } from '../../server/features/exports/faces.ts';
import { missingGlyphs, renderPdf } from '../../server/features/exports/pdf.ts';
import { HOSTILE, hasProgram, listReport, minutesReport, pages } from '../support/documents.ts';

const reads = hasProgram('pdftotext');
const flat = (page: string | undefined) => (page ?? '').replace(/\s/g, '');

describe('the fonts', () => {
  it('have every character of GB 2312 and the rarer ones of names', async () => {
    const { faces } = await loadFaces();
    const decode = new TextDecoder('gbk');
    let level = '';
    for (let hi = 0xb0; hi <= 0xf7; hi++)
      for (let lo = 0xa1; lo <= 0xfe; lo++) level += decode.decode(Uint8Array.of(hi, lo));
    const wanted = `${level.replace(/[\uE000-\uF8FF]/g, '')}喆堃珺翀玥垚赟镕䶮漢國學會議陳龍〇〔〕《》“”‘’—…·√□○●①⑳℃％`;
    expect([...wanted].length).toBeGreaterThan(6763);
    for (const role of ['body', 'title', 'hei', 'kai', 'song'] as const) {
      const lacking = [...wanted].filter((char) => !faces[role].some((f) => f.has(char.codePointAt(0) ?? 0)));
      expect(lacking, role).toEqual([]);
    }
  });

  it('are found from the sources, from the built program and from its chunks, and else it is said', async () => {
    const root = pathToFileURL(`${process.cwd()}/`).href;
    const folder = join(process.cwd(), 'server/features/exports/fonts');
    expect(fontFolder()).toBe(folder);
    expect(fontFolder(`${root}dist/server/main.js`)).toBe(folder);
    expect(fontFolder(`${root}dist/server/assets/pdf-1a2b.js`)).toBe(folder);
    expect(() => fontFolder(pathToFileURL(join(tmpdir(), 'dist/server/main.js')).href)).toThrow(
      'the fonts are missing',
    );
  });

  it('of an administrator come first for what their name says; a file that is no font is named and left out', async () => {
    const own = await mkdtemp(join(tmpdir(), 'poli-fonts-'));
    await copyFile(join(fontFolder(), 'NotoSansSC-Regular.ttf'), join(own, '方正小标宋简体.ttf'));
    await writeFile(join(own, 'simhei.ttf'), 'not a font at all, only some text');
    const whole = await readFile(join(fontFolder(), 'NotoSansSC-Regular.ttf'));
    await writeFile(join(own, 'simfang.ttf'), whole.subarray(0, 100_000));
    await writeFile(join(own, 'readme.txt'), 'x');
    const { faces, ignored } = await loadFaces(own);
    expect(faces.title[0].path).toBe(join(own, '方正小标宋简体.ttf'));
    expect(faces.hei[0].path).toBe(join(fontFolder(), 'NotoSansSC-Regular.ttf'));
    expect(ignored).toEqual(['simfang.ttf', 'simhei.ttf']);
    expect((await loadFaces(join(own, 'nowhere'))).ignored).toEqual([]);
    const [with_, without] = [
      await renderPdf(minutesReport(), { fontsDir: own }),
      await renderPdf(minutesReport()),
    ];
    expect(Buffer.compare(with_, without)).not.toBe(0);
  });
});

describe('characters that no font has', () => {
  it('are known before the file is made, with where they stand', async () => {
    const report = minutesReport({ blocks: [{ kind: 'paragraph', text: '由𠮷野同志汇报，𠮷野补充😀' }] });
    expect(await missingGlyphs(report)).toEqual([
      { char: '𠮷', codePoint: 'U+20BB7', count: 2, where: '由𠮷野同志汇报，𠮷野补' },
      { char: '😀', codePoint: 'U+1F600', count: 1, where: expect.stringContaining('野补充😀') },
    ]);
    expect(await missingGlyphs(minutesReport())).toEqual([]);
  });

  it.skipIf(!reads)('are drawn as 〓 and listed at the end', async () => {
    const report = minutesReport({ blocks: [{ kind: 'paragraph', text: '由𠮷野同志汇报😀，已办☑' }] });
    const text = flat((await pages(await renderPdf(report))).join(''));
    expect(text).toContain('由〓野同志汇报〓，已办√');
    expect(text).toContain('注：字库中没有下列2个字符，文中以“〓”代替：U+20BB7、U+1F600。');
  });
});

describe('a PDF', () => {
  it('is the same bytes for the same report and others for another time', async () => {
    const [one, two] = [await renderPdf(minutesReport()), await renderPdf(minutesReport())];
    expect(Buffer.compare(one, two)).toBe(0);
    const later = await renderPdf(minutesReport({ made: '2026-03-19T08:00:00.000Z' }));
    expect(Buffer.compare(one, later)).not.toBe(0);
    const both = await Promise.all([
      renderPdf(minutesReport()),
      renderPdf(listReport(3)),
      renderPdf(minutesReport()),
    ]);
    expect(Buffer.compare(both[0], one)).toBe(0);
    expect(Buffer.compare(both[2], one)).toBe(0);
  });

  it.skipIf(!reads)(
    'has 22 lines of 28 letters on a full page, 草稿 on each, and numbers its pages',
    async () => {
      const blocks = [{ kind: 'paragraph' as const, text: '漢字'.repeat(1200) }];
      const printed = await pages(await renderPdf(minutesReport({ blocks, draft: true })));
      expect(printed.length).toBeGreaterThan(3);
      for (const [i, page] of printed.entries()) {
        expect(page).toContain('草稿');
        expect(flat(page)).toContain(`—${i + 1}—`);
      }
      const lines = (printed[1] ?? '').split('\n').filter((line) => /[漢字]{4}/.test(flat(line)));
      expect(lines).toHaveLength(22);
      expect(
        lines.filter((line) => (line.match(/[漢字]/g) ?? []).length === 28).length,
      ).toBeGreaterThanOrEqual(20);
      const final = await pages(await renderPdf(minutesReport({ blocks })));
      expect(final.join('')).not.toContain('草稿');
    },
  );

  it.skipIf(!reads)('says what the report says', async () => {
    const text = flat(
      (await pages(await renderPdf(minutesReport({ subject: '教科研一室', footNote: '共2页' })))).join(''),
    );
    for (const part of [
      '第二次线上座谈会会议纪要',
      '教科研一室',
      '主持人：周敏',
      '一、查摆的问题',
      '（一）教研下沉不够',
      '每学期听课不少于8节',
      '共2页',
    ])
      expect(text).toContain(part);
  });

  it.skipIf(!reads)(
    'repeats the header row over 300 rows and breaks a row that is higher than a page',
    async () => {
      const printed = await pages(await renderPdf(listReport(300)));
      expect(printed.length).toBeGreaterThan(15);
      for (const page of printed) expect(flat(page)).toContain('认领人');
      const list = listReport(2);
      const table = list.blocks[0];
      if (table?.kind !== 'table') throw new Error('the list has no table');
      const tall = await pages(
        await renderPdf({ ...list, blocks: [{ ...table, rows: [['0', HOSTILE, ''], ...table.rows] }] }),
      );
      const all = flat(tall.join(''));
      expect(all.match(/字/g)?.length).toBeGreaterThanOrEqual(10_000);
      expect(all.match(/a/g)?.length).toBeGreaterThanOrEqual(300);
    },
  );
});
