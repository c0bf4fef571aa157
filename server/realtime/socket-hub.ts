import type { Server, Socket } from 'socket.io';
import type { LiveEvents } from '../../shared/contract/session.ts';
import type { Connection } from '../platform/handler.ts';
import type { Hub, Member } from './hub.ts';

export interface SocketHub extends Hub {
  /** Takes a connected socket in; it leaves by itself when it disconnects. */
  enter(socket: Socket, who: { personId: string; tokenId: string }): Connection;
}

type Listener = Parameters<Hub['onMembership']>[0];

/** The Hub over Socket.IO rooms of one process. A room's frame is encoded once for all of its sockets. */
export function createSocketHub(io: Server): SocketHub {
  const channels = new Map<string, Map<string, Member>>();
  const joined = new Map<string, { socket: Socket; channels: Set<string>; member: Member }>();
  const listeners: Listener[] = [];
  const tell = (channel: string, member: Member, entered: boolean) => {
    for (const listener of listeners) listener(channel, member, entered);
  };

  function join(id: string, channel: string): void {
    const own = joined.get(id);
    if (!own || own.channels.has(channel)) return;
    own.channels.add(channel);
    let members = channels.get(channel);
    if (!members) channels.set(channel, (members = new Map()));
    members.set(id, own.member);
    void own.socket.join(channel);
    tell(channel, own.member, true);
  }

  function leave(id: string, channel: string): void {
    const own = joined.get(id);
    if (!own?.channels.delete(channel)) return;
    const members = channels.get(channel);
    members?.delete(id);
    if (members?.size === 0) channels.delete(channel);
    void own.socket.leave(channel);
    tell(channel, own.member, false);
  }

  return {
    enter(socket, who) {
      const member: Member = { connectionId: socket.id, ...who, since: Date.now() };
      joined.set(socket.id, { socket, channels: new Set(), member });
      socket.on('disconnect', () => {
        for (const channel of joined.get(socket.id)?.channels ?? []) leave(socket.id, channel);
        joined.delete(socket.id);
      });
      return { id: socket.id, ...who, join: (c) => join(socket.id, c), leave: (c) => leave(socket.id, c) };
    },
    publish: <E extends keyof LiveEvents>(channel: string, event: E, payload: LiveEvents[E]) => {
      if (channels.has(channel)) io.to(channel).emit(event, payload);
    },
    members: (channel) => [...(channels.get(channel)?.values() ?? [])],
    onMembership: (listener) => listeners.push(listener),
    drop(match) {
      for (const { socket, member } of [...joined.values()]) {
        if (match(member)) socket.disconnect(true);
      }
    },
  };
}
