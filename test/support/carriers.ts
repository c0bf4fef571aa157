import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { pollingSocket } from '../../client/lib/doc/polling-socket.ts';

/** One way for our client to reach the server; each `socket()` is one device, with lines of its own. */
export interface TestCarrier {
  title: string;
  socket(): typeof globalThis.WebSocket;
  /** Cuts the n-th of the lines that stand. */
  cut(n: number): void;
}

function overWebSocket(): TestCarrier {
  const lines = new Set<WebSocket>();
  return {
    title: 'WebSocket',
    socket: () =>
      class extends WebSocket {
        constructor(url: string, protocols?: string[]) {
          super(url, protocols);
          lines.add(this);
          this.on('close', () => lines.delete(this));
        }
      } as unknown as typeof globalThis.WebSocket,
    cut: (n) => [...lines][n % Math.max(1, lines.size)]?.terminate(),
  };
}

function overPolling(): TestCarrier {
  const lines = new Set<Socket>();
  const open = (address: string, query: Record<string, string>): Socket => {
    const line = openLine(address, query);
    // Not before it stands: closing an engine that is still opening tells nobody, which no real network does.
    line.on('connect', () => lines.add(line));
    line.on('disconnect', () => lines.delete(line));
    return line;
  };
  return {
    title: 'long-polling',
    socket: () => pollingSocket(open) as unknown as typeof globalThis.WebSocket,
    cut: (n) => [...lines][n % Math.max(1, lines.size)]?.io.engine.close(),
  };
}

/** A long-polling line of the namespace or address, as the client opens it. */
export const openLine = (
  address: string,
  query: Record<string, string>,
  extraHeaders: Record<string, string> = {},
): Socket =>
  io(address, {
    transports: ['polling'],
    upgrade: false,
    reconnection: false,
    forceNew: true,
    query,
    extraHeaders,
  });

export const carriers = (): TestCarrier[] => [overWebSocket(), overPolling()];
