import { allRows } from '../../server/features/admin/beginning.ts';
import { Chain } from '../../server/features/admin/chain.ts';
import { auditHeads, type AuditRecord } from '../../server/features/admin/collections.ts';
import type { HeadLine } from '../../server/features/admin/heads.ts';
import { type Verdict, verifyAudit } from '../../server/features/admin/verify.ts';
import { type AuditEvent, NO_EVENT } from '../../server/platform/audit-trail.ts';
import type { RecordStore } from '../../server/storage/port.ts';

/** The event number `n`, with words in it that JSON writes in more than one way. */
export const auditEvent = (n: number): AuditEvent => ({
  ...NO_EVENT,
  procedure: 'campaigns.editUnit',
  verb: 'edit',
  objectKind: 'unit',
  objectId: `event-${n}`,
  objectName: `后勤处 “${n}” 𠮷 \\ /`,
  personName: '周敏',
  address: '127.0.0.1',
});

export async function allOf(records: RecordStore): Promise<AuditRecord[]> {
  const rows: AuditRecord[] = [];
  for await (const row of allRows(records)) rows.push(row);
  return rows;
}

/** Rows of several processes, one after the other. */
export async function chainsOf(records: RecordStore, lengths: readonly number[]): Promise<HeadLine[]> {
  const heads: HeadLine[] = [];
  for (const length of lengths) {
    const chain = new Chain(records, Date.now);
    await Promise.all(Array.from({ length }, (_, n) => chain.append(auditEvent(n))));
    heads.push({ at: new Date().toISOString(), ...chain.head });
  }
  return heads;
}

/** What verify says of what is stored, with the heads that the database keeps and those given. */
export async function verdictOf(records: RecordStore, heads: readonly HeadLine[] = []): Promise<Verdict> {
  const kept = (await records.list(auditHeads, 'id', {})).map(({ id, version: _, ...head }) => ({
    chain: id,
    ...head,
  }));
  return verifyAudit({ rows: allRows(records), heads: [...kept, ...heads], restores: [] });
}
