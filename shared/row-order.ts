import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

// The order of rows: each has a fractional key, so that a move writes one key; ties are broken by id.

/** `order` is '' for a key that cannot be read. */
export interface Ordered {
  rowId: string;
  order: string;
}

const MAX_KEY = 200;

export function isOrderKey(key: unknown): key is string {
  if (typeof key !== 'string' || key === '' || key.length > MAX_KEY) return false;
  try {
    generateKeyBetween(key, null);
    return true;
  } catch {
    return false;
  }
}

/** Rows without a readable key stand last. */
export function byOrder(a: Ordered, b: Ordered): number {
  if ((a.order === '') !== (b.order === '')) return a.order === '' ? 1 : -1;
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.rowId < b.rowId ? -1 : 1;
}

/**
 * The keys to write so that the row stands before `before` (null or unknown: at the end) among the others, which are
 * sorted: its own, and new ones for neighbours whose keys tie (two people moved to one place at once) or cannot be read.
 * When keys have grown too long all rows get new ones.
 */
export function placed(
  others: readonly Ordered[],
  rowId: string,
  before: string | null,
): Map<string, string> {
  const found = others.findIndex((row) => row.rowId === before);
  const at = found < 0 ? others.length : found;
  let from = at;
  while (from > 0 && others[from - 1]!.order === '') from--;
  const low = others[from - 1]?.order ?? null;
  const misplaced = ({ order }: Ordered) => order === '' || (low !== null && order <= low);
  let to = at;
  while (to < others.length && misplaced(others[to]!)) to++;
  const ids = [...others.slice(from, at), { rowId }, ...others.slice(at, to)].map((row) => row.rowId);
  const keys = generateNKeysBetween(low, others[to]?.order ?? null, ids.length);
  if (keys.every((key) => key.length < MAX_KEY)) return pairs(ids, keys);
  const all = [...others.slice(0, at), { rowId }, ...others.slice(at)].map((row) => row.rowId);
  return pairs(all, generateNKeysBetween(null, null, all.length));
}

const pairs = (ids: readonly string[], keys: readonly string[]) =>
  new Map(ids.map((id, i) => [id, keys[i]!]));
