import { newId } from '../../../shared/ids.ts';
import { digest } from '../../platform/secrets.ts';
import type { AuditRecord } from './collections.ts';

const MOST_TEXT = 300;

/** The row as one text that is the same wherever it is read: its fields but the hash, by name. */
function canonical({ hash: _, ...row }: AuditRecord): string {
  const fields = Object.entries(row).filter(([, value]) => value !== undefined);
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** SHA-256 in hex over the row and, by its `prev`, over everything before it in its chain. */
export const hashOf = (row: AuditRecord): string => digest(canonical(row));

/** A digest over rows that have no hash of their own, in order. */
export const digestOver = (before: string, row: AuditRecord): string => digest(before + canonical(row));

/** A UUIDv7 that sorts behind the one of `count - 1` in the same millisecond: ids of a chain are in its order. */
export function orderedId(ms: number, count: number): string {
  const id = newId(ms);
  const place = (count & 0xffffff).toString(16).padStart(6, '0');
  return `${id.slice(0, 15)}${place.slice(0, 3)}-8${place.slice(3)}${id.slice(23)}`;
}

/** The millisecond that an id of version 7 starts with. */
export const msOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** What can be stored whatever was sent: nothing may hold up the rows behind it. */
export function storable(text: string): string {
  return text.slice(0, MOST_TEXT).replace(/[\p{Cs}\0]/gu, '\uFFFD');
}
