import type { DraftNode } from '../../../shared/draft-json.ts';
import { AppError } from '../../../shared/errors.ts';
import { Aside, AsideFailure, type AsideLimits, asideFile } from '../../platform/aside.ts';
import type { ExportInput } from './export-worker.ts';
import { renderMarkdown } from './markdown.ts';
import type { Report } from './report.ts';

export type Format = 'docx' | 'pdf' | 'md' | 'xlsx';

/** One PDF at a time: its pages are set by the second. Nobody is counted out by pages: only time and memory end it. */
const PDF: AsideLimits = { heapMb: 1024, ms: 300_000, waiting: 3, most: 12, idleMs: 60_000 };
/** The others take a fraction of a second and do not wait behind a long PDF. */
const OFFICE: AsideLimits = { heapMb: 512, ms: 60_000, waiting: 12, most: 24, idleMs: 60_000 };

export interface Renderers {
  /** Throws UNAVAILABLE `work.busy`, which a page tries again, when too many files of that format are being made. */
  ready(format: Format): void;
  /** The file's bytes. Throws TOO_LARGE `export.large` when it takes more time or memory than there is. */
  render(format: Format, report: Report, draft?: readonly DraftNode[]): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Files are made on threads of their own: one for PDF, one for the formats of the office programs. */
export function createRenderers(fontsDir: string): Renderers {
  const file = () => asideFile(import.meta.url, 'export-worker');
  const pdf = new Aside<ExportInput, Uint8Array>(file(), PDF);
  const office = new Aside<ExportInput, Uint8Array>(file(), OFFICE);
  const asideOf = (format: Format) => (format === 'pdf' ? pdf : office);
  return {
    ready(format) {
      if (format !== 'md' && asideOf(format).full) throw new AppError('UNAVAILABLE', 'work.busy');
    },
    async render(format, report, draft) {
      // A few strings put together: quicker than handing them over.
      if (format === 'md') return renderMarkdown(report);
      try {
        return await asideOf(format).run({ format, report, draft, fontsDir });
      } catch (error) {
        if (error instanceof AsideFailure && error.why !== 'crash')
          throw new AppError('TOO_LARGE', 'export.large');
        throw error;
      }
    },
    async close() {
      await Promise.all([pdf.close(), office.close()]);
    },
  };
}
