import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { same, textOf, until } from '../support/collab-server.ts';
import { Editor, RawClient } from '../support/raw-client.ts';
import { step1Frame } from '../support/frames.ts';

const EVERY_MS = 100;
/** What is saved up for honest bursts may be spent first. */
const BURST_MS = 2_000;
const ATTACK_MS = Number(process.env.FLOOD_SECONDS ?? 8) * 1_000;

let folder: string;
let server: ChildProcess;
let flooder: ChildProcess | undefined;
let port: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'collab-flood-'));
  server = child('test/support/collab-child.ts', join(folder, 'board.sqlite'));
  port = await firstWord(server);
});
afterEach(async () => {
  for (const each of [flooder, server]) {
    if (!each || each.exitCode !== null || each.signalCode !== null) continue;
    each.kill('SIGKILL');
    await once(each, 'exit');
  }
  flooder = undefined;
  rmSync(folder, { recursive: true });
});

function child(...command: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', ...command], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}
async function firstWord(of: ChildProcess): Promise<string> {
  const [line] = (await once(of.stdout!, 'data')) as [Buffer];
  return line.toString().trim();
}
/** How much of its time the server was busy since it was last asked. */
async function load(): Promise<{ utilization: number; rss: number; counts: object }> {
  const answer = once(server, 'message');
  server.send('how busy?');
  return ((await answer) as [{ utilization: number; rss: number; counts: object }])[0];
}
async function editor(person: string): Promise<Editor> {
  const client = await new RawClient(`ws://127.0.0.1:${port}/collab`, 'list.canary', person).opened();
  const edits = new Editor(client, new Y.Doc());
  client.send(step1Frame(new Uint8Array([0])));
  await until('it is in', () => edits.told > 0 && client.durable === edits.told);
  return edits;
}
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One edit, on its way to the other; resolves with the ms that it took. */
function sing(a: Editor, b: Editor): Promise<number> {
  const started = performance.now();
  const length = textOf(b.doc).length + 1;
  return new Promise((resolve) => {
    const heard = (): void => {
      if (textOf(b.doc).length < length) return;
      b.doc.off('update', heard);
      resolve(performance.now() - started);
    };
    b.doc.on('update', heard);
    a.doc.getText('t').insert(0, '好');
  });
}
async function singFor(ms: number, a: Editor, b: Editor): Promise<number[]> {
  const times: number[] = [];
  for (const end = performance.now() + ms; performance.now() < end; ) {
    const took = await sing(a, b);
    times.push(took);
    await pause(Math.max(0, EVERY_MS - took));
  }
  return times;
}
const p99 = (times: number[]): number => times.toSorted((x, y) => x - y)[Math.ceil(times.length * 0.99) - 1]!;

describe('one person at full speed', () => {
  const attacks: [string, number][] = [
    ['questions', 1],
    ['joins', 1],
    ['tiny', 50],
    ['megabytes', 50],
  ];
  // The whole table takes a minute and a half: FLOOD=all.
  const more: [string, number][] = [
    ['tiny', 1],
    ['megabytes', 1],
    ['costly', 1],
    ['presences', 1],
    ['costly', 50],
  ];
  it.each(process.env['FLOOD'] === 'all' ? [...attacks, ...more] : attacks)(
    'with %s on %i sockets leaves the others four fifths of the time, and they hardly notice (R6)',
    async (attack, sockets) => {
      const [a, b] = [await editor('zhou'), await editor('lu')];
      await load();
      const quiet = p99(await singFor(2_000, a, b));
      const { utilization: usual } = await load();
      flooder = child('test/support/flooder.ts', port, attack, String(sockets));
      expect(await firstWord(flooder)).toBe('at it');
      const first = await singFor(BURST_MS, a, b);
      const { utilization: burst } = await load();
      const times = await singFor(ATTACK_MS, a, b);
      const { utilization, rss, counts } = await load();
      flooder.kill('SIGKILL');
      const all = [...first, ...times];
      console.log(
        `${sockets} × ${attack}: canary p99 ${p99(all).toFixed(0)} ms over ${all.length} edits (quiet ${quiet.toFixed(0)} ms), ` +
          `server busy ${(burst * 100).toFixed(0)} %, then ${(utilization * 100).toFixed(0)} %, ${(rss / 1e6).toFixed(0)} MB, ${JSON.stringify(counts)}`,
      );
      expect(p99(all)).toBeLessThanOrEqual(250);
      expect(utilization - usual).toBeLessThanOrEqual(0.2);
      expect([a.client.closed, b.client.closed]).toEqual([undefined, undefined]);
      await until('all is durable', () => a.client.durable === a.told);
      const fresh = await editor('shen');
      await until('nothing is lost', () => same(fresh.doc, a.doc) && same(b.doc, a.doc));
      for (const each of [a, b, fresh]) each.client.ws.terminate();
    },
    60_000,
  );
});

it('an honest person with a lot to say at once is not kept waiting', async () => {
  const [a, b] = [await editor('zhou'), await editor('lu')];
  const text = a.doc.getText('t');
  const timed = async (what: string, deed: () => void): Promise<string> => {
    const started = performance.now();
    deed();
    await until(`${what} is durable`, () => a.client.durable === a.told);
    await until(`${what} is seen`, () => same(a.doc, b.doc));
    const ms = performance.now() - started;
    expect(ms).toBeLessThan(2_000);
    return `${what} ${ms.toFixed(0)} ms`;
  };
  const figures = [
    await timed('a paste of 1 MB', () => text.insert(0, 'x'.repeat(999_900))),
    await timed('another', () => text.insert(0, 'y'.repeat(999_900))),
    await timed('1,000 edits', () => {
      for (let i = 0; i < 1_000; i++) text.insert(0, 'z');
    }),
    await timed('their deletion', () => text.delete(0, 1_000)),
  ];
  console.log(figures.join(', '));
  for (const each of [a, b]) each.client.ws.terminate();
}, 30_000);
