import { z } from 'zod';
import { Id, Name } from '../fields.ts';
import { command, query } from '../procedure.ts';

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
};
