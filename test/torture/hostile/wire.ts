import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { Target } from './input.ts';

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A TCP connection to the server whose end disturbs nobody. */
export async function dial({ url }: Pick<Target, 'url'>): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  // What comes back is not looked at, but its end is.
  socket.resume();
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  return socket;
}

/** Writes as much as the other side takes within so many ms, never more than `most` bytes; gives back how much went out. */
export async function pour(socket: Socket, bytes: Buffer, ms = 1_500): Promise<number> {
  const before = socket.bytesWritten;
  const taken = new Promise((resolve) => socket.write(bytes, resolve));
  await Promise.race([taken, once(socket, 'close').catch(() => undefined), pause(ms)]);
  return socket.bytesWritten - before;
}

/** The head of a request with a body of that length. */
export const head = (target: Target, path: string, length: number, cookie = ''): string =>
  `POST ${path} HTTP/1.1\r\nHost: ${new URL(target.url).host}\r\nContent-Type: application/json\r\n` +
  `${cookie === '' ? '' : `Cookie: ${cookie}\r\n`}Content-Length: ${length}\r\n\r\n`;

/** The id of a fresh Engine.IO connection over long-polling that has said that it comes into the main namespace. */
export async function polling(target: Pick<Target, 'url'>, cookie = ''): Promise<string> {
  const headers = cookie === '' ? {} : { cookie };
  const answer = await fetch(`${target.url}/socket.io/?EIO=4&transport=polling`, { headers });
  const { sid } = JSON.parse((await answer.text()).slice(1)) as { sid: string };
  return sid;
}

export const postTo = (target: Pick<Target, 'url'>, sid: string, body: string): Promise<number> =>
  fetch(`${target.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
    signal: AbortSignal.timeout(20_000),
  }).then(
    (answer) => answer.status,
    () => 0,
  );

/** An Engine.IO connection over WebSocket, spoken by hand; undefined when it is not let in. */
export function speaking(target: Pick<Target, 'url'>, cookie = ''): Promise<WebSocket | undefined> {
  const address = `${target.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  return opened(new WebSocket(address, { headers: cookie === '' ? {} : { cookie } }));
}

export function opened(ws: WebSocket): Promise<WebSocket | undefined> {
  return new Promise((resolve) => {
    ws.on('error', () => resolve(undefined));
    ws.once('close', () => resolve(undefined));
    ws.once('open', () => resolve(ws));
  });
}

/** Sends as fast as the other side takes, until the time is over or the line is cut; gives back how many went out. */
export async function floodOver(ws: WebSocket, packet: string, ms: number, most = 300_000): Promise<number> {
  let sent = 0;
  for (const end = performance.now() + ms; performance.now() < end && sent < most; ) {
    if (ws.readyState !== WebSocket.OPEN) break;
    for (let n = 0; n < 500 && ws.bufferedAmount < 500_000; n++, sent++) ws.send(packet);
    await pause(5);
  }
  return sent;
}
