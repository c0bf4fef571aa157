import type { Entry, SessionState } from '../../../shared/log.ts';
import type { RecordStore } from '../../storage/port.ts';
import { RoomLog } from './room-log.ts';

const IDLE_MS = 10 * 60_000;

export interface RoomLogs {
  of(sessionId: string): RoomLog;
  forget(sessionId: string): void;
  settled(): Promise<void>;
}

/** The rooms in memory; one that nobody has asked for ten minutes is dropped and read again when needed. */
export function createRoomLogs(parts: {
  records: RecordStore;
  now: () => number;
  committed(sessionId: string, placed: Entry[], state: SessionState): void;
}): RoomLogs {
  const rooms = new Map<string, RoomLog>();
  const sweep = () => {
    const old = parts.now() - IDLE_MS;
    for (const [id, room] of rooms) if (!room.busy && room.usedAt < old) rooms.delete(id);
  };
  return {
    of(sessionId) {
      let room = rooms.get(sessionId);
      if (!room) {
        sweep();
        room = new RoomLog(
          parts.records,
          sessionId,
          (placed, state) => parts.committed(sessionId, placed, state),
          parts.now,
        );
        room.usedAt = parts.now();
        rooms.set(sessionId, room);
      }
      return room;
    },
    forget: (sessionId) => void rooms.delete(sessionId),
    async settled() {
      await Promise.all([...rooms.values()].map((room) => room.settled()));
    },
  };
}
