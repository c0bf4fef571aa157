import { createServer } from 'node:http';
import { Server } from 'socket.io';

/** A plain Socket.IO room: what somebody says goes to everybody in it and is answered. Nothing is stored, nobody is asked. */
const http = createServer();
const io = new Server(http, { serveClient: false });
let seq = 0;
io.on('connection', (socket) => {
  socket.on('session.open', ({ sessionId }, answer) => {
    void socket.join(sessionId);
    answer({ ok: true });
  });
  socket.on('session.say', ({ sessionId, id, kind, body }, answer) => {
    const by = '01900000-0000-7000-8000-000000000000';
    const at = new Date().toISOString();
    const entry = { sessionId, seq: ++seq, at, by, kind: 'said', id, messageKind: kind, body };
    io.to(sessionId).emit('entry:appended', { sessionId, entries: [entry] });
    answer({ ok: true, value: entry });
  });
});
http.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'));
