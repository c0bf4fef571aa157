import { linesOf } from '../../../shared/line-breaks.ts';
import { type Faces, loadFaces } from './faces.ts';
import { findMissing, GETA, type MissingGlyph } from './glyph-runs.ts';
import {
  ACROSS,
  alignmentOf,
  evenLabels,
  labelColumn,
  SIZE,
  TITLE_PITCH,
  titleLines,
  UPRIGHT,
} from './page.ts';
import { pdfTable } from './pdf-table.ts';
import { BODY_SIZE, createSetter, type Node, pt, type Setter } from './pdf-type.ts';
import { printableReport } from './printable.ts';
import { type Block, type Report, WORDS } from './report.ts';

/** `fontsDir`: where an administrator's licensed fonts are (DATA_DIR/fonts); it may be missing. */
export type PdfOptions = { fontsDir?: string };

/** What pdfmake tells of a node that has its place. */
type Placed = { headlineLevel?: number };

const LEVEL_ROLE = { 1: 'hei', 2: 'kai', 3: 'body' } as const;

function title(set: Setter, report: Report, width: number): Node[] {
  const lines = titleLines(report.title, Math.floor(width / SIZE.title));
  const stack = lines.map((line) => ({ text: set.inline(line, 'title', SIZE.title, TITLE_PITCH) }));
  const head: Node = { stack, alignment: 'center', margin: [0, 0, 0, 10] };
  if (!report.subject) return [head];
  const subject = set.inline(report.subject, 'kai', BODY_SIZE);
  return [head, { text: subject, alignment: 'center', margin: [0, 0, 0, 10] }];
}

/** Labelled lines: what wraps aligns with the first character after the colon. */
function facts(set: Setter, report: Report): Node[] {
  const { colon } = WORDS[report.language];
  const texts = report.facts.map((f) => f.label);
  const labels = evenLabels(texts);
  return report.facts.map((fact, i) => {
    const { text, gap } = labels[i] ?? { text: fact.label, gap: 0 };
    const opened = set
      .inline(text, 'hei', BODY_SIZE)
      .map((n) => ({ ...n, characterSpacing: gap * BODY_SIZE }));
    const label = [...opened, ...set.inline(colon, 'hei', BODY_SIZE)];
    return {
      columns: [
        { width: BODY_SIZE * labelColumn(texts, colon), text: label, noWrap: true },
        { width: '*', text: set.inline(fact.text, 'body', BODY_SIZE) },
      ],
      ...(i === labels.length - 1 ? { margin: [0, 0, 0, 10] } : {}),
    };
  });
}

function blocks(set: Setter, list: readonly Block[], width: number): Node[] {
  const content: Node[] = [];
  let rest: Node = {};
  const add = (node: Node) => {
    content.push({ ...node, ...rest });
    rest = {};
  };
  const leadingIndent = BODY_SIZE * 2;
  for (const block of list) {
    if (block.kind === 'pageBreak') rest = { pageBreak: 'before' };
    else if (block.kind === 'table') add(pdfTable(set, block, width));
    else if (block.kind === 'heading') {
      const text = set.inline(block.text, LEVEL_ROLE[block.level], BODY_SIZE);
      add({ text, leadingIndent, headlineLevel: block.level, outline: true, outlineText: block.text });
    } else {
      for (const text of linesOf(block.text)) {
        const indent = (block.indent ?? true) ? { leadingIndent } : {};
        add({ text: set.inline(text, 'body', BODY_SIZE), alignment: alignmentOf(text), ...indent });
      }
    }
  }
  return content;
}

/** What stands under the text: the source's own note, and which characters 〓 stands for. */
function notes(set: Setter, report: Report, missing: readonly MissingGlyph[]): Node[] {
  const lines = report.footNote ? linesOf(report.footNote) : [];
  const codes = missing.map((m) => m.codePoint);
  if (codes.length > 0)
    lines.push(
      report.language === 'zh'
        ? `注：字库中没有下列${codes.length}个字符，文中以“${GETA}”代替：${codes.join('、')}。`
        : `Note: no font has these ${codes.length} characters; ${GETA} stands for them: ${codes.join(', ')}.`,
    );
  return lines.map((line) => ({ text: set.inline(line, 'song', SIZE.note, 16), margin: [0, 6, 0, 0] }));
}

/** “— 1 —”, one character in from the outer edge: odd pages right, even pages left. Its dash lies 7 mm under the text. */
function pageNumber(set: Setter, page: { left: number; right: number }) {
  return (number: number): Node => ({
    text: set.inline(`— ${number} —`, 'song', SIZE.number, 20),
    alignment: number % 2 === 1 ? 'right' : 'left',
    headlineLevel: 0,
    margin: [pt(page.left) + SIZE.number, pt(7) - 11, pt(page.right) + SIZE.number, 0],
  });
}

function draftMark(set: Setter, report: Report, right: number): Node {
  const { draft } = WORDS[report.language];
  const text = set.inline(draft, 'hei', BODY_SIZE);
  return {
    header: () => ({ text, headlineLevel: 0, alignment: 'right', margin: [0, pt(15), pt(right), 0] }),
    watermark: {
      text: '草稿',
      font: text[0]?.font,
      fontSize: 150,
      color: 'black',
      opacity: 0.05,
      angle: -45,
    },
  };
}

function definition(set: Setter, report: Report, missing: readonly MissingGlyph[]): Node {
  const across = report.kind === 'list';
  const page = across ? ACROSS : UPRIGHT;
  const width = pt(page.width - page.left - page.right);
  const made = new Date(report.made);
  return {
    pageSize: { width: pt(page.width), height: pt(page.height) },
    pageMargins: [page.left, page.top, page.right, page.bottom].map(pt),
    language: report.language === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    // The file's id is a digest of these, so the same report has the same id.
    info: { title: report.title, creator: '破立', producer: '破立', creationDate: made, modDate: made },
    defaultStyle: { font: Object.keys(set.fonts)[0], fontSize: BODY_SIZE },
    content: [
      ...title(set, report, width),
      ...facts(set, report),
      ...blocks(set, report.blocks, width),
      ...notes(set, report, missing),
    ],
    footer: pageNumber(set, page),
    // A heading is never the last line of a page. Page number and draft mark follow too: they are of level 0.
    pageBreakBefore: (node: Placed, around: { getFollowingNodesOnPage(): Placed[] }) =>
      (node.headlineLevel ?? 0) > 0 &&
      around.getFollowingNodesOnPage().every((each) => each.headlineLevel === 0),
    ...(report.draft ? draftMark(set, report, page.right) : {}),
  };
}

async function print(set: Setter, content: Node): Promise<Uint8Array> {
  const { default: pdfmake } = await import('pdfmake');
  const files = new Set(Object.values(set.fonts).map((font) => font.normal));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => files.has(path));
  // pdfmake is one object for all: fonts are set and taken up without a pause between.
  pdfmake.setFonts(set.fonts);
  return pdfmake.createPdf(content).getBuffer();
}

async function facesFor(options: PdfOptions): Promise<Faces> {
  return (await loadFaces(options.fontsDir)).faces;
}

/** The characters of a report that no font at hand has: asked before the file is made, to be shown beside the button. */
export async function missingGlyphs(report: Report, options: PdfOptions = {}): Promise<MissingGlyph[]> {
  return findMissing(report, await facesFor(options));
}

/** PDF with embedded fonts, the same geometry as DOCX. Loaded on first use; the same bytes for the same fonts. */
export async function renderPdf(raw: Report, options: PdfOptions = {}): Promise<Uint8Array> {
  const report = printableReport(raw);
  const faces = await facesFor(options);
  const set = createSetter(faces);
  return print(set, definition(set, report, findMissing(report, faces)));
}
