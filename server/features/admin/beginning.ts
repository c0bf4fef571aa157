import type { RecordStore } from '../../storage/port.ts';
import { digestOver, msOf } from './chained.ts';
import { type AuditRecord, auditRows } from './collections.ts';

/** How a row is tied to what was there before it. */
export type Link = Pick<AuditRecord, 'prev' | 'follows' | 'unchained'>;

export interface Beginning {
  link: Link;
  /** The millisecond in the id of the newest row, so that a clock that went back does not mix the order. */
  ms: number;
}

const AT_A_TIME = 500;

/** All rows, oldest first, a page at a time. */
export async function* allRows(records: RecordStore): AsyncGenerator<AuditRecord> {
  for (let after = ''; ; ) {
    const page = await records.list(auditRows, 'id', {}, { after, limit: AT_A_TIME });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < AT_A_TIME) return;
    after = last.id;
  }
}

/**
 * What the first row of a new chain ties itself to: the newest row, so that no chain before it can vanish as a whole. Where the
 * newest is of an older program and has no hash: the digest of all such rows.
 */
export async function beginningOf(records: RecordStore): Promise<Beginning> {
  const [newest] = await records.list(auditRows, 'id', {}, { order: 'desc', limit: 1 });
  if (!newest) return { link: { prev: '' }, ms: 0 };
  const ms = msOf(newest.id);
  if (newest.hash !== undefined) return { link: { prev: newest.hash, follows: newest.id }, ms };
  let [prev, unchained] = ['', 0];
  for await (const row of allRows(records)) {
    if (row.hash !== undefined) continue;
    prev = digestOver(prev, row);
    unchained++;
  }
  return { link: { prev, unchained }, ms };
}
