import type { AuditRow } from '../../../shared/contract/admin.ts';
import type { Contract } from '../../../shared/contract/index.ts';
import type { HandlersOf } from '../../platform/handler.ts';
import { permit } from '../../platform/permit.ts';
import type { RecordStore } from '../../storage/port.ts';
import { type AuditRecord, auditRows } from './collections.ts';

/** What was changed by whom, for the administrators of the installation. */
export function createAdmin({ records }: { records: RecordStore }): HandlersOf<Contract['admin']> {
  return {
    /** Newest first; `before` is the last one seen. */
    async audit(context, { before, limit }) {
      permit(context, 'audit:read');
      const page = { limit, order: 'desc' as const, ...(before === undefined ? {} : { before }) };
      return (await records.list(auditRows, 'id', {}, page)).map(rowOf);
    },
  };
}

/** Without what only `verify` has use for. */
function rowOf({ id, version: _, ...row }: AuditRecord): AuditRow {
  const { chain: _c, seq: _s, prev: _p, hash: _h, follows: _f, unchained: _u, ...told } = row;
  return { auditId: id, ...told };
}
