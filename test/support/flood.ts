import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { textOf, until } from './collab-server.ts';
import { step1Frame } from './frames.ts';
import { Editor, RawClient } from './raw-client.ts';

/** Attacks of `flooder.ts`, and on how many sockets. */
export const ATTACKS: readonly [attack: string, sockets: number][] = [
  ['questions', 1],
  ['joins', 1],
  ['tiny', 1],
  ['tiny', 50],
  ['megabytes', 1],
  ['megabytes', 50],
  ['costly', 1],
  ['costly', 50],
  ['presences', 1],
];

/** A server of live documents in a process of its own, and somebody who says as much to it as the line carries. */
export interface FloodedServer {
  /** Somebody in the document that is not flooded. */
  editor(person: string): Promise<Editor>;
  /** Begins an attack of `flooder.ts`; resolves with what ends it. */
  flood(attack: string, sockets: number): Promise<() => Promise<void>>;
  /** How much of its time (0–1) the server was busy since it was last asked, and its RSS in bytes. */
  load(): Promise<{ utilization: number; rss: number }>;
  close(): Promise<void>;
}

function child(...command: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', ...command], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}
async function firstWord(of: ChildProcess): Promise<string> {
  const [line] = (await once(of.stdout!, 'data')) as [Buffer];
  return line.toString().trim();
}
async function end(each: ChildProcess): Promise<void> {
  if (each.exitCode !== null || each.signalCode !== null) return;
  each.kill('SIGKILL');
  await once(each, 'exit');
}

export async function openFloodedServer(): Promise<FloodedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'collab-flood-'));
  const server = child('test/support/collab-child.ts', join(folder, 'board.sqlite'));
  const flooders: ChildProcess[] = [];
  const port = await firstWord(server);
  return {
    async editor(person) {
      const client = await new RawClient(`ws://127.0.0.1:${port}/collab`, 'list.canary', person).opened();
      const edits = new Editor(client, new Y.Doc());
      client.send(step1Frame(new Uint8Array([0])));
      await until('it is in', () => edits.told > 0 && client.durable === edits.told);
      return edits;
    },
    async flood(attack, sockets) {
      const flooder = child('test/support/flooder.ts', port, attack, String(sockets));
      flooders.push(flooder);
      if ((await firstWord(flooder)) !== 'at it') throw new Error(`no attack called ${attack}`);
      return () => end(flooder);
    },
    async load() {
      const answer = once(server, 'message');
      server.send('how busy?');
      return ((await answer) as [{ utilization: number; rss: number }])[0];
    },
    async close() {
      for (const each of [...flooders, server]) await end(each);
      rmSync(folder, { recursive: true });
    },
  };
}

/** One edit of `a` on its way to `b`; resolves with the ms that it took. */
export function sing(a: Editor, b: Editor): Promise<number> {
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
