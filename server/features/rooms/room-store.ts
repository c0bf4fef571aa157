import { isError } from '../../../shared/errors.ts';
import { derivedId } from '../../platform/secrets.ts';
import type { RecordStore } from '../../storage/port.ts';
import type { RoomMaker } from '../campaigns/campaigns.ts';
import { iso } from '../identity/rules.ts';
import { type RoomRecord, rooms } from './collections.ts';

export interface RoomStore extends RoomMaker {
  get(roomId: string): Promise<RoomRecord | undefined>;
  /** In their order. */
  list(campaignId: string): Promise<RoomRecord[]>;
}

/** Rooms as records. A template's rooms get ids derived from the campaign, so that making them again makes none twice. */
export function createRoomStore(records: RecordStore, now: () => number): RoomStore {
  async function ensure(room: Omit<RoomRecord, 'version'>): Promise<void> {
    try {
      await records.insert(rooms, room);
    } catch (error) {
      if (!isError(error, 'CONFLICT')) throw error;
    }
  }

  async function list(campaignId: string): Promise<RoomRecord[]> {
    const found = await records.list(rooms, 'byCampaign', { campaignId });
    return found.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  }

  return {
    list,
    get: (roomId) => records.get(rooms, roomId),
    async make(campaignId, drafts) {
      for (const [i, draft] of drafts.entries()) {
        const id = derivedId(campaignId, 'room', i);
        await ensure({ ...draft, id, campaignId, order: i + 1, editedBy: '', editedAt: iso(now()) });
      }
    },
    async removeAll(campaignId) {
      for (const room of await list(campaignId)) await records.remove(rooms, room.id);
    },
  };
}
