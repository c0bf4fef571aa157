import { DONE } from '../../../shared/contract/answers.ts';
import type { Contract, InputOf } from '../../../shared/contract/index.ts';
import type { Room } from '../../../shared/contract/rooms.ts';
import { AppError, isError } from '../../../shared/errors.ts';
import { roomKind, topicClass } from '../../../shared/topic.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { permit } from '../../platform/permit.ts';
import type { RecordStore } from '../../storage/port.ts';
import type { HangsOn, RoomMaker } from '../campaigns/campaigns.ts';
import { openCampaign } from '../campaigns/parts.ts';
import { editRecord } from '../identity/edited.ts';
import { iso } from '../identity/rules.ts';
import { type RoomRecord, rooms } from './collections.ts';
import { createRoomStore } from './room-store.ts';

export interface RoomParts {
  records: RecordStore;
  hangsOn: Pick<HangsOn, 'room'>;
  now?: () => number;
}

export interface Rooms extends RoomMaker {
  handlers: HandlersOf<Contract['rooms']>;
  get(roomId: string): Promise<RoomRecord | undefined>;
  /** 问题类别 of the campaign's rooms by their id. */
  names(campaignId: string): Promise<ReadonlyMap<string, string>>;
}

const unknown = () => new AppError('NOT_FOUND', 'room.unknown');
const nameOf = ({ actor }: Context) => (actor.kind === 'person' ? actor.name : '');

function viewOf(room: RoomRecord): Room {
  const { id, campaignId, order, name, break: old, build, prompts, version } = room;
  return { roomId: id, campaignId, order, kind: roomKind(room), name, break: old, build, prompts, version };
}

/** Themed rooms of a campaign. */
export function createRooms({ records, hangsOn, now = Date.now }: RoomParts): Rooms {
  const store = createRoomStore(records, now);
  const open = (context: Context, campaignId: string) => openCampaign(records, context, campaignId);

  /** The room, for who may change it; for those whose business its campaign is not, there is none. */
  async function editable(context: Context, roomId: string): Promise<RoomRecord> {
    if (context.actor.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'sign.in');
    const room = await store.get(roomId);
    if (!room) throw unknown();
    await open(context, room.campaignId).catch((error: unknown) => {
      throw isError(error, 'NOT_FOUND') ? unknown() : error;
    });
    permit(context, 'room:edit', { campaignId: room.campaignId });
    return room;
  }

  /** Sent again it answers with what it made. */
  async function add(context: Context, input: InputOf<'rooms.add'>): Promise<RoomRecord> {
    const { roomId: id, campaignId, ...fields } = input;
    const order = ((await store.list(campaignId)).at(-1)?.order ?? 0) + 1;
    const edited = { editedBy: nameOf(context), editedAt: iso(now()) };
    try {
      return await records.insert(rooms, {
        id,
        campaignId,
        order,
        ...fields,
        kind: roomKind(fields),
        ...edited,
      });
    } catch (error) {
      const known = isError(error, 'CONFLICT') ? await store.get(id) : undefined;
      if (known?.campaignId === campaignId && known.name === fields.name) return known;
      throw known ? new AppError('CONFLICT', 'id.taken') : error;
    }
  }

  return {
    handlers: {
      async list(context, { campaignId }) {
        await open(context, campaignId);
        return (await store.list(campaignId)).map(viewOf);
      },
      async add(context, input) {
        await open(context, input.campaignId);
        permit(context, 'room:edit', { campaignId: input.campaignId });
        return viewOf(await add(context, input));
      },
      async edit(context, { roomId, version, order, kind, ...fields }) {
        await editable(context, roomId);
        const edit = { version, by: nameOf(context), at: iso(now()), unknown: 'room.unknown' };
        const changed = (room: RoomRecord) => ({
          ...{ ...room, ...fields, order: order ?? room.order },
          // What an earlier room was does not change with its words.
          kind: kind ?? roomKind(room),
        });
        return viewOf(await editRecord(records, rooms, roomId, edit, changed));
      },
      async remove(context, { roomId }) {
        const { name } = await editable(context, roomId);
        context.about?.({ name });
        if (await hangsOn.room(roomId)) throw new AppError('WRONG_STATE', 'room.in-use');
        await records.remove(rooms, roomId);
        return DONE;
      },
    },
    get: store.get,
    make: store.make,
    removeAll: store.removeAll,
    names: async (campaignId) =>
      new Map((await store.list(campaignId)).map((room) => [room.id, topicClass(room)])),
  };
}
