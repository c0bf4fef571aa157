import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';

/** A network between clients and a server that breaks every connection after a while, often with answers still on their way. */
export interface RoughProxy {
  readonly url: string;
  /** Connections broken so far. */
  readonly cuts: number;
  /** From now on nothing breaks. */
  calm(): void;
  close(): Promise<void>;
}

/** `lifetime` in ms: the longest that a connection lives. */
export async function roughProxy(
  serverPort: number,
  random: () => number,
  lifetime: number,
): Promise<RoughProxy> {
  const sockets = new Set<Socket>();
  const ends = new Set<NodeJS.Timeout>();
  let rough = true;
  let cuts = 0;

  const after = (ms: number, then: () => void): void => {
    const timer = setTimeout(() => {
      ends.delete(timer);
      then();
    }, ms);
    ends.add(timer);
  };

  const proxy = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1');
    let deaf = false;
    const end = (): void => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on('data', (chunk) => server.write(chunk));
    server.on('data', (chunk) => {
      if (!deaf) client.write(chunk);
    });
    if (!rough) return;
    // What the client still says arrives; what it is answered does not.
    const cut = (): void => {
      if (!rough || client.destroyed) return;
      deaf = true;
      cuts++;
      after(random() * 60, end);
    };
    after(lifetime * (0.1 + 0.9 * random()), cut);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: `http://127.0.0.1:${(proxy.address() as { port: number }).port}`,
    get cuts() {
      return cuts;
    },
    calm() {
      rough = false;
    },
    async close() {
      for (const timer of ends) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
