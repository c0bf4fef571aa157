import { zipSync } from 'fflate';

/** Rosters that are small to send and were expensive to read, by what is wrong with them. */
const NS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PKG = 'http://schemas.openxmlformats.org/package/2006';
const text = (words: string) => new TextEncoder().encode(words);

export const cell = (address: string, words: string): string =>
  `<c r="${address}" t="inlineStr"><is><t>${words}</t></is></c>`;

/** A workbook whose sheets are given as what stands in `<sheetData>`. */
export function workbook(sheets: readonly string[], more: Record<string, Uint8Array> = {}): Uint8Array {
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': text(`<Types xmlns="${PKG}/content-types"/>`),
    'xl/workbook.xml': text(
      `<workbook xmlns="${NS}" xmlns:r="${REL}"><sheets>${sheets.map((_, i) => `<sheet name="表${i + 1}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': text(
      `<Relationships xmlns="${PKG}/relationships">${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${REL}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
    ),
    ...more,
  };
  for (const [i, data] of sheets.entries())
    files[`xl/worksheets/sheet${i + 1}.xml`] = text(
      `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${NS}"><sheetData>${data}</sheetData></worksheet>`,
    );
  return zipSync(files, { level: 9 });
}

const HEAD = `<row r="1">${cell('A1', '单位')}${cell('B1', '姓名')}</row><row r="2">${cell('A2', '第一中学')}${cell('B2', '何清')}</row>`;

/** One line of the roster and one cell in the last corner that a sheet has. */
export const farCell = (address = 'XFD1048576'): Uint8Array => {
  const row = /\d+$/.exec(address)![0];
  return workbook([`${HEAD}<row r="${row}">${cell(address, '完')}</row>`]);
};

/** One line of the roster and `count` cells that have a colour and no words, as 刷格式 over whole columns leaves them. */
export function blanks(count: number): Uint8Array {
  const rows: string[] = [];
  for (let at = 0; at < count; at += 10)
    rows.push(
      `<row r="${at / 10 + 3}">${[...'ABCDEFGHIJ'].map((c) => `<c r="${c}${at / 10 + 3}" s="1"/>`).join('')}</row>`,
    );
  return workbook([HEAD + rows.join('')]);
}

/** One line with nothing but `count` commas. */
export const commas = (count: number): Uint8Array => text(`单位,姓名\n第一中学,何清\n${','.repeat(count)}\n`);

/** `count` sheets, each with one line. */
export const manySheets = (count: number): Uint8Array => workbook(Array.from({ length: count }, () => HEAD));

/** The same commas before the header. */
export const commasFirst = (count: number): Uint8Array =>
  text(`${','.repeat(count)}\n单位,姓名\n第一中学,何清\n`);

/** A sheet of `rows` × `columns` cells that hold one blank each. */
export function spaces(rows: number, columns: number): Uint8Array {
  const letters = Array.from({ length: columns }, (_, i) => columnName(i));
  const data = Array.from(
    { length: rows },
    (_, r) => `<row r="${r + 3}">${letters.map((c) => cell(`${c}${r + 3}`, ' ')).join('')}</row>`,
  );
  return workbook([HEAD + data.join('')]);
}

function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
