/** What a renderer must know of a font file before it uses it. */
export type FontFile = {
  path: string;
  /** Line height of the font by its own measure, in ems: line pitches are given as a multiple of it. */
  natural: number;
  has(codePoint: number): boolean;
};

type Range = { from: number; to: number; missing: (codePoint: number) => boolean };

function tables(view: DataView): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + i * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((k) => view.getUint8(at + k)));
    const [start, length] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (start + length > view.byteLength) throw new Error('the font file is cut off');
    found.set(tag, start);
  }
  return found;
}

/** Format 4: segments of the first 65,536 characters. */
function segments(view: DataView, at: number): Range[] {
  const count = view.getUint16(at + 6) / 2;
  const ends = at + 14;
  return Array.from({ length: count }, (_, i) => {
    const to = view.getUint16(ends + i * 2);
    const from = view.getUint16(ends + 2 + count * 2 + i * 2);
    const delta = view.getUint16(ends + 2 + count * 4 + i * 2);
    const offsetAt = ends + 2 + count * 6 + i * 2;
    const offset = view.getUint16(offsetAt);
    const glyph = (c: number) => {
      const slot = offsetAt + offset + (c - from) * 2;
      const raw = offset === 0 ? c : slot + 2 > view.byteLength ? 0 : view.getUint16(slot);
      return offset !== 0 && raw === 0 ? 0 : (raw + delta) & 0xffff;
    };
    return { from, to, missing: (c) => glyph(c) === 0 };
  });
}

/** Format 12: groups of all characters. */
function groups(view: DataView, at: number): Range[] {
  return Array.from({ length: view.getUint32(at + 12) }, (_, i) => {
    const group = at + 16 + i * 12;
    const first = view.getUint32(group + 8);
    const from = view.getUint32(group);
    return { from, to: view.getUint32(group + 4), missing: (c) => first + (c - from) === 0 };
  });
}

function ranges(view: DataView, cmap: number): Range[] {
  const all: Range[] = [];
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const record = cmap + 4 + i * 8;
    const platform = view.getUint16(record);
    const at = cmap + view.getUint32(record + 4);
    const format = view.getUint16(at);
    if (platform !== 0 && platform !== 3) continue;
    if (format === 4) all.push(...segments(view, at));
    if (format === 12) all.push(...groups(view, at));
  }
  return all;
}

/** Reads a TrueType or OpenType file (no collections). Throws if it is none or not whole. */
export function readFontFile(path: string, bytes: Uint8Array): FontFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = tables(view);
  const [head, hhea, cmap] = [found.get('head'), found.get('hhea'), found.get('cmap')];
  if (head === undefined || hhea === undefined || cmap === undefined) throw new Error(`not a font: ${path}`);
  const all = ranges(view, cmap);
  const known = new Map<number, boolean>();
  return {
    path,
    natural: (view.getInt16(hhea + 4) - view.getInt16(hhea + 6)) / view.getUint16(head + 18),
    has(codePoint) {
      const before = known.get(codePoint);
      if (before !== undefined) return before;
      const has = all.some((r) => codePoint >= r.from && codePoint <= r.to && !r.missing(codePoint));
      known.set(codePoint, has);
      return has;
    },
  };
}
