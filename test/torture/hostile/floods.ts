import type { WebSocket } from 'ws';
import type { HostileInput, Target } from './input.ts';
import { dial, floodOver, polling, postTo, pour, speaking } from './wire.ts';

const PACKETS = 980_000;

/** A payload of long-polling with as many packets as fit into 2 MB. */
const payload = (packet: string): HostileInput => ({
  name: `from nobody, one polling payload of ${PACKETS} packets "${packet}"`,
  async run(target) {
    const status = await postTo(target, await polling(target), Array(PACKETS).fill(packet).join('\x1e'));
    return status === 200 ? ['the payload was taken'] : [];
  },
});

const unknownEvents = (who: string, cookieOf: (target: Target) => string): HostileInput => ({
  name: `from ${who}, unknown events in a flood`,
  async run(target) {
    const lines = await Promise.all(Array.from({ length: 4 }, () => speaking(target, cookieOf(target))));
    const open = lines.filter((line): line is WebSocket => line !== undefined);
    for (const line of open) line.send('40');
    const sent = await Promise.all(
      open.map((line) => floodOver(line, `421["shout",${'[1],'.repeat(40)}1]`, 1_500)),
    );
    const still = open.filter((line) => line.readyState === line.OPEN).length;
    for (const line of open) line.terminate();
    return still === 0
      ? []
      : [`${still} lines stand after ${sent.reduce((sum, n) => sum + n, 0)} unknown events`];
  },
});

export const floods: HostileInput[] = [
  payload('3'),
  payload('40'),
  payload('42["x"]'.slice(0, 2)),
  unknownEvents('nobody', () => ''),
  unknownEvents('a participant', ({ attacker }) => attacker.cookie),
  {
    name: 'from a participant, known calls as fast as the line takes them',
    async run(target) {
      const line = await speaking(target, target.attacker.cookie);
      line?.send('40');
      if (line)
        await floodOver(
          line,
          `421["session.away",{"sessionId":"${target.f.sessionId}","away":false}]`,
          1_500,
        );
      line?.terminate();
      return [];
    },
  },
  {
    name: 'from nobody, 30,000 requests on one line without waiting for an answer',
    async run(target) {
      const socket = await dial(target);
      const request = `GET /api/me HTTP/1.1\r\nHost: ${new URL(target.url).host}\r\n\r\n`;
      await pour(socket, Buffer.from(request.repeat(30_000)), 1_500);
      socket.destroy();
      return [];
    },
  },
  {
    name: 'from nobody, 1,500 lines of Engine.IO that say nothing',
    async run(target) {
      let made = 0;
      for (let n = 0; n < 30; n++)
        made += (
          await Promise.all(
            Array.from({ length: 50 }, () =>
              polling(target).then(
                () => 1,
                () => 0,
              ),
            ),
          )
        ).reduce<number>((sum, each) => sum + each, 0);
      return made > 1_000 ? [`${made} lines were opened to nobody`] : [];
    },
  },
];
