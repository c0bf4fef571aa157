import { createServer, type Socket, connect } from 'node:net';

/** Stands between a client and a server and can cut or silence a connection at the moment when a given word passes to the server. */
export interface CuttingProxy {
  port: number;
  /** The next message that holds these bytes does not arrive: its connection is cut instead. Resolves when that has happened. */
  cutAt(word: Buffer): Promise<void>;
  /** The next such message arrives nowhere either, and its connection stays open in silence. Resolves when that has happened. */
  hangAt(word: Buffer): Promise<void>;
  /** From now on nothing passes, and nothing is closed: a database that hangs. */
  silence(): void;
  close(): Promise<void>;
}

export async function cuttingProxy(serverPort: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let mute = false;
  let armed: { word: Buffer; hang: boolean; done: () => void } | undefined;

  function met(chunk: Buffer): 'cut' | 'hang' | undefined {
    if (!armed || !chunk.includes(armed.word)) return undefined;
    const { hang, done } = armed;
    armed = undefined;
    done();
    return hang ? 'hang' : 'cut';
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
    let silent = false;
    client.on('data', (chunk) => {
      const end = silent || mute ? 'hang' : met(chunk);
      if (end === 'hang') silent = true;
      else if (end === 'cut') client.destroy();
      else server.write(chunk);
    });
    server.on('data', (chunk) => client.write(chunk));
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  return {
    port: (proxy.address() as { port: number }).port,
    cutAt: (word) =>
      new Promise((done) => {
        armed = { word, hang: false, done };
      }),
    hangAt: (word) =>
      new Promise((done) => {
        armed = { word, hang: true, done };
      }),
    silence: () => {
      mute = true;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => proxy.close(done));
    },
  };
}
