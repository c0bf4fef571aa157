import { connect, createServer, type Socket } from 'node:net';

/** A network that lets HTTP through and no WebSocket: `refuse` answers 400, `swallow` never answers. */
export interface BlockingProxy {
  port: number;
  /** How many upgrades were blocked. */
  blocked(): number;
  close(): Promise<void>;
}

export async function blockingProxy(serverPort: number, how: 'refuse' | 'swallow'): Promise<BlockingProxy> {
  const sockets = new Set<Socket>();
  let blocked = 0;
  const proxy = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1');
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (!/\r\nupgrade: websocket\r\n/i.test(chunk.toString('latin1'))) return void server.write(chunk);
      blocked++;
      if (how === 'refuse') client.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
    });
    server.on('data', (chunk) => client.write(chunk));
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  return {
    port: (proxy.address() as { port: number }).port,
    blocked: () => blocked,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => proxy.close(done));
    },
  };
}
