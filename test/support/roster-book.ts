import { zipSync } from 'fflate';

/** A cell of a workbook made for a test: its words, or how exactly it is written. */
export type BookCell =
  | string
  | number
  | null
  | { error: string; formula?: string }
  | { formula: string; result?: string | number }
  | { rich: readonly string[] }
  | { shared: string };

export interface BookSheet {
  name: string;
  rows: readonly (readonly BookCell[])[];
  state?: 'hidden' | 'veryHidden';
  /** Rows and columns from 1, ranges as `A2:A3`. */
  hiddenRows?: readonly number[];
  hiddenColumns?: readonly number[];
  merges?: readonly string[];
  /** Writes neither rows' nor cells' addresses, as some programs do. */
  bare?: boolean;
}

const NS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PKG = 'http://schemas.openxmlformats.org/package/2006';
const bytes = (text: string) => new TextEncoder().encode(text);
const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export function letters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : letters(Math.floor(index / 26) - 1) + letter;
}

function written(cell: BookCell, place: string, shared: string[]): string {
  if (cell === null || cell === '') return place === '' ? '<c/>' : '';
  if (typeof cell === 'string') return `<c${place} t="inlineStr"><is><t>${xml(cell)}</t></is></c>`;
  if (typeof cell === 'number') return `<c${place}><v>${cell}</v></c>`;
  if ('error' in cell) {
    const formula = cell.formula === undefined ? '' : `<f>${xml(cell.formula)}</f>`;
    return `<c${place} t="e">${formula}<v>${cell.error}</v></c>`;
  }
  if ('rich' in cell)
    return `<c${place} t="inlineStr"><is>${cell.rich.map((t) => `<r><rPr><b/></rPr><t xml:space="preserve">${xml(t)}</t></r>`).join('')}<rPh sb="0" eb="1"><t>dú</t></rPh></is></c>`;
  if ('shared' in cell) {
    shared.push(cell.shared);
    return `<c${place} t="s"><v>${shared.length - 1}</v></c>`;
  }
  const { formula, result } = cell;
  const type = typeof result === 'string' ? ' t="str"' : '';
  return `<c${place}${type}><f>${xml(formula)}</f>${result === undefined ? '' : `<v>${xml(String(result))}</v>`}</c>`;
}

function sheetXml(sheet: BookSheet, shared: string[]): string {
  const { rows, bare = false, hiddenRows = [], hiddenColumns = [], merges = [] } = sheet;
  const lines = rows.map((row, r) => {
    const cells = row.map((cell, c) => written(cell, bare ? '' : ` r="${letters(c)}${r + 1}"`, shared));
    const place = bare ? '' : ` r="${r + 1}"`;
    return `<row${place}${hiddenRows.includes(r + 1) ? ' hidden="1"' : ''}>${cells.join('')}</row>`;
  });
  const columns = hiddenColumns.map((n) => `<col min="${n}" max="${n}" width="9" hidden="1"/>`).join('');
  const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${NS}">${columns && `<cols>${columns}</cols>`}<sheetData>${lines.join('')}</sheetData>${merged && `<mergeCells>${merged}</mergeCells>`}</worksheet>`;
}

/** An XLSX file with these sheets. */
export function book(...sheets: readonly BookSheet[]): Uint8Array {
  const shared: string[] = [];
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': bytes(`<Types xmlns="${PKG}/content-types"/>`),
    'xl/workbook.xml': bytes(
      `<workbook xmlns="${NS}" xmlns:r="${REL}"><sheets>${sheets.map(({ name, state }, i) => `<sheet name="${xml(name)}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': bytes(
      `<Relationships xmlns="${PKG}/relationships">${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${REL}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}<Relationship Id="rIdS" Type="${REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    ),
  };
  for (const [i, sheet] of sheets.entries())
    files[`xl/worksheets/sheet${i + 1}.xml`] = bytes(sheetXml(sheet, shared));
  files['xl/sharedStrings.xml'] = bytes(
    `<sst xmlns="${NS}">${shared.map((t) => `<si><t>${xml(t)}</t><rPh sb="0" eb="1"><t>dú</t></rPh></si>`).join('')}</sst>`,
  );
  return zipSync(files);
}
