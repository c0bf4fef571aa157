import { dayOf } from '../../../shared/days.ts';
import type { Contract, InputOf } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import { can } from '../../../shared/policy.ts';
import type { Context, FileAnswer, HandlersOf } from '../../platform/handler.ts';
import type { BlobStore } from '../../storage/port.ts';
import type { Board } from '../board/board.ts';
import type { Minutes } from '../minutes/minutes.ts';
import type { Session } from '../session/session.ts';
import { hasText } from './draft-docx.ts';
import { listReport } from './list-report.ts';
import { minutesReport } from './minutes-report.ts';
import { recordReport } from './record-report.ts';
import type { Renderers } from './renderers.ts';
import type { Report } from './report.ts';

const TYPE = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  md: 'text/markdown; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export interface ExportsParts {
  board: Board;
  minutes: Minutes;
  session: Session;
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

  async function recordFile(
    context: Context,
    { sessionId, format }: InputOf<'exports.record'>,
  ): Promise<FileAnswer> {
    await parts.session.place(context, sessionId, 'minutes:export');
    const title = await parts.session.read(sessionId, ({ state }) => {
      if (state.phase !== 'ended') throw new AppError('WRONG_STATE', 'session.not-ended');
      return state.schedule?.title ?? '';
    });
    const made = new Date(parts.now()).toISOString();
    const make = async () => {
      const entries = await parts.session.read(sessionId, (room) => [...room.entries]);
      return renderers.render(format, recordReport(sessionId, entries, made));
    };
    return {
      name: `记录_${safe(title)}_${stamp(made)}.${format}`,
      type: TYPE[format],
      ready: () => renderers.ready(format),
      make,
    };
  }

  /** Who may take the list away may take the draft away too. */
  async function boardOf(context: Context, boardId: string) {
    const board = await parts.board.handlers.get(context, { boardId });
    if (!can(context.actor, 'list:export', { campaignId: board.campaignId, boardId }))
      throw new AppError('FORBIDDEN', 'not.allowed');
    return board;
  }

  async function listFile(context: Context, { boardId }: InputOf<'exports.list'>): Promise<FileAnswer> {
    const { campaignId, unitName } = await boardOf(context, boardId);
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

  async function draftFile(context: Context, { boardId }: InputOf<'exports.draft'>): Promise<FileAnswer> {
    const { unitName } = await boardOf(context, boardId);
    const draft = await parts.board.draft(boardId);
    if (!hasText(draft)) throw new AppError('WRONG_STATE', 'draft.empty');
    const made = new Date(parts.now()).toISOString();
    return {
      name: `讨论稿_${safe(unitName)}_${stamp(made)}.docx`,
      type: TYPE.docx,
      ready: () => renderers.ready('docx'),
      make: () => renderers.render('docx', draftReport(unitName, made), draft),
    };
  }

  return { minutes: minutesFile, record: recordFile, list: listFile, draft: draftFile };
}

/** The frame around a draft: its own words are the rest. */
const draftReport = (unitName: string, made: string): Report => ({
  kind: 'minutes',
  title: '讨论稿',
  subject: unitName,
  facts: [],
  blocks: [],
  draft: false,
  made,
  language: 'zh',
});
