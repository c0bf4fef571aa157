/** MongoDB refuses documents above 16 MB; bytes are cut well below. */
export const PART = 8 * 1024 * 1024;

/** Cuts bytes into parts of at most 8 MiB; at least one, so that nothing is something too. */
export function cut(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < bytes.byteLength; at += PART) parts.push(bytes.subarray(at, at + PART));
  return parts;
}

/** Joins parts into bytes of their own. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

/** The bytes of a binary field as a lean read gives it (the driver's Binary) or as a Buffer. */
export function bytesOf(field: unknown): Uint8Array {
  if (field instanceof Uint8Array) return field;
  const { buffer, position } = field as { buffer: Uint8Array; position: number };
  return buffer.subarray(0, position);
}
