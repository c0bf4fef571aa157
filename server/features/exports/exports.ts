import { dayOf } from '../../../shared/days.ts';
import type { Contract, InputOf } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import { can } from '../../../shared/policy.ts';
import type { Context, FileAnswer, HandlersOf } from '../../platform/handler.ts';
import type { BlobStore } from '../../storage/port.ts';
import type { Board } from '../board/board.ts';
import type { Minutes } from '../minutes/minutes.ts';
import { listReport } from './list-report.ts';
import { minutesReport } from './minutes-report.ts';
import type { Renderers } from './renderers.ts';

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
  renderers: Renderers;
  now: () => number;
}

/** What a file name cannot hold on the systems in use becomes a dash; with 50 characters the whole stays below 255 bytes. */
const safe = (name: string) => [...name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '-')].slice(0, 50).join('');
const stamp = (iso: string) => dayOf(iso).replaceAll('-', '');

export function createExports(parts: ExportsParts): HandlersOf<Contract['exports']> {
  const { renderers } = parts;
  const beingMade = new Map<string, Promise<Uint8Array>>();

  async function keep(id: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    await parts.blobs.put(id, await make());
    return (await parts.blobs.get(id))!;
  }

  /** What was sealed is rendered once and kept: the same bytes come out after an upgrade too. */
  async function once(id: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const kept = await parts.blobs.get(id);
    if (kept) return kept;
    const making = beingMade.get(id) ?? keep(id, make).finally(() => beingMade.delete(id));
    beingMade.set(id, making);
    return making;
  }

  async function minutesFile(
    context: Context,
    { sessionId, format }: InputOf<'exports.minutes'>,
  ): Promise<FileAnswer> {
    const { title, sealed, read } = await parts.minutes.forExport(context, sessionId);
    const made = new Date(parts.now()).toISOString();
    const make = async () => renderers.render(format, minutesReport(await read(), made));
    const kept = `minutes-${sessionId}-${sealed?.sha256.slice(0, 16)}-${format}`;
    return {
      name: `纪要_${safe(title)}${sealed ? '' : '（草稿）'}_${stamp(sealed?.at ?? made)}.${format}`,
      type: TYPE[format],
      ready: () => renderers.ready(format),
      make: sealed ? () => once(kept, make) : make,
    };
  }

  async function listFile(context: Context, { boardId }: InputOf<'exports.list'>): Promise<FileAnswer> {
    const { campaignId, unitName } = await parts.board.handlers.get(context, { boardId });
    if (!can(context.actor, 'list:export', { campaignId, boardId }))
      throw new AppError('FORBIDDEN', 'not.allowed');
    const made = new Date(parts.now()).toISOString();
    const make = async () => {
      const [{ rows }, topics] = await Promise.all([parts.board.rows(boardId), parts.topicNames(campaignId)]);
      return renderers.render('xlsx', listReport(unitName, rows, topics, made));
    };
    return {
      name: `问题清单_${safe(unitName)}_${stamp(made)}.xlsx`,
      type: TYPE.xlsx,
      ready: () => renderers.ready('xlsx'),
      make,
    };
  }

  return { minutes: minutesFile, list: listFile };
}
