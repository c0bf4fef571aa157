import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { recordLogLine } from './errors.ts';

/** The built program as a process of its own, that can be killed and started again on the same port and data. */
export interface Program {
  readonly port: number;
  readonly url: string;
  /** The one-time link of the first start. */
  readonly adminLink: string;
  kill(signal?: NodeJS.Signals): Promise<number | null>;
  start(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Starts `dist/server/main.js` (build it first) and waits until it says where it listens. */
export async function startProgram(env: Record<string, string>): Promise<Program> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  let adminLink = '';

  async function start(): Promise<void> {
    const running = spawn(process.execPath, ['--enable-source-maps', 'dist/server/main.js'], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        LOG_LEVEL: 'warn',
        HOST: '127.0.0.1',
        ...env,
        PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = running;
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

  await start();
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    get adminLink() {
      return adminLink;
    },
    start,
    async kill(signal = 'SIGKILL') {
      const running = child!;
      running.removeAllListeners('exit');
      const ended = once(running, 'exit');
      running.kill(signal);
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}
