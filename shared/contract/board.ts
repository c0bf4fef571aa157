import { z } from 'zod';
import { Id, Name } from '../fields.ts';
import { query } from '../procedure.ts';

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

export const board = {
  /** Made at the first use by someone who may read it. */
  open: query(
    'GET /campaigns/:campaignId/units/:unitId/board',
    z.object({ campaignId: Id, unitId: Id }),
    BoardView,
  ),
  get: query('GET /boards/:boardId', z.object({ boardId: Id }), BoardView),
};
