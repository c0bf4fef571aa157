import { escapeXml, repack } from './package-file.ts';
import { printableReport } from './printable.ts';
import { type Render, type Report, WORDS } from './report.ts';
import { type Sheet, sheetOf } from './xlsx-sheet.ts';

/** Millimetres as inches, the unit of a sheet's margins. */
const inches = (length: number) => (length / 25.4).toFixed(3);

const MARGINS = `<printOptions horizontalCentered="1"/><pageMargins left="${inches(15)}" right="${inches(15)}" top="${inches(
  20,
)}" bottom="${inches(18)}" header="${inches(10)}" footer="${inches(9)}"/>`;

/** A4 across, as wide as the paper and as long as it takes, page numbers, and 草稿 on each page of a draft. */
function pageSetup(text: string, report: Report, sheet: Sheet): string {
  const header = report.draft
    ? `<oddHeader>&amp;R${escapeXml(WORDS[report.language].draft)}</oddHeader>`
    : '';
  const setup =
    `${MARGINS}<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>` +
    `<headerFooter>${header}<oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter>` +
    `<ignoredErrors><ignoredError sqref="A1:${column(sheet.widths.length)}${sheet.rows.length}" numberStoredAsText="1"/></ignoredErrors>`;
  return text
    .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    .replace(' xSplit="0"', '')
    .replace('activePane="bottomRight"', 'activePane="bottomLeft"')
    .replace(/<pageMargins[^>]*\/>/, '')
    .replace(/<pageSetup[^>]*\/>/, setup);
}

/** Letters of a column, from 1. */
function column(n: number): string {
  return n > 26 ? column(Math.floor((n - 1) / 26)) + column(((n - 1) % 26) + 1) : String.fromCharCode(64 + n);
}

function printTitles(text: string, sheet: Sheet): string {
  const rows = `'${escapeXml(sheet.name)}'!$${sheet.header}:$${sheet.header}`;
  const name = `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">${rows}</definedName></definedNames>`;
  return text.replace('<definedNames/>', () => (sheet.header > 0 ? name : ''));
}

/** Excel and WPS: one sheet, text cells only, header row frozen and printed on every page. Loaded on first use. */
export const renderXlsx: Render = async (raw) => {
  const report = printableReport(raw);
  const { default: write } = await import('write-excel-file/node');
  const sheet = sheetOf(report);
  const options = {
    sheet: sheet.name,
    orientation: 'landscape' as const,
    columns: sheet.widths.map((width) => ({ width })),
    ...(sheet.header > 0 ? { stickyRowsCount: sheet.header } : {}),
  };
  const file = await write(sheet.rows, options, { fontFamily: '仿宋', fontSize: 10.5 }).toBuffer();
  return repack(new Uint8Array(file), (path, text) => {
    if (path === 'xl/workbook.xml') return printTitles(text, sheet);
    if (/^xl\/worksheets\/sheet\d+\.xml$/.test(path)) return pageSetup(text, report, sheet);
    return undefined;
  });
};
