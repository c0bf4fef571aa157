import { sumOf } from '../checksum.ts';

/** A record as it stands in its table; an older program has written those without a sum, or left an earlier version's. */
export interface RecordRow {
  id: string;
  version: number;
  body: string;
  sum: string | null;
}

/** Names the version that it is of: an older program writes body and version, and leaves the sum as it was. */
export const recordSum = (table: string, { id, version, body }: Omit<RecordRow, 'sum'>): string =>
  `${version}:${sumOf(`${table}:${id}`, body).toString(36)}`;

/** The stored JSON, or in words why the row is not what was stored. */
export function readRow(table: string, row: RecordRow): Record<string, unknown> | string {
  if (row.sum?.startsWith(`${row.version}:`) && row.sum !== recordSum(table, row))
    return 'its checksum is another';
  try {
    const json = JSON.parse(row.body) as Record<string, unknown>;
    return json.id === row.id && json.version === row.version ? json : 'its id or version is another';
  } catch {
    return 'it cannot be read';
  }
}
