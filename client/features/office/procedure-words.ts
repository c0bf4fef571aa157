import { auditText } from '../../../shared/audit.ts';
import type { AuditRow } from '../../../shared/contract/admin.ts';
import { type ProcedureName, procedures } from '../../../shared/contract/index.ts';
import { Code } from '../../../shared/failure.ts';
import { failureText, type Language, ROLE_LABEL } from '../../../shared/labels.ts';

/** What a row says was done, in words; '' when it was nothing that has words: a question that was refused. */
export function doneText(row: AuditRow, language: Language): string {
  if (row.verb) return auditText(row.verb, row.objectKind ?? '', language);
  // A row of an older program names the procedure only, which says today what it is.
  const declared = procedures.get(row.procedure as ProcedureName)?.audit;
  return typeof declared === 'object' ? auditText(declared.verb, declared.kind, language) : '';
}

/** The role or the format that it was about; '' for what is of no use to a reader. */
export function detailText({ detail, objectName = '' }: AuditRow, language: Language): string {
  if (detail === undefined) return '';
  if (Object.hasOwn(ROLE_LABEL, detail)) return ROLE_LABEL[detail as keyof typeof ROLE_LABEL][language];
  const format = /^(docx|pdf|md|xlsx)$/.test(detail) && !objectName.endsWith(`.${detail}`);
  return format ? detail.toUpperCase() : '';
}

/** Why it failed; undefined when it went through. A sentence whose facts the row does not hold gives way to the one of its code. */
export function failedText({ outcome, reason = '' }: AuditRow, language: Language): string | undefined {
  const code = Code.safeParse(outcome);
  if (!code.success) return undefined;
  const told = failureText({ code: code.data, reason }, language);
  return told.includes('{') ? failureText({ code: code.data, reason: '' }, language) : told;
}
