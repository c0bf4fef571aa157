import type { IPropertiesOptions, ISectionOptions, Paragraph, TextRun } from 'docx';
import type { DraftNode } from '../../../shared/draft-json.ts';
import { linesOf } from '../../../shared/line-breaks.ts';
import { docxTable } from './docx-table.ts';
import {
  A4,
  bodyLine,
  CLOSED_UP,
  FACE,
  FONT_TABLE,
  firstLine,
  MARGIN,
  mm,
  runOptions,
  twips,
} from './docx-type.ts';
import { type Child, DraftSetter } from './draft-docx.ts';
import { repack, stampCore } from './package-file.ts';
import {
  alignmentOf,
  type EvenLabel,
  evenLabels,
  labelColumn,
  SIZE,
  TITLE_PITCH,
  titleLines,
} from './page.ts';
import { printableReport } from './printable.ts';
import { type Block, type Report, WORDS } from './report.ts';

type Docx = typeof import('docx');

const LEVEL_FACE = { 1: FACE.hei, 2: FACE.kai, 3: FACE.body } as const;

function bodyText(d: Docx, text: string, indent: boolean): Paragraph {
  return new d.Paragraph({
    alignment: alignmentOf(text) === 'justify' ? 'both' : 'left',
    spacing: bodyLine,
    // 孤行 control would leave pages of 21 lines.
    widowControl: false,
    ...(indent ? { indent: firstLine } : {}),
    children: [new d.TextRun({ ...runOptions(text, FACE.body, SIZE.body), characterSpacing: CLOSED_UP })],
  });
}

function heading(d: Docx, level: 1 | 2 | 3, text: string): Paragraph {
  return new d.Paragraph({
    spacing: bodyLine,
    indent: firstLine,
    keepNext: true,
    outlineLevel: level - 1,
    children: [new d.TextRun(runOptions(text, LEVEL_FACE[level], SIZE.body))],
  });
}

function title(d: Docx, report: Report, width: number): Paragraph[] {
  const lines = titleLines(report.title, Math.floor(width / twips(SIZE.title)));
  const run = (text: string, i: number) =>
    new d.TextRun({ ...runOptions(text, FACE.title, SIZE.title), ...(i > 0 ? { break: 1 } : {}) });
  const spacing = { line: twips(TITLE_PITCH), lineRule: 'exact', after: 200 } as const;
  const head = new d.Paragraph({ alignment: 'center', spacing, children: lines.map(run) });
  if (!report.subject) return [head];
  const subject = new d.TextRun(runOptions(report.subject, FACE.kai, SIZE.body));
  return [
    head,
    new d.Paragraph({ alignment: 'center', spacing: { ...bodyLine, after: 200 }, children: [subject] }),
  ];
}

function label(d: Docx, { text, gap }: EvenLabel, colon: string): TextRun[] {
  const chars = [...text];
  const open = {
    ...runOptions(chars.slice(0, -1).join(''), FACE.hei, SIZE.body),
    characterSpacing: twips(gap * SIZE.body),
  };
  return [
    new d.TextRun(open),
    new d.TextRun(runOptions(`${chars.at(-1) ?? ''}${colon}`, FACE.hei, SIZE.body)),
  ];
}

/** Labelled lines: what wraps aligns with the first character after the colon. */
function facts(d: Docx, report: Report): Paragraph[] {
  const { colon } = WORDS[report.language];
  const texts = report.facts.map((f) => f.label);
  const labels = evenLabels(texts);
  const hang = twips(SIZE.body * labelColumn(texts, colon));
  return report.facts.map((fact, i) => {
    const text = { ...runOptions(fact.text, FACE.body, SIZE.body), characterSpacing: CLOSED_UP };
    return new d.Paragraph({
      spacing: i === labels.length - 1 ? { ...bodyLine, after: 200 } : bodyLine,
      indent: { left: hang, hanging: hang },
      tabStops: [{ type: 'left', position: hang }],
      children: [
        ...label(d, labels[i] as EvenLabel, colon),
        new d.TextRun({ ...runOptions('', FACE.body, SIZE.body), children: [new d.Tab()] }),
        new d.TextRun(text),
      ],
    });
  });
}

function blocks(d: Docx, list: readonly Block[], width: number): Child[] {
  return list.flatMap((block): Child[] => {
    if (block.kind === 'heading') return [heading(d, block.level, block.text)];
    if (block.kind === 'table') return [docxTable(d, block, width), gap(d)];
    if (block.kind === 'pageBreak')
      return [new d.Paragraph({ spacing: bodyLine, children: [new d.PageBreak()] })];
    return linesOf(block.text).map((text) => bodyText(d, text, block.indent ?? true));
  });
}

function gap(d: Docx): Paragraph {
  return new d.Paragraph({ spacing: { line: 200, lineRule: 'exact' } });
}

function note(d: Docx, text: string): Paragraph[] {
  return linesOf(text).map(
    (line) =>
      new d.Paragraph({
        spacing: { before: 120, line: twips(16), lineRule: 'exact' },
        children: [new d.TextRun(runOptions(line, FACE.song, SIZE.note))],
      }),
  );
}

/** “— 1 —”, one character in from the outer edge: odd pages right, even pages left. */
function pageNumber(d: Docx, side: 'left' | 'right') {
  const number = new d.TextRun({
    ...runOptions('', FACE.song, SIZE.number, FACE.song),
    children: ['— ', d.PageNumber.CURRENT, ' —'],
  });
  const indent = { [side]: twips(SIZE.number) };
  return new d.Footer({ children: [new d.Paragraph({ alignment: side, indent, children: [number] })] });
}

function draftMark(d: Docx, report: Report) {
  const run = new d.TextRun(runOptions(WORDS[report.language].draft, FACE.hei, SIZE.body));
  return new d.Header({ children: [new d.Paragraph({ alignment: 'right', children: [run] })] });
}

function section(d: Docx, report: Report, written: (width: number) => Child[]): ISectionOptions {
  const across = report.kind === 'list';
  const margin = across ? MARGIN.across : MARGIN.upright;
  const width = (across ? A4.height : A4.width) - margin.left - margin.right;
  return {
    properties: {
      page: {
        // docx swaps the two itself when the page lies across.
        size: {
          ...A4,
          orientation: across ? 'landscape' : 'portrait',
        },
        margin: { ...margin, header: mm(15), footer: mm(across ? 15 : 25.5), gutter: 0 },
      },
      grid: { type: 'lines', linePitch: bodyLine.line as number },
    },
    footers: { default: pageNumber(d, 'right'), even: pageNumber(d, 'left') },
    ...(report.draft ? { headers: { default: draftMark(d, report), even: draftMark(d, report) } } : {}),
    children: [
      ...title(d, report, width),
      ...facts(d, report),
      ...blocks(d, report.blocks, width),
      ...written(width),
      ...(report.footNote ? note(d, report.footNote) : []),
    ],
  };
}

function document(d: Docx, report: Report, draft: readonly DraftNode[]): IPropertiesOptions {
  const setter = new DraftSetter(d);
  // The numberings are known when the draft is set.
  const sections = [section(d, report, (width) => setter.page(draft, width))];
  const { text: _, ...run } = runOptions('', FACE.body, SIZE.body);
  return {
    title: report.title,
    creator: '破立',
    lastModifiedBy: '破立',
    ...(report.subject ? { subject: report.subject } : {}),
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { ...run, language: { value: 'en-US', eastAsia: 'zh-CN' } } } } },
    ...(setter.lists.length > 0 && { numbering: { config: setter.lists } }),
    sections,
  };
}

/** Lines of another pitch than the grid's leave it, or each of them would take a whole line of it. */
function offGrid(text: string): string {
  const other = new RegExp(`<w:spacing(?=[^>]* w:line="(?!${bodyLine.line}")\\d)`, 'g');
  return text.replace(other, '<w:snapToGrid w:val="0"/><w:spacing');
}

/**
 * Word, GB/T 9704-2012 geometry; fonts are named, not embedded. What of a draft stands under the report's blocks keeps its own
 * form. Loaded on first use.
 */
export async function renderDocx(raw: Report, draft: readonly DraftNode[] = []): Promise<Uint8Array> {
  const report = printableReport(raw);
  const d = await import('docx');
  const file = await d.Packer.toArrayBuffer(new d.Document(document(d, report, draft)));
  return repack(new Uint8Array(file), (path, text) => {
    if (path === 'docProps/core.xml') return stampCore(text, report.made);
    if (path === 'word/fontTable.xml') return FONT_TABLE;
    if (path === 'word/document.xml') return offGrid(text);
    // Printed on both sides: the 28 mm stay at the inner edge. docx has no option for it.
    if (path === 'word/settings.xml' && report.kind === 'minutes')
      return text.replace('<w:defaultTabStop', '<w:mirrorMargins/><w:defaultTabStop');
    return undefined;
  });
}
