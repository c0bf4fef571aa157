import type { Entry, SessionState } from '../../../shared/log.ts';
import { RoomLog, type RoomLogParts } from './room-log.ts';

const IDLE_MS = 10 * 60_000;

export interface RoomLogs {
  of(sessionId: string): RoomLog;
  forget(sessionId: string): void;
  settled(): Promise<void>;
  /** Of each room, how many commands are not durable yet. */
  unstored(): { sessionId: string; entries: number }[];
}

/** The rooms in memory; one that nobody has asked for ten minutes is dropped and read again when needed. */
export function createRoomLogs(
  parts: Pick<RoomLogParts, 'records' | 'tick' | 'now'> & {
    committed(sessionId: string, placed: Entry[], state: SessionState): void;
  },
): RoomLogs {
  const { records, tick, now } = parts;
  const rooms = new Map<string, RoomLog>();
  const sweep = () => {
    const old = now() - IDLE_MS;
    for (const [id, room] of rooms) if (!room.busy && room.usedAt < old) rooms.delete(id);
  };
  return {
    of(sessionId) {
      let room = rooms.get(sessionId);
      if (!room) {
        sweep();
        const committed: RoomLogParts['committed'] = (placed, state) =>
          parts.committed(sessionId, placed, state);
        room = new RoomLog({ records, sessionId, tick, now, committed });
        rooms.set(sessionId, room);
      }
      return room;
    },
    forget: (sessionId) => void rooms.delete(sessionId),
    unstored: () =>
      [...rooms]
        .map(([sessionId, room]) => ({ sessionId, entries: room.unstored }))
        .filter(({ entries }) => entries > 0),
    async settled() {
      await Promise.all([...rooms.values()].map((room) => room.settled()));
    },
  };
}
