import { sumOf } from '../checksum.ts';

type Stored = Readonly<Record<string, unknown>>;

/** The field that holds it, beside those of the shape; no shape can have one of this name. */
export const SUM = '_sum';

const over = (collection: string, document: Stored, keys: readonly string[]) =>
  sumOf(collection, JSON.stringify(keys.map((key) => document[key]))).toString(36);

/**
 * The checksum of a document as it is stored, with the keys that it covers: what another program puts beside them, or leaves there, does
 * not make it false. An older program drops it with the document that it replaces.
 */
export function documentSum(collection: string, document: Stored): string {
  const keys = Object.keys(document).filter((key) => key !== SUM);
  return `${over(collection, document, keys)}:${keys.join()}`;
}

export function isWhole(collection: string, document: Stored): boolean {
  const sum = document[SUM];
  if (sum === undefined) return true;
  const [crc, keys] = String(sum).split(':', 2);
  return keys !== undefined && crc === over(collection, document, keys.split(','));
}
