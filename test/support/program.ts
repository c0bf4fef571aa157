import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { recordLogLine } from './errors.ts';

/** The built program as a process of its own, that can be killed and started again on the same port and data. */
export interface Program {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** The one-time link of the first start. */
  readonly adminLink: string;
  kill(signal?: NodeJS.Signals): Promise<number | null>;
  /** Resolves when the process that runs now has ended, by whatever hand. */
  ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  start(more?: Partial<Launch>): Promise<void>;
}

export interface Launch {
  /** Over what was given at first. */
  env: Record<string, string>;
  /** Options of node, such as a module to load first. */
  node: string[];
  /** A command that the program is run by; it must leave the program as the process that it was started as. */
  under: string[];
}

/** A port of this machine that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Starts `dist/server/main.js` (build it first) and waits until it says where it listens. */
export async function startProgram(env: Record<string, string>, first?: Partial<Launch>): Promise<Program> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  let ended: ReturnType<Program['ended']>;
  let adminLink = '';

  async function start(launch: Partial<Launch> = {}): Promise<void> {
    const command = [
      ...(launch.under ?? []),
      process.execPath,
      '--enable-source-maps',
      ...(launch.node ?? []),
      'dist/server/main.js',
    ];
    const running = spawn(command[0]!, command.slice(1), {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        LOG_LEVEL: 'warn',
        HOST: '127.0.0.1',
        ...env,
        ...launch.env,
        PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = running;
    ended = once(running, 'exit').then(([code, signal]) => ({ code, signal }));
    const listening = new Promise<void>((resolve, reject) => {
      running.once('exit', (code) => reject(new Error(`the program ended with ${code} before it listened`)));
      createInterface({ input: running.stdout }).on('line', (line) => {
        recordLogLine(line);
        adminLink = /https?:\S+\/l\/\S+/.exec(line)?.[0] ?? adminLink;
        // The address of this machine is the last thing that a start always prints.
        if (line.includes(`:${port}`)) setTimeout(resolve, 50);
      });
    });
    await listening;
  }

  await start(first);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    get pid() {
      return child!.pid!;
    },
    get adminLink() {
      return adminLink;
    },
    start,
    ended: () => ended,
    async kill(signal = 'SIGKILL') {
      child!.kill(signal);
      return (await ended).code;
    },
  };
}

/** Resident memory of a process in bytes; where the system does not tell, NaN. */
export function residentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  } catch {
    return Number.NaN;
  }
}
