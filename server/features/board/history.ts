import { setTimeout as pause } from 'node:timers/promises';
import type { Actor } from '../../../shared/actor.ts';
import { type BoardPart, documentName } from '../../../shared/board.ts';
import { contentOf, goBackTo, type SnapshotReason } from '../../../shared/board-history.ts';
import type { Contract } from '../../../shared/contract/index.ts';
import type { SnapshotView } from '../../../shared/contract/board.ts';
import { dayOf } from '../../../shared/days.ts';
import { AppError } from '../../../shared/errors.ts';
import { can } from '../../../shared/policy.ts';
import type { Documents } from '../../collab/documents.ts';
import type { HandlersOf } from '../../platform/handler.ts';
import type { BlobStore, RecordStore } from '../../storage/port.ts';
import { type BoardRecord, boards, type SnapshotRecord } from './collections.ts';
import { createSnapshots, partOf } from './snapshots.ts';

const PARTS: readonly BoardPart[] = ['list', 'draft'];
const AT_A_TIME = 100;
/** Between two boards of the daily round: it is in no hurry, meetings are. */
const BREATH_MS = 20;

export interface HistoryParts {
  records: RecordStore;
  blobs: BlobStore;
  documents: Pick<Documents, 'read' | 'change'>;
  now: () => number;
  /** NOT_FOUND for a board that is none. */
  known(boardId: string): Promise<BoardRecord>;
  unitName(board: BoardRecord): Promise<string>;
  /** One board's state could not be kept; the others are. */
  failed(error: unknown, boardId: string): void;
}

export interface History {
  handlers: Pick<HandlersOf<Contract['board']>, 'history' | 'lookAt' | 'goBack'>;
  /** Keeps what list and draft say at a meeting's start or end. */
  keep(boardId: string, reason: SnapshotReason, sessionId: string): Promise<void>;
  /** Keeps what has changed since the last day, of all boards, and removes what is too old. May be asked for at any time. */
  daily(signal?: AbortSignal): Promise<void>;
}

export function createHistory(parts: HistoryParts): History {
  const { records, documents, now } = parts;
  const snapshots = createSnapshots(parts);

  async function allowed(actor: Actor, boardId: string): Promise<BoardRecord> {
    const board = await parts.known(boardId);
    const subject = { ...board, boardId };
    if (can(actor, 'board:history', subject)) return board;
    // Who may not read the board is not told either that there is one.
    if (can(actor, 'board:read', subject)) throw new AppError('FORBIDDEN', 'not.allowed');
    throw new AppError('NOT_FOUND', 'board.unknown');
  }

  async function found(boardId: string, snapshotId: string) {
    const snapshot = await snapshots.get(boardId, snapshotId);
    const content = snapshot && (await snapshots.content(snapshot));
    if (!content) throw new AppError('NOT_FOUND', 'snapshot.unknown');
    return { snapshot, content };
  }

  async function keepDaily(boardId: string): Promise<void> {
    const today = dayOf(new Date(now()).toISOString());
    for (const part of PARTS) {
      const kept = await snapshots.list(boardId, part);
      const done = kept.some(({ reason, takenAt }) => reason === 'daily' && dayOf(takenAt) === today);
      if (!done) await snapshots.take(boardId, part, { reason: 'daily' });
    }
  }

  return {
    handlers: {
      async history({ actor }, { boardId, part }) {
        const board = await allowed(actor, boardId);
        return (await snapshots.list(board.id, part)).map(view);
      },
      async lookAt({ actor }, { boardId, snapshotId }) {
        const board = await allowed(actor, boardId);
        const { snapshot, content } = await found(board.id, snapshotId);
        return { snapshot: view(snapshot), content };
      },
      async goBack({ actor }, { boardId, snapshotId }) {
        const board = await allowed(actor, boardId);
        const { snapshot, content } = await found(board.id, snapshotId);
        const part = partOf(snapshot);
        const name = documentName(part, board.id);
        const wanted = JSON.stringify(content);
        const changed = await documents.read(name, (doc) => JSON.stringify(contentOf(part, doc)) !== wanted);
        if (changed) {
          const by = actor.kind === 'person' ? actor.name : '';
          await snapshots.take(board.id, part, { reason: 'return', by });
          await documents.change(name, (doc) => goBackTo(doc, content));
        }
        return { changed, part, unitName: await parts.unitName(board), takenAt: snapshot.takenAt };
      },
    },
    async keep(boardId, reason, sessionId) {
      for (const part of PARTS) await snapshots.take(boardId, part, { reason, sessionId });
    },
    async daily(signal) {
      for (let after = ''; ; ) {
        const page = await records.list(boards, 'id', {}, { after, limit: AT_A_TIME });
        for (const { id } of page) {
          if (signal?.aborted) return;
          await keepDaily(id).catch((error: unknown) => parts.failed(error, id));
          await pause(BREATH_MS, undefined, { ref: false });
        }
        const last = page.at(-1);
        if (!last) break;
        after = last.id;
      }
      await snapshots.removeOld();
    },
  };
}

const view = (snapshot: SnapshotRecord): SnapshotView => ({
  snapshotId: snapshot.id,
  part: partOf(snapshot),
  takenAt: snapshot.takenAt,
  reason: snapshot.reason,
  sessionId: snapshot.sessionId,
  by: snapshot.by,
});
