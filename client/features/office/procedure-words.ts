import { auditText } from '../../../shared/audit.ts';
import { type ProcedureName, procedures } from '../../../shared/contract/index.ts';
import type { AuditRow } from '../../../shared/contract/admin.ts';
import type { Language } from '../../../shared/labels.ts';

/** What a row says was done, in words. A row of an older program names the procedure only, which says today what it is. */
export function doneText(row: AuditRow, language: Language): string {
  if (row.verb) return auditText(row.verb, row.objectKind ?? '', language);
  const declared = procedures.get(row.procedure as ProcedureName)?.audit;
  return typeof declared === 'object' ? auditText(declared.verb, declared.kind, language) : row.procedure;
}
