import { serveAside } from '../../platform/aside.ts';
import { renderDocx } from './docx.ts';
import { renderPdf } from './pdf.ts';
import type { Report } from './report.ts';
import { renderXlsx } from './xlsx.ts';

export interface ExportInput {
  format: 'docx' | 'pdf' | 'xlsx';
  report: Report;
  fontsDir: string;
}

serveAside<ExportInput, Uint8Array>(({ format, report, fontsDir }) => {
  if (format === 'docx') return renderDocx(report);
  return format === 'xlsx' ? renderXlsx(report) : renderPdf(report, { fontsDir });
});
