import { strFromU8, unzipSync } from 'fflate';
import { UnreadableRoster } from './roster-bounds.ts';
import { readSheet, type Sheet, unescaped, type Values } from './roster-sheet.ts';
import { walkXml, xmlText } from './roster-xml.ts';

// A workbook with a sheet for each of 60 schools has as many; several names for one sheet would be a way to make much of little.
const MOST_SHEETS = 512;

type Parts = ReadonlyMap<string, string>;

/** Texts that cells share, without the reading aids (`rPh`) that some programs write beside them. */
function sharedStrings(xml: string): string[] {
  const strings: string[] = [];
  let [text, inText, phonetic] = ['', false, false];
  walkXml(xml, {
    open(tag) {
      if (tag === 'si') text = '';
      else if (tag === 'rPh') phonetic = true;
      else if (tag === 't') inText = !phonetic;
    },
    text(piece) {
      if (inText) text += piece;
    },
    close(tag) {
      if (tag === 't') inText = false;
      else if (tag === 'rPh') phonetic = false;
      else if (tag === 'si') strings.push(unescaped(text));
    },
  });
  return strings;
}

// Formats of dates that have a number and no text: the common ones, the Chinese ones, and times.
const DATE_NUMBERS = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58 && id !== 48 && id !== 49);
const showsDate = (code: string) => /[ymdhs年月日]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''));

/** The numbers of the styles that show a number as a date. */
function dateStyles(xml: string): Set<number> {
  const formats = new Map<number, string>();
  const dates = new Set<number>();
  let [inside, style] = [false, 0];
  walkXml(xml, {
    open(tag, attributes) {
      if (tag === 'numFmt')
        formats.set(Number(attributes()['numFmtId']), xmlText(attributes()['formatCode'] ?? ''));
      else if (tag === 'cellXfs') inside = true;
      else if (tag === 'xf' && inside) {
        const id = Number(attributes()['numFmtId']);
        const code = formats.get(id);
        if (code === undefined ? DATE_NUMBERS(id) : showsDate(code)) dates.add(style);
        style++;
      }
    },
    close(tag) {
      if (tag === 'cellXfs') inside = false;
    },
  });
  return dates;
}

/** Where the parts lie that one part names: `xl/worksheets/sheet1.xml` by the id of its relation, and by the end of its type. */
function relations(parts: Parts, of: string): Map<string, string> {
  const folder = of.slice(0, of.lastIndexOf('/') + 1);
  const found = new Map<string, string>();
  const xml = parts.get(`${folder}_rels/${of.slice(folder.length)}.rels`);
  if (xml === undefined) return found;
  walkXml(xml, {
    open(tag, attributes) {
      if (tag !== 'Relationship') return;
      const { Id = '', Target = '', Type = '' } = attributes();
      const target = xmlText(Target);
      const path = target.startsWith('/')
        ? target.slice(1)
        : new URL(target, `file:///${folder}`).pathname.slice(1);
      found.set(xmlText(Id), decodeURIComponent(path));
      const kind = Type.slice(Type.lastIndexOf('/') + 1);
      if (kind !== 'worksheet') found.set(kind, decodeURIComponent(path));
    },
  });
  return found;
}

function readParts(parts: Parts): Sheet[] {
  const book = relations(parts, '').get('officeDocument') ?? 'xl/workbook.xml';
  const workbook = parts.get(book);
  if (workbook === undefined) throw new UnreadableRoster('roster.unreadable');
  const related = relations(parts, book);
  const partOf = (kind: string, usual: string) => parts.get(related.get(kind) ?? usual);
  const [strings, styles] = [
    partOf('sharedStrings', 'xl/sharedStrings.xml'),
    partOf('styles', 'xl/styles.xml'),
  ];
  const values: Values = {
    strings: strings === undefined ? [] : sharedStrings(strings),
    dates: styles === undefined ? new Set() : dateStyles(styles),
    dayZero: /<(?:[\w.-]+:)?workbookPr[^>]*\sdate1904\s*=\s*["'](?:1|true)["']/.test(workbook) ? 1462 : 0,
  };
  const sheets: Sheet[] = [];
  walkXml(workbook, {
    open(tag, attributes) {
      if (tag !== 'sheet') return;
      if (sheets.length >= MOST_SHEETS) throw new UnreadableRoster('roster.too-large');
      const given = attributes();
      const id = Object.entries(given).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      const xml = parts.get(related.get(xmlText(id)) ?? '');
      if (xml === undefined) throw new UnreadableRoster('roster.unreadable');
      const hidden = given['state'] === 'hidden' || given['state'] === 'veryHidden';
      sheets.push(readSheet(xml, xmlText(given['name'] ?? ''), hidden, values));
    },
  });
  return sheets;
}

/** The sheets of a workbook, hidden ones too, in their order. Whoever calls has looked how much it unpacks to. Throws UnreadableRoster. */
export function readWorkbook(bytes: Uint8Array): Sheet[] {
  let unzipped: ReturnType<typeof unzipSync>;
  try {
    unzipped = unzipSync(bytes, { filter: ({ name }) => /\.(xml|rels)$/i.test(name) });
  } catch {
    throw new UnreadableRoster('roster.unreadable');
  }
  return readParts(new Map(Object.entries(unzipped).map(([name, part]) => [name, strFromU8(part)])));
}
