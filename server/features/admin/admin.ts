import type { Contract } from '../../../shared/contract/index.ts';
import { newId } from '../../../shared/ids.ts';
import type { AuditTrail } from '../../platform/audit-trail.ts';
import type { HandlersOf } from '../../platform/handler.ts';
import { permit } from '../../platform/permit.ts';
import type { RecordStore } from '../../storage/port.ts';
import { auditRows } from './collections.ts';

export interface Admin extends AuditTrail {
  handlers: HandlersOf<Contract['admin']>;
}

/** What was changed by whom, for the administrators of the installation. */
export function createAdmin(parts: { records: RecordStore; now?: () => number }): Admin {
  const { records, now = Date.now } = parts;
  return {
    handlers: {
      /** Newest first; `before` is the last one seen. */
      async audit(context, { before, limit }) {
        permit(context, 'audit:read');
        const page = { limit, order: 'desc' as const, ...(before === undefined ? {} : { before }) };
        const rows = await records.list(auditRows, 'id', {}, page);
        return rows.map(({ id, version: _, ...row }) => ({ auditId: id, ...row }));
      },
    },
    async record(event) {
      const at = now();
      await records.insert(auditRows, {
        id: newId(at),
        at: new Date(at).toISOString(),
        subject: '',
        ...event,
      });
    },
  };
}
