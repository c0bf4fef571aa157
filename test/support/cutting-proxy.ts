import { createServer, type Socket, connect } from 'node:net';

/** Stands between a client and a server and can cut all connections at the moment when a given word passes to the server. */
export interface CuttingProxy {
  port: number;
  /** The next message that holds these bytes does not arrive: its connection is cut instead. Resolves when that has happened. */
  cutAt(word: Buffer): Promise<void>;
  close(): Promise<void>;
}

export async function cuttingProxy(serverPort: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let armed: { word: Buffer; done: () => void } | undefined;

  function cuts(chunk: Buffer): boolean {
    if (!armed || !chunk.includes(armed.word)) return false;
    armed.done();
    armed = undefined;
    return true;
  }

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
    client.on('data', (chunk) => (cuts(chunk) ? client.destroy() : server.write(chunk)));
    server.on('data', (chunk) => client.write(chunk));
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  return {
    port: (proxy.address() as { port: number }).port,
    cutAt: (word) =>
      new Promise((done) => {
        armed = { word, done };
      }),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => proxy.close(done));
    },
  };
}
