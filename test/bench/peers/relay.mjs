import { WebSocketServer } from 'ws';

/** Sends each frame to all others in its room: no CRDT, no storage, no checks. The practical limit of one write per frame. */
const rooms = new Map();
const server = new WebSocketServer({ port: Number(process.env.PORT), host: '127.0.0.1' });
server.on('connection', (socket, request) => {
  const room = rooms.get(request.url) ?? new Set();
  rooms.set(request.url, room);
  room.add(socket);
  socket.on('error', () => undefined);
  socket.on('close', () => room.delete(socket));
  socket.on('message', (data, isBinary) => {
    for (const other of room) if (other !== socket) other.send(data, { binary: isBinary });
  });
});
server.on('listening', () => console.log('listening'));
