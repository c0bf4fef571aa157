import { z } from 'zod';
import { BoardContent, SnapshotReason } from '../board-history.ts';
import { Id, Name, Time } from '../fields.ts';
import { command, query } from '../procedure.ts';

const BoardPart = z.enum(['list', 'draft']);

/** A unit's board: names of its two live documents and what this person may do with them. */
export const BoardView = z.object({
  boardId: Id,
  campaignId: Id,
  unitId: Id,
  unitName: Name,
  list: z.string(),
  draft: z.string(),
  access: z.enum(['read', 'write']),
});
export type BoardView = z.infer<typeof BoardView>;

/** How large the two documents of a unit's board are, in bytes; each takes up to `MAX_DOCUMENT_BYTES`. */
export const BoardSize = z.object({
  unitId: Id,
  list: z.number().int(),
  draft: z.number().int(),
});
export type BoardSize = z.infer<typeof BoardSize>;

/** A former state of the list or the draft, kept for 30 days. Staff only. */
export const SnapshotView = z.object({
  snapshotId: Id,
  part: BoardPart,
  takenAt: Time,
  reason: SnapshotReason,
  /** The meeting at whose start or end it was kept. */
  sessionId: z.union([z.literal(''), Id]),
  /** Who went back to an earlier state just after it was kept; '' otherwise. */
  by: z.string(),
});
export type SnapshotView = z.infer<typeof SnapshotView>;

const snapshot = z.object({ boardId: Id, snapshotId: Id });

export const board = {
  /** Made at the first use by someone who may read it. */
  open: query(
    'GET /campaigns/:campaignId/units/:unitId/board',
    z.object({ campaignId: Id, unitId: Id }),
    BoardView,
  ),
  get: query('GET /boards/:boardId', z.object({ boardId: Id }), BoardView),
  /**
   * Replaces what no editor can read in the draft by what it says. Asked for by every page that meets such a thing, readers too:
   * the server does it once, so that no text is doubled. False when there was nothing to mend.
   */
  mendDraft: command(
    'POST /boards/:boardId/draft/mend',
    z.object({ boardId: Id }),
    z.object({ mended: z.boolean() }),
    { audit: 'none' },
  ),
  /** For the office: of all boards of the campaign that anybody has opened. */
  sizes: query('GET /campaigns/:campaignId/boards/sizes', z.object({ campaignId: Id }), z.array(BoardSize)),
  /** Former states, newest first. */
  history: query(
    'GET /boards/:boardId/history',
    z.object({ boardId: Id, part: BoardPart }),
    z.array(SnapshotView),
  ),
  lookAt: query(
    'GET /boards/:boardId/history/:snapshotId',
    snapshot,
    z.object({ snapshot: SnapshotView, content: BoardContent }),
  ),
  /**
   * Makes the document say what it said then, as an edit that everybody with it open sees. What stands is kept first, so that this can
   * be taken back; `changed` is false when it says that already.
   */
  goBack: command(
    'POST /boards/:boardId/history/:snapshotId/go-back',
    snapshot,
    z.object({ changed: z.boolean(), part: BoardPart, unitName: Name, takenAt: Time }),
    {
      audit: {
        verb: 'revert',
        kind: 'earlier-version',
        object: ({ boardId }, answer) => ({
          id: boardId,
          name: answer?.unitName,
          detail: answer && `${answer.part} ${answer.takenAt}`,
        }),
      },
    },
  ),
};
