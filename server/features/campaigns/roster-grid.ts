import { Unzip, UnzipInflate, unzipSync } from 'fflate';
import papa from 'papaparse';
import { boundedText, UnreadableRoster } from './roster-bounds.ts';
import { KEPT_AS_TEXT, lineAt, strayQuote } from './roster-quotes.ts';
import type { Sheet } from './roster-sheet.ts';
import { readWorkbook } from './roster-workbook.ts';

// A small file can unpack to gigabytes; a roster of 5,000 people is under 2 MB.
const UNPACKED_LIMIT = 32 * 1024 * 1024;
// A workbook with a sheet for each of 60 schools has about 200.
const MOST_PARTS = 512;

const startsWith = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);

const PARTING = new Set([0x09, 0x0a, 0x0d, 0x2c, 0x3b]);

/** UTF-16 by its mark or, without one, by how its commas and line breaks are written. */
function utf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  if (bytes.length % 2 === 1) return undefined;
  for (let at = 0; at < bytes.length; at += 2) {
    const [first, second] = [bytes[at]!, bytes[at + 1]!];
    if (second === 0 && PARTING.has(first)) return 'utf-16le';
    if (first === 0 && PARTING.has(second)) return 'utf-16be';
  }
  return undefined;
}

function decode(bytes: Uint8Array): string {
  const wide = utf16(bytes);
  for (const encoding of wide ? [wide] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this encoding; Excel and WPS write Chinese CSV in either.
    }
  }
  throw new UnreadableRoster('roster.encoding');
}

function fromCsv(bytes: Uint8Array): Sheet {
  const decoded = decode(bytes);
  if (decoded.includes('\0')) throw new UnreadableRoster('roster.unreadable');
  // Many systems export a web page and call it .xls.
  if (/^\s*<(!doctype|html|table|\?xml|meta)/i.test(decoded)) throw new UnreadableRoster('roster.xls');
  const text = boundedText(decoded.replace(/\r\n?/g, '\n'));
  const { data, errors, meta } = papa.parse<string[]>(text, { skipEmptyLines: false });
  const wrong = errors.filter(({ type }) => type === 'Quotes').map(({ index }) => index ?? 0);
  const at = Math.min(...wrong, strayQuote(text, meta.delimiter) ?? Number.POSITIVE_INFINITY);
  if (Number.isFinite(at)) throw new UnreadableRoster('roster.quote', undefined, lineAt(text, at));
  const nothing = new Set<number>();
  const cells = data.map((line) => line.map((cell) => cell.replace(KEPT_AS_TEXT, '$1')));
  return { name: '', hidden: false, cells, hiddenRows: nothing, hiddenColumns: nothing, merges: [] };
}

function withinLimit(bytes: Uint8Array): void {
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
  unpacksWithin(bytes, UNPACKED_LIMIT);
}

const STEP = 64 * 1024;

/** What the file says of its sizes may be a lie: it is unpacked piece by piece, kept nowhere, and left as soon as it is too much. */
function unpacksWithin(bytes: Uint8Array, limit: number): void {
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

function unzipped<T>(unzip: () => T): T {
  try {
    return unzip();
  } catch {
    throw new UnreadableRoster('roster.unreadable');
  }
}

/** The sheets of a file, by what its bytes are rather than by its name; a CSV is one without a name. Throws UnreadableRoster. */
export function readSheets(bytes: Uint8Array, fileName: string): Sheet[] {
  if (bytes.length === 0) throw new UnreadableRoster('roster.empty');
  // The container of .xls is also that of an .xlsx with a password.
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new UnreadableRoster(/\.xlsx$/i.test(fileName) ? 'roster.password' : 'roster.xls');
  if (!startsWith(bytes, 0x50, 0x4b)) return [fromCsv(bytes)];
  withinLimit(bytes);
  return readWorkbook(bytes);
}
