/** One part of an Office file, by its path: gives the part's new text, or undefined to leave it as it is. */
export type PartEdit = (path: string, text: string) => string | undefined;

// The oldest time that a zip can say. Real times would make two files of one report differ.
const NO_TIME = new Date(1980, 0, 1);

/** The file packed again with every XML part edited and without times, so that equal content is equal bytes. */
export async function repack(file: Uint8Array, edit: PartEdit): Promise<Uint8Array> {
  const { strFromU8, strToU8, unzipSync, zipSync } = await import('fflate');
  const found = unzipSync(file);
  // First, as Office writes it: readers that look only at the beginning tell the kind of file by it.
  const parts: Record<string, Uint8Array> = {
    '[Content_Types].xml': found['[Content_Types].xml'] ?? new Uint8Array(),
  };
  for (const [path, bytes] of Object.entries(found)) {
    const text = /\.(xml|rels)$/.test(path) ? edit(path, strFromU8(bytes)) : undefined;
    parts[path] = text === undefined ? bytes : strToU8(text);
  }
  return zipSync(parts, { mtime: NO_TIME, level: 6 });
}

/** docProps/core.xml with `made` as the only time. */
export function stampCore(text: string, made: string): string {
  const time = `${made.slice(0, 19)}Z`;
  return text.replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${time}`);
}

/** Text between XML tags or in an attribute. */
export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
