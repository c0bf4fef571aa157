import { z } from 'zod';
import { Id, Line, Title } from '../fields.ts';
import { ROOM_KINDS } from '../topic.ts';
import { command, query } from '../procedure.ts';
import { Done } from './answers.ts';

/** A question that opens the talk; `side` says which half of the pair it belongs to. */
export const Prompt = z.object({ side: z.enum(['break', 'build', 'both']), zh: Line, en: Line });

export const RoomKind = z.enum(ROOM_KINDS);

/** A themed room: one 破 side, one 立 side (a work area has 短板及原因 and 建议和对策 as its sides). */
export const Room = z.object({
  roomId: Id,
  campaignId: Id,
  order: z.number().int(),
  kind: RoomKind,
  name: Title,
  break: Line,
  build: Line,
  prompts: z.array(Prompt),
  version: z.number().int(),
});
export type Room = z.infer<typeof Room>;

/** Without `kind` a new room's is told from its sides, and an old room keeps its own. */
const fields = {
  kind: RoomKind.optional(),
  name: Title,
  break: Line,
  build: Line,
  prompts: z.array(Prompt).max(20),
};

export const rooms = {
  list: query('GET /campaigns/:campaignId/rooms', z.object({ campaignId: Id }), z.array(Room)),
  add: command(
    'POST /campaigns/:campaignId/rooms',
    z.object({ campaignId: Id, roomId: Id, ...fields }),
    Room,
    { audit: { verb: 'add', kind: 'room', object: ({ roomId, name }) => ({ id: roomId, name }) } },
  ),
  /** Without `order` the room stays in its place. */
  edit: command(
    'PATCH /rooms/:roomId',
    z.object({ roomId: Id, version: z.number().int(), order: z.number().int().optional(), ...fields }),
    Room,
    { audit: { verb: 'edit', kind: 'room', object: ({ roomId, name }) => ({ id: roomId, name }) } },
  ),
  remove: command('DELETE /rooms/:roomId', z.object({ roomId: Id }), Done, {
    audit: { verb: 'remove', kind: 'room', object: ({ roomId }) => ({ id: roomId }) },
  }),
};
