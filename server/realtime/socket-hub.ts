import type { Socket } from 'socket.io';
import type { LiveEvents } from '../../shared/contract/events.ts';
import { connOf, encode } from '../platform/engine-line.ts';
import type { Connection } from '../platform/handler.ts';
import type { Hub, Member } from './hub.ts';
import { Line, MAX_BEHIND_MS } from './line.ts';

export interface SocketHub extends Hub {
  /** Takes a connected socket in; it leaves by itself when it disconnects. */
  enter(socket: Socket, who: { personId: string; tokenId: string }): Connection;
}

type Listener = Parameters<Hub['onMembership']>[0];

interface Seat {
  socket: Socket;
  line: Line;
  member: Member;
  channels: Set<string>;
}

const kindOf = (channel: string, event: string, about: string) => `${event} ${about} ${channel}`;

/** The Hub over the Socket.IO sockets of one process. What a channel is told is encoded once for all who are in it. */
export function createSocketHub({ maxBehindMs = MAX_BEHIND_MS } = {}): SocketHub {
  const channels = new Map<string, Map<string, Seat>>();
  const seats = new Map<string, Seat>();
  const listeners: Listener[] = [];
  const tell = (channel: string, member: Member, entered: boolean) => {
    for (const listener of listeners) listener(channel, member, entered);
  };

  function join(id: string, channel: string): void {
    const seat = seats.get(id);
    if (!seat || seat.channels.has(channel)) return;
    seat.channels.add(channel);
    let inside = channels.get(channel);
    if (!inside) channels.set(channel, (inside = new Map()));
    inside.set(id, seat);
    tell(channel, seat.member, true);
  }

  function leave(id: string, channel: string): void {
    const seat = seats.get(id);
    if (!seat?.channels.delete(channel)) return;
    const inside = channels.get(channel);
    inside?.delete(id);
    if (inside?.size === 0) channels.delete(channel);
    seat.line.forget((kind) => kind.endsWith(` ${channel}`));
    tell(channel, seat.member, false);
  }

  function depart(id: string): void {
    const seat = seats.get(id);
    seat?.line.stop();
    for (const channel of seat?.channels ?? []) leave(id, channel);
    seats.delete(id);
  }

  return {
    enter(socket, who) {
      const { id } = socket;
      const member: Member = { connectionId: id, ...who, since: Date.now() };
      seats.set(id, { socket, line: new Line(connOf(socket), maxBehindMs), channels: new Set(), member });
      socket.on('disconnect', () => depart(id));
      return { id, ...who, join: (channel) => join(id, channel), leave: (channel) => leave(id, channel) };
    },
    publish: <E extends keyof LiveEvents>(channel: string, event: E, payload: LiveEvents[E], about = '') => {
      const inside = channels.get(channel);
      if (!inside) return;
      const told = encode(event, payload);
      const kind = kindOf(channel, event, about);
      for (const { line } of inside.values()) line.tell(kind, told);
    },
    tell: (match, event, payload) => {
      const told = encode(event, payload);
      for (const { line, member } of seats.values()) if (match(member)) line.tell(event, told);
    },
    members: (channel) => Array.from(channels.get(channel)?.values() ?? [], ({ member }) => member),
    onMembership: (listener) => listeners.push(listener),
    drop(match) {
      for (const { socket, member } of [...seats.values()]) {
        if (match(member)) socket.disconnect(true);
      }
    },
  };
}
