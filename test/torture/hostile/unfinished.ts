import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { HostileInput, Target } from './input.ts';
import { dial, head, opened, pause, polling, pour, speaking } from './wire.ts';

const MB = 1_000_000;
const HOLD_MS = 1_500;
/** A request may stand in the gate for 2 s, and an answer that came before the body leaves 2 s to read it; with room for a slow machine. */
const SOON_MS = 8_000;
/** What somebody who is known may have under way: some whole bodies. */
const MOST_STANDING = 8;

/** Bodies of which the last bytes never come, held for a while. */
function bodies(name: string, count: number, size: number, begin: (target: Target) => Promise<string>) {
  return {
    name: `${name}: ${count} of ${size / MB} MB that never end`,
    async run(target: Target) {
      const sockets: Socket[] = [];
      const bytes = Buffer.alloc(size - 10, 'x');
      await Promise.all(
        Array.from({ length: count }, async () => {
          const start = await begin(target).catch(() => '');
          if (start === '') return;
          const socket = await dial(target);
          sockets.push(socket);
          socket.write(start);
          await pour(socket, bytes);
        }),
      );
      const open = () => sockets.filter((socket) => !socket.destroyed).length;
      const soon = performance.now() + SOON_MS;
      while (open() > MOST_STANDING && performance.now() < soon) await pause(100);
      const standing = open();
      for (const socket of sockets) socket.destroy();
      return standing > MOST_STANDING ? [`${standing} of ${count} bodies without an end are waited for`] : [];
    },
  } satisfies HostileInput;
}

async function frames(
  ws: WebSocket | undefined,
  before: string[],
  bytes: Buffer,
  times: number,
): Promise<void> {
  for (const packet of before) ws?.send(packet);
  for (let n = 0; n < times && ws?.readyState === WebSocket.OPEN; n++) {
    await new Promise<void>((resolve) => ws.send(bytes, () => resolve()));
    if (ws.bufferedAmount > 20 * MB) await pause(100);
  }
}

/**
 * The beginning of a WebSocket message of which the end never comes, on each line. One after the other: to mask 500 MB at once holds up
 * this process, and with it the canary, for half a second.
 */
async function halves(lines: readonly (WebSocket | undefined)[], size: number): Promise<void> {
  const bytes = Buffer.alloc(size);
  for (const line of lines) {
    line?.send(bytes, { fin: false });
    await new Promise(setImmediate);
  }
}

function messages(
  name: string,
  count: number,
  size: number,
  open: (target: Target) => Promise<WebSocket | undefined>,
) {
  return {
    name: `${name}: ${count} of ${size / MB} MB without an end`,
    async run(target: Target) {
      const lines = await Promise.all(Array.from({ length: count }, () => open(target)));
      await halves(lines, size);
      await pause(HOLD_MS);
      for (const line of lines) line?.terminate();
      return [];
    },
  } satisfies HostileInput;
}

const attachments = (who: string, cookieOf: (target: Target) => string): HostileInput => ({
  name: `from ${who}, 14 binary events of ten parts of which nine come, 5 MB each`,
  async run(target) {
    const places = Array.from({ length: 10 }, (_, num) => ({ _placeholder: true, num }));
    const lines = await Promise.all(Array.from({ length: 14 }, () => speaking(target, cookieOf(target))));
    const start = ['40', `4510-${JSON.stringify(['session.say', ...places])}`];
    await Promise.all(lines.map((line) => frames(line, start, Buffer.alloc(5 * MB), 9)));
    await pause(HOLD_MS);
    for (const line of lines) line?.terminate();
    return [];
  },
});

export const unfinished: HostileInput[] = [
  attachments('nobody', () => ''),
  attachments('a participant', ({ attacker }) => attacker.cookie),
  bodies('sign-ins', 60, 3.9 * MB, async (target) => head(target, '/api/sign-in', 3.9 * MB)),
  bodies('rosters of nobody', 40, 9.9 * MB, async (target) =>
    head(
      target,
      `/api/campaigns/${target.f.campaignId}/roster?importId=${target.f.sessionId}&fileName=a.csv&apply=false`,
      9.9 * MB,
    ),
  ),
  bodies('rosters of a participant', 40, 9.9 * MB, async (target) =>
    head(
      target,
      `/api/campaigns/${target.f.campaignId}/roster?importId=${target.f.sessionId}&fileName=a.csv&apply=false`,
      9.9 * MB,
      target.attacker.cookie,
    ),
  ),
  bodies('messages of a participant', 100, 3.9 * MB, async (target) =>
    head(target, `/api/sessions/${target.f.sessionId}/messages`, 3.9 * MB, target.attacker.cookie),
  ),
  bodies('polling payloads of nobody', 60, 7.9 * MB, async (target) =>
    head(target, `/socket.io/?EIO=4&transport=polling&sid=${await polling(target)}`, 7.9 * MB),
  ),
  messages('messages of nobody over WebSocket', 70, 7.9 * MB, (target) => speaking(target)),
  messages('frames of a participant for a document', 250, 2 * MB, ({ url, f, attacker }) =>
    opened(
      new WebSocket(`${url.replace('http', 'ws')}/collab/list.${f.boardId}`, {
        headers: { cookie: attacker.cookie },
      }),
    ),
  ),
];
