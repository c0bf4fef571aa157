import type { DraftNode } from '../../../shared/draft-json.ts';
import { serveAside } from '../../platform/aside.ts';
import { renderDocx } from './docx.ts';
import { renderPdf } from './pdf.ts';
import type { Report } from './report.ts';
import { renderXlsx } from './xlsx.ts';

export interface ExportInput {
  format: 'docx' | 'pdf' | 'xlsx';
  report: Report;
  /** What a draft says, printed under the report's own blocks: in DOCX only. */
  draft?: readonly DraftNode[] | undefined;
  fontsDir: string;
}

serveAside<ExportInput, Uint8Array>(({ format, report, draft, fontsDir }) => {
  if (format === 'docx') return renderDocx(report, draft);
  return format === 'xlsx' ? renderXlsx(report) : renderPdf(report, { fontsDir });
});
