import { describe, expect, test } from 'vitest';
import { renderDocx } from '../../server/features/exports/docx.ts';
import type { DraftNode } from '../../shared/draft-json.ts';
import { MARKS, NODES } from '../../shared/draft-shape.ts';
import { hasProgram, minutesReport, pages, parts, toPdf } from '../support/documents.ts';

const text = (words: string, ...marks: string[]): DraftNode => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 && {
    marks: marks.map((type) => ({
      type,
      ...(type === 'link' && { attrs: { href: 'https://example.org/a?b=1&c' } }),
    })),
  }),
});
const node = (type: string, content: DraftNode[], attrs?: Record<string, unknown>): DraftNode => ({
  type,
  content,
  ...(attrs && { attrs }),
});
const p = (...content: DraftNode[]) => node('paragraph', content);
const item = (...content: DraftNode[]) => node('listItem', content);
const cell = (words: string, attrs?: Record<string, unknown>, type = 'tableCell') =>
  node(type, [p(text(words))], attrs);

/** One of everything that a draft can hold. */
const DRAFT: DraftNode[] = [
  node('heading', [text('一、总的看法')], { level: 1 }),
  node('heading', [text('（一）做法')], { level: 2 }),
  node('heading', [text('1.细节')], { level: 3 }),
  p(
    text('平常，'),
    ...[...MARKS.keys()].map((mark) => text(`带${mark}的字`, mark)),
    { type: 'hardBreak' },
    text('另一行'),
  ),
  node('bulletList', [
    item(
      p(text('外层一')),
      node('orderedList', [item(p(text('内层甲'))), item(p(text('内层乙')), p(text('乙的第二段')))]),
    ),
    item(p(text('外层二'))),
  ]),
  node('orderedList', [item(p(text('从三起')))], { start: 3 }),
  node('orderedList', [item(p(text('又从一起')))]),
  node('taskList', [
    node('taskItem', [p(text('做完的'))], { checked: true }),
    node('taskItem', [p(text('没做的'))], { checked: false }),
  ]),
  node('blockquote', [p(text('引用的话'))]),
  node('codeBlock', [text('line 1\n  line 2')]),
  { type: 'horizontalRule' },
  node('table', [
    node('tableRow', [
      cell('措施', { colwidth: [300] }, 'tableHeader'),
      cell('说明', { colspan: 2 }, 'tableHeader'),
    ]),
    node('tableRow', [cell('上下两行', { rowspan: 2 }), cell('右一'), cell('右二')]),
    node('tableRow', [cell('下一'), cell('下二')]),
  ]),
];
const frame = minutesReport({ title: '讨论稿', subject: '教科研一室', facts: [], blocks: [] });
const words = (xml: string) => xml.replace(/<w:br\/>/g, '\n').replace(/<[^>]+>/g, '');

describe('a draft in Word', () => {
  test('holds every node and mark of the schema, in the faces of official papers', async () => {
    const used = new Set<string>();
    const look = (each: DraftNode): void => {
      used.add(each.type);
      each.content?.forEach(look);
    };
    DRAFT.forEach(look);
    expect([...NODES.keys()].filter((name) => !used.has(name))).toEqual([]);
    const found = parts(await renderDocx(frame, DRAFT));
    const document = found['word/document.xml'] ?? '';
    for (const [tag, of] of [
      ['<w:b/>', '带bold的字'],
      ['<w:i/>', '带italic的字'],
      ['<w:strike/>', '带strike的字'],
      ['<w:u w:val="single"/>', '带underline的字'],
      ['<w:shd ', '带code的字'],
      ['<w:u w:val="single"/>', '带link的字'],
    ] as const) {
      const run = document.split('<w:r>').find((each) => each.includes(of));
      expect(run, of).toContain(tag);
    }
    expect(found['word/_rels/document.xml.rels']).toContain('https://example.org/a?b=1&amp;c');
    expect(words(document)).toContain('平常，');
    expect(words(document)).toContain('\n另一行');
    expect(document).toMatch(/w:eastAsia="仿宋_GB2312"/);
    expect(document.match(/<w:outlineLvl w:val="\d"\/>/g)).toHaveLength(3);
    expect(document).toContain('<w:gridSpan w:val="2"/>');
    expect(document).toContain('<w:vMerge w:val="continue"/>');
    expect(document).toContain('<w:tblHeader/>');
  });

  test('begins each list at its own number', async () => {
    const numbering = parts(await renderDocx(frame, DRAFT))['word/numbering.xml'] ?? '';
    expect(numbering.match(/<w:start w:val="3"\/>/g)).toHaveLength(1);
    const document = parts(await renderDocx(frame, DRAFT))['word/document.xml'] ?? '';
    const numbers = [...document.matchAll(/<w:numId w:val="(\d+)"\/>/g)].map(([, id]) => id);
    expect(new Set(numbers).size).toBe(4);
  });

  test('fits tables to the page, however wide they were drawn and however many columns they have', async () => {
    const row = (n: number, width: number) =>
      node(
        'tableRow',
        Array.from({ length: n }, () => cell('字', { colwidth: [width] })),
      );
    for (const [columns, drawn] of [
      [2, 4000],
      [3, 40],
      [64, 200],
    ] as const) {
      const xml =
        parts(await renderDocx(frame, [node('table', [row(columns, drawn)])]))['word/document.xml'] ?? '';
      const widths = [...xml.matchAll(/<w:gridCol w:w="(\d+)"\/>/g)].map(([, w]) => Number(w));
      expect(widths).toHaveLength(columns);
      expect(widths.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(8844);
      expect(widths.reduce((a, b) => a + b, 0)).toBeGreaterThan(8700);
    }
  });

  test('takes links that lead nowhere good as plain text, and whatever people paste', async () => {
    const link = { type: 'link', attrs: { href: 'javascript:alert(1)' } };
    const odd = p({ type: 'text', text: '点\u0000\u000B这里<&', marks: [link] });
    let deep: DraftNode = p(text('最里面'));
    for (let n = 0; n < 60; n++) deep = node('bulletList', [item(p(text(`第${n}层`)), deep)]);
    const found = parts(await renderDocx(frame, [odd, deep]));
    expect(JSON.stringify(found)).not.toContain('javascript:');
    expect(words(found['word/document.xml'] ?? '')).toContain('最里面');
    expect(
      Math.max(
        ...[...(found['word/document.xml'] ?? '').matchAll(/w:ilvl w:val="(\d+)"/g)].map(([, n]) =>
          Number(n),
        ),
      ),
    ).toBe(8);
  });

  test.skipIf(!hasProgram('soffice') || !hasProgram('pdftotext'))(
    'opens: every word of it is on paper',
    { timeout: 120_000 },
    async () => {
      const printed = (await pages(await toPdf(await renderDocx(frame, DRAFT), 'docx')))
        .join('\n')
        .replace(/ +/g, '');
      for (const each of [
        '总的看法',
        '带bold的字',
        '另一行',
        '内层乙',
        '乙的第二段',
        '3.',
        '引用的话',
        'line2',
        '上下两行',
        '下二',
      ])
        expect(printed).toContain(each);
    },
  );
});
