import type { WebSocket } from 'ws';
import { newId } from '../../../shared/ids.ts';
import type { HostileInput } from './input.ts';
import { speaking } from './wire.ts';

const MAX_ANSWER = 2_000;

function unknownKeys(bytes: number): string {
  const keys: string[] = [];
  for (let size = 0, n = 0; size < bytes; n++, size += 15) keys.push(`"key${1_000_000 + n}":1`);
  return `{${keys.join(',')}}`;
}
/** Made once and before the canary is listened to: making it takes this process some time. */
const KEYS = unknownKeys(4_100_000);

async function answerTo(url: string, body: string, headers: Record<string, string> = {}): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
    signal: AbortSignal.timeout(20_000),
  });
  return (await answer.text()).length;
}

function sizeOfAnswer(line: WebSocket, packet: string): Promise<number> {
  return new Promise((resolve) => {
    const hear = (answer: Buffer): void => {
      if (!answer.toString('latin1').startsWith('431')) return;
      line.off('message', hear);
      resolve(answer.byteLength);
    };
    line.on('message', hear).once('close', () => resolve(0));
    line.send(packet);
  });
}

const tooLong = (sizes: number[]): string[] =>
  sizes.filter((size) => size > MAX_ANSWER).map((size) => `an answer of ${size} characters`);

export const shapes: HostileInput[] = [
  {
    name: 'from nobody, five times 4.1 MB of unknown keys on sign-in',
    async run({ url }) {
      return tooLong(
        await Promise.all(
          Array.from({ length: 5 }, () => answerTo(`${url}/api/sign-in`, KEYS).catch(() => 0)),
        ),
      );
    },
  },
  {
    name: 'from a participant, 4.1 MB of unknown keys over HTTP',
    async run({ url, f, attacker }) {
      const path = `${url}/api/sessions/${f.sessionId}/messages`;
      return tooLong([await answerTo(path, KEYS, { cookie: attacker.cookie }).catch(() => 0)]);
    },
  },
  {
    name: 'from a participant, 4.1 MB of unknown keys, wrong items and nests over the socket',
    async run(target) {
      const line = await speaking(target, target.attacker.cookie);
      if (!line) return ['no line'];
      line.send('40');
      const act = `"sessionId":"${target.f.sessionId}","id":"${newId()}"`;
      const sizes: number[] = [];
      for (const input of [
        KEYS,
        `{${act},"order":[1${',1'.repeat(500_000)}]}`,
        `{${act},"order":[[1]${',[1]'.repeat(500_000)}]}`,
        `{${act},"order":{"${'k'.repeat(1_000_000)}":1}}`,
        `{${act},"${'k'.repeat(1_000_000)}":1}`,
        `{${act},"order":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      ])
        sizes.push(await sizeOfAnswer(line, `421["session.orderQueue",${input}]`));
      line.terminate();
      return [...tooLong(sizes), ...(sizes.includes(0) ? ['no answer'] : [])];
    },
  },
  {
    name: 'from a participant, query strings of 15 KB with 7,000 names',
    async run({ url, f, attacker }) {
      const query = Array.from({ length: 3_000 }, (_, n) => `k${n}`).join('&');
      const sizes = await Promise.all(
        Array.from({ length: 40 }, async () => {
          const answer = await fetch(`${url}/api/sessions/${f.sessionId}/entries?${query}`.slice(0, 15_000), {
            headers: { cookie: attacker.cookie },
          });
          return (await answer.text()).length;
        }),
      );
      return tooLong(sizes);
    },
  },
];
