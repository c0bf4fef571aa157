import type { Actor } from '../../../shared/actor.ts';
import {
  DRAFT_FIELD,
  documentName,
  ensureRow,
  freeze,
  type ListReading,
  parseDocumentName,
  type RowDraft,
  readRows,
} from '../../../shared/board.ts';
import type { BoardSize, BoardView } from '../../../shared/contract/board.ts';
import type { Contract } from '../../../shared/contract/index.ts';
import { type DraftNode, draftNodes } from '../../../shared/draft-json.ts';
import { isReadable, mendDraft } from '../../../shared/draft-mend.ts';
import { AppError, isError } from '../../../shared/errors.ts';
import { randomId } from '../../../shared/ids.ts';
import type { FrozenRow } from '../../../shared/log.ts';
import { type Action, can } from '../../../shared/policy.ts';
import type { Documents } from '../../collab/documents.ts';
import type { Access, Refusal } from '../../platform/doc-socket.ts';
import type { HandlersOf } from '../../platform/handler.ts';
import type { Log } from '../../platform/log.ts';
import type { Tasks } from '../../platform/tasks.ts';
import type { BlobStore, RecordStore } from '../../storage/port.ts';
import { type BoardRecord, boards } from './collections.ts';
import { createHistory } from './history.ts';

export interface BoardParts {
  records: RecordStore;
  documents: Pick<Documents, 'read' | 'change' | 'size' | 'watch'>;
  blobs: BlobStore;
  /** Undefined when the campaign has no such unit (any more). */
  unitName(campaignId: string, unitId: string): Promise<string | undefined>;
  /** Names of the campaign's rooms by their id. */
  topicNames(campaignId: string): Promise<ReadonlyMap<string, string>>;
  now: () => number;
  tasks: Tasks;
  log: Pick<Log, 'error' | 'warn'>;
}

export interface Board {
  handlers: HandlersOf<Contract['board']>;
  /** The unit's board, made at its first use. The caller has checked the rights and that the unit exists. */
  ensureBoard(campaignId: string, unitId: string): Promise<BoardRecord>;
  /** What this person may do with a live document. Names that are no document of a board are `gone` and make nothing. */
  access(actor: Actor, docName: string): Promise<Access | Refusal>;
  /** Puts a row into the list unless it stands there; durable when resolved. True if it was made. */
  ensureRow(boardId: string, row: RowDraft): Promise<boolean>;
  /** The list in the order of the sheet, withdrawn rows included. */
  rows(boardId: string): Promise<ListReading>;
  /** What stands in the draft, in a form that its schema can always read. */
  draft(boardId: string): Promise<DraftNode[]>;
  /** The list as an `ended` entry keeps it: topics and sources in words. */
  freeze(boardId: string): Promise<FrozenRow[]>;
  /** From now on hears of each board whose list has changed, once a commit. */
  watchLists(told: (boardId: string) => void): void;
  /** '' for a board that is none. */
  campaignOf(boardId: string): Promise<string>;
  /** Keeps what list and draft say now, as the state at a meeting's start or end. Nobody waits for it. */
  keep(boardId: string, reason: 'start' | 'end', sessionId: string): void;
  /** The daily round over all boards; see `history.ts`. */
  daily(signal?: AbortSignal): Promise<void>;
}

const VERBS: readonly [Action, Access][] = [
  ['board:write', 'write'],
  ['board:read', 'read'],
];

/** The most this actor may do with the board; `boardId` is '' when there is none yet. */
function rightsOf(actor: Actor, board: { campaignId: string; unitId: string; boardId: string }) {
  return VERBS.find(([action]) => can(actor, action, board))?.[1];
}

const unknown = () => new AppError('NOT_FOUND', 'board.unknown');

export function createBoard(parts: BoardParts): Board {
  const { records, documents, unitName, topicNames } = parts;
  const find = (campaignId: string, unitId: string) => records.find(boards, 'unit', { campaignId, unitId });

  async function ensureBoard(campaignId: string, unitId: string): Promise<BoardRecord> {
    const known = await find(campaignId, unitId);
    if (known) return known;
    try {
      return await records.insert(boards, { id: randomId(), campaignId, unitId });
    } catch (error) {
      const winner = isError(error, 'CONFLICT') ? await find(campaignId, unitId) : undefined;
      if (winner) return winner;
      throw error;
    }
  }

  async function known(boardId: string): Promise<BoardRecord> {
    const board = await records.get(boards, boardId);
    if (!board) throw unknown();
    return board;
  }

  async function nameOf(campaignId: string, unitId: string): Promise<string> {
    const name = await unitName(campaignId, unitId);
    if (name === undefined) throw new AppError('NOT_FOUND', 'unit.unknown');
    return name;
  }

  const view = (board: BoardRecord, unit: string, access: Access): BoardView => ({
    boardId: board.id,
    campaignId: board.campaignId,
    unitId: board.unitId,
    unitName: unit,
    list: documentName('list', board.id),
    draft: documentName('draft', board.id),
    access,
  });

  const mendIfNeeded = async (draft: string): Promise<boolean> =>
    !(await documents.read(draft, (doc) => isReadable(doc))) && documents.change(draft, mendDraft);
  const mends = new Map<string, Promise<boolean>>();
  /** A hall that asks at once is answered with one mending. */
  function mend(draft: string): Promise<boolean> {
    const underWay = mends.get(draft) ?? mendIfNeeded(draft).finally(() => mends.delete(draft));
    mends.set(draft, underWay);
    return underWay;
  }

  const history = createHistory({
    ...parts,
    known,
    unitName: ({ campaignId, unitId }) => nameOf(campaignId, unitId),
    failed: (error, boardId) => parts.log.error({ err: error, boardId }, 'a board was not kept today'),
  });

  const forbidden = () => new AppError('FORBIDDEN', 'board.forbidden');

  return {
    handlers: {
      async open({ actor }, { campaignId, unitId }) {
        const boardId = (await find(campaignId, unitId))?.id ?? '';
        const access = rightsOf(actor, { campaignId, unitId, boardId });
        if (!access) throw forbidden();
        const unit = await nameOf(campaignId, unitId);
        return view(await ensureBoard(campaignId, unitId), unit, access);
      },
      async get({ actor }, { boardId }) {
        const board = await known(boardId);
        const access = rightsOf(actor, { ...board, boardId });
        // Who may not know of it hears what he would if there were none.
        if (!access) throw unknown();
        return view(board, await nameOf(board.campaignId, board.unitId), access);
      },
      async mendDraft({ actor }, { boardId }) {
        const board = await known(boardId);
        if (!rightsOf(actor, { ...board, boardId })) throw unknown();
        return { mended: await mend(documentName('draft', board.id)) };
      },
      async sizes({ actor }, { campaignId }) {
        if (!can(actor, 'campaign:edit', { campaignId })) throw forbidden();
        const sizes: BoardSize[] = [];
        // One after the other: what was not asked before is read from the store.
        for (const { id, unitId } of await records.list(boards, 'unit', { campaignId })) {
          const list = await documents.size(documentName('list', id));
          sizes.push({ unitId, list, draft: await documents.size(documentName('draft', id)) });
        }
        return sizes;
      },
      ...history.handlers,
    },
    ensureBoard,
    keep: (boardId, reason, sessionId) =>
      parts.tasks.run('snapshot', async () => {
        try {
          await history.keep(boardId, reason, sessionId);
        } catch (error) {
          // The store is away or the server is going: the meeting goes on, the daily round keeps it.
          if (!isError(error, 'UNAVAILABLE')) throw error;
          parts.log.warn({ err: error, boardId }, 'the state of a board was not kept');
        }
      }),
    daily: history.daily,
    watchLists: (told) =>
      documents.watch((doc) => {
        const named = parseDocumentName(doc);
        if (named?.part === 'list') told(named.boardId);
      }),
    campaignOf: async (boardId) => (await records.get(boards, boardId))?.campaignId ?? '',
    async access(actor, docName) {
      if (actor.kind === 'anonymous') return 'unauthenticated';
      const boardId = parseDocumentName(docName)?.boardId;
      const board = boardId && (await records.get(boards, boardId));
      if (!board || (await unitName(board.campaignId, board.unitId)) === undefined) return 'gone';
      return rightsOf(actor, { ...board, boardId: board.id }) ?? 'gone';
    },
    async ensureRow(boardId, row) {
      const { id } = await known(boardId);
      return documents.change(documentName('list', id), (list) => ensureRow(list, row));
    },
    async rows(boardId) {
      const { id } = await known(boardId);
      return documents.read(documentName('list', id), readRows);
    },
    async draft(boardId) {
      const { id } = await known(boardId);
      return documents.read(documentName('draft', id), (doc) => draftNodes(doc.getXmlFragment(DRAFT_FIELD)));
    },
    async freeze(boardId) {
      const board = await known(boardId);
      const { rows } = await documents.read(documentName('list', board.id), readRows);
      return freeze(rows, await topicNames(board.campaignId));
    },
  };
}
