import { dayOf } from '../../../shared/days.ts';
import type { Contract, InputOf } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import { can } from '../../../shared/policy.ts';
import type { Context, FileAnswer, HandlersOf } from '../../platform/handler.ts';
import type { BlobStore } from '../../storage/port.ts';
import type { Board } from '../board/board.ts';
import type { Minutes } from '../minutes/minutes.ts';
import { renderDocx } from './docx.ts';
import { listReport } from './list-report.ts';
import { renderMarkdown } from './markdown.ts';
import { minutesReport } from './minutes-report.ts';
import { renderPdf } from './pdf.ts';
import type { Report } from './report.ts';
import { renderXlsx } from './xlsx.ts';

const TYPE = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  md: 'text/markdown; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export interface ExportsParts {
  board: Board;
  minutes: Minutes;
  blobs: BlobStore;
  topicNames(campaignId: string): Promise<ReadonlyMap<string, string>>;
  /** Where the administrator may put licensed fonts. */
  fontsDir: string;
  now: () => number;
}

/** What a file name cannot hold on the systems in use becomes a dash; with 50 characters the whole stays below 255 bytes. */
const safe = (name: string) => [...name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '-')].slice(0, 50).join('');
const stamp = (iso: string) => dayOf(iso).replaceAll('-', '');

export function createExports(parts: ExportsParts): HandlersOf<Contract['exports']> {
  function render(format: 'docx' | 'pdf' | 'md', report: Report): Promise<Uint8Array> {
    if (format === 'docx') return renderDocx(report);
    return format === 'pdf' ? renderPdf(report, { fontsDir: parts.fontsDir }) : renderMarkdown(report);
  }

  /** What was sealed is rendered once and kept: the same bytes come out after an upgrade too. */
  async function once(id: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const kept = await parts.blobs.get(id);
    if (kept) return kept;
    await parts.blobs.put(id, await make());
    return (await parts.blobs.get(id))!;
  }

  async function minutesFile(
    context: Context,
    { sessionId, format }: InputOf<'exports.minutes'>,
  ): Promise<FileAnswer> {
    const view = await parts.minutes.forExport(context, sessionId);
    const report = minutesReport(view, new Date(parts.now()).toISOString());
    const make = () => render(format, report);
    const draft = view.sealed ? '' : '（草稿）';
    return {
      name: `纪要_${safe(view.title)}${draft}_${stamp(report.made)}.${format}`,
      type: TYPE[format],
      make: view.sealed
        ? () => once(`minutes-${sessionId}-${view.sealed?.sha256.slice(0, 16)}-${format}`, make)
        : make,
    };
  }

  async function listFile(context: Context, { boardId }: InputOf<'exports.list'>): Promise<FileAnswer> {
    const { campaignId, unitName } = await parts.board.handlers.get(context, { boardId });
    if (!can(context.actor, 'list:export', { campaignId, boardId }))
      throw new AppError('FORBIDDEN', 'not.allowed');
    const made = new Date(parts.now()).toISOString();
    const make = async () => {
      const [{ rows }, topics] = await Promise.all([parts.board.rows(boardId), parts.topicNames(campaignId)]);
      return renderXlsx(listReport(unitName, rows, topics, made));
    };
    return { name: `问题清单_${safe(unitName)}_${stamp(made)}.xlsx`, type: TYPE.xlsx, make };
  }

  return { minutes: minutesFile, list: listFile };
}
