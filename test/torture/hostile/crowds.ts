import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import type { HostileInput } from './input.ts';
import { opened, pause } from './wire.ts';

/** Many sockets under one name. */
export const crowds: HostileInput[] = [
  {
    name: 'from a participant, 600 sockets of a meeting',
    async run({ url, attacker }) {
      const sockets: Socket[] = [];
      for (let n = 0; n < 600; n++)
        sockets.push(
          io(url, {
            ...{ extraHeaders: { cookie: attacker.cookie }, transports: ['websocket'] },
            ...{ forceNew: true, reconnection: false },
          }),
        );
      await pause(3_000);
      const standing = sockets.filter(({ connected }) => connected).length;
      for (const socket of sockets) socket.disconnect();
      return standing > 100 ? [`${standing} of 600 sockets stand`] : [];
    },
  },
  {
    name: 'from a participant, 600 sockets of a document',
    async run({ url, f, attacker }) {
      const address = `${url.replace('http', 'ws')}/collab/list.${f.boardId}`;
      const sockets = await Promise.all(
        Array.from({ length: 600 }, () =>
          opened(new WebSocket(address, { headers: { cookie: attacker.cookie } })),
        ),
      );
      await pause(1_500);
      const standing = sockets.filter((ws) => ws?.readyState === WebSocket.OPEN).length;
      for (const ws of sockets) ws?.terminate();
      return standing > 100 ? [`${standing} of 600 sockets stand`] : [];
    },
  },
];
