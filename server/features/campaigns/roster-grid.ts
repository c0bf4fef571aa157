import { boundedSheet, boundedText, UnreadableRoster } from './roster-bounds.ts';

/** The cells of a sheet as text; line n of the file is `grid[n - 1]`. */
export type Grid = string[][];

// A small file can unpack to gigabytes; a roster of 5,000 people is under 2 MB.
const UNPACKED_LIMIT = 32 * 1024 * 1024;
// A workbook with a sheet for each of 60 schools has about 200.
const MOST_PARTS = 512;

const startsWith = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);

function decode(bytes: Uint8Array): string {
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this encoding; Excel and WPS write Chinese CSV in either.
    }
  }
  throw new UnreadableRoster('roster.encoding');
}

async function fromCsv(bytes: Uint8Array): Promise<Grid> {
  const text = decode(bytes);
  if (text.includes('\0')) throw new UnreadableRoster('roster.unreadable');
  // Many systems export a web page and call it .xls.
  if (/^\s*<(!doctype|html|table|\?xml|meta)/i.test(text)) throw new UnreadableRoster('roster.xls');
  const { default: papa } = await import('papaparse');
  return papa.parse<string[]>(boundedText(text), { skipEmptyLines: false }).data;
}

async function withinLimit(bytes: Uint8Array): Promise<void> {
  const { unzipSync } = await import('fflate');
  let [size, parts] = [0, 0];
  unzipped(() =>
    unzipSync(bytes, {
      filter: (file) => {
        size += file.originalSize;
        parts++;
        return false;
      },
    }),
  );
  if (size > UNPACKED_LIMIT || parts > MOST_PARTS) throw new UnreadableRoster('roster.too-large');
  await unpacksWithin(bytes, UNPACKED_LIMIT);
}

const STEP = 64 * 1024;

/** What the file says of its sizes may be a lie: it is unpacked piece by piece, kept nowhere, and left as soon as it is too much. */
async function unpacksWithin(bytes: Uint8Array, limit: number): Promise<void> {
  const { Unzip, UnzipInflate } = await import('fflate');
  let size = 0;
  const unzip = new Unzip((file) => {
    file.ondata = (error, piece) => {
      // What is thrown here comes back once more as the error of this very file.
      if (error) throw error;
      size += piece.length;
      if (size > limit) throw new UnreadableRoster('roster.too-large');
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += STEP)
      unzip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
  } catch (error) {
    throw error instanceof UnreadableRoster ? error : new UnreadableRoster('roster.unreadable');
  }
}

const asText = (cell: unknown): string =>
  cell === null || cell === undefined
    ? ''
    : cell instanceof Date
      ? cell.toISOString().slice(0, 10)
      : String(cell);

// A cell may hold 1.38E10 with all its figures; a telephone number has to come out in full.
const plainNumber = (stored: string): string => String(Number(stored));

const isSheet = (xml: string) => /<(?:[\w.-]+:)?sheetData[\s/>]/.test(xml);

/** The same workbook with every sheet within the bounds, and without its pictures. */
async function withinBounds(bytes: Uint8Array): Promise<Uint8Array> {
  const { strFromU8, strToU8, unzipSync, zipSync } = await import('fflate');
  const parts = unzipped(() => unzipSync(bytes, { filter: ({ name }) => /\.(xml|rels)$/i.test(name) }));
  for (const [name, part] of Object.entries(parts)) {
    const xml = strFromU8(part);
    if (isSheet(xml)) parts[name] = strToU8(boundedSheet(xml));
  }
  return zipSync(parts, { level: 0 });
}

function unzipped<T>(unzip: () => T): T {
  try {
    return unzip();
  } catch {
    throw new UnreadableRoster('roster.unreadable');
  }
}

async function fromXlsx(bytes: Uint8Array): Promise<Grid[]> {
  await withinLimit(bytes);
  const bounded = await withinBounds(bytes);
  const { default: read } = await import('read-excel-file/node');
  const sheets = await read(Buffer.from(bounded), { parseNumber: plainNumber }).catch(() => {
    throw new UnreadableRoster('roster.unreadable');
  });
  return sheets.map((sheet) => sheet.data.map((row) => row.map(asText)));
}

/** The sheets of a file, by what its bytes are rather than by its name. Throws UnreadableRoster. */
export async function readGrids(bytes: Uint8Array, fileName: string): Promise<Grid[]> {
  if (bytes.length === 0) throw new UnreadableRoster('roster.empty');
  // The container of .xls is also that of an .xlsx with a password.
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new UnreadableRoster(/\.xlsx$/i.test(fileName) ? 'roster.password' : 'roster.xls');
  if (startsWith(bytes, 0x50, 0x4b)) return fromXlsx(bytes);
  return [await fromCsv(bytes)];
}
