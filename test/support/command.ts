import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { recordLogLine } from './errors.ts';

type Environment = Readonly<Record<string, string>>;

/** Nothing of the developer's own configuration reaches the programs that are started here. */
const BLANK = Object.fromEntries(
  ['PORT', 'HOST', 'PUBLIC_URL', 'DATA_DIR', 'MONGODB_URL', 'REDIS_URL', 'LOG_LEVEL', 'TRUST_PROXY'].map(
    (name) => [name, ''],
  ),
);
const QUIET = { HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warn' };

function start(args: readonly string[], env: Environment): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'server/main.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...BLANK, ...QUIET, ...env },
  });
}

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Runs one command of the program to its end, as a person at the terminal would. */
export async function command(args: readonly string[], env: Environment): Promise<Ended> {
  const child = start(args, env);
  const ended = { out: '', err: '' };
  child.stdout!.on('data', (text: Buffer) => (ended.out += text.toString()));
  child.stderr!.on('data', (text: Buffer) => (ended.err += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...ended };
}

/** A server in a process of its own. */
export interface RunningCommand {
  url: string;
  /** The one-time link that a fresh installation prints; '' when there is an administrator. */
  adminUrl: string;
  /** All that it has printed so far. */
  said(): string;
  /** Resolves once it has printed these words. */
  told(words: string): Promise<void>;
  /** Asks it to stop; resolves with its exit code. */
  stop(): Promise<number>;
}

/** Starts the server and waits for its last line about itself. Fails with what it said when it ends instead. */
export async function serve(
  env: Environment,
  signal: NodeJS.Signals = 'SIGTERM',
  task: 'serve' | 'demo' = 'serve',
): Promise<RunningCommand> {
  const child = start([task], env);
  const said: string[] = [];
  child.stderr!.on('data', (text: Buffer) => said.push(text.toString()));
  const gone = once(child, 'exit') as Promise<[number]>;
  const lines = createInterface({ input: child.stdout! });
  const url = await new Promise<string>((resolve, reject) => {
    void gone.then(() => reject(new Error(`the server did not start: ${said.join('\n')}`)));
    lines.on('line', (line) => {
      if (line.startsWith('{')) recordLogLine(line);
      else said.push(line);
      const address = /^ {2}(http:\S+:\d+)$/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
  const answer = async () => (await fetch(`${url}/readyz`)).ok;
  if (!(await answer())) throw new Error('the server is not ready');
  return {
    url,
    get adminUrl() {
      return said.map((line) => /\bhttp:\S+\/l\/\S+/.exec(line)?.[0]).find((found) => found) ?? '';
    },
    said: () => said.join('\n'),
    async told(words) {
      while (!said.join('\n').includes(words)) await Promise.race([once(lines, 'line'), gone]);
    },
    async stop() {
      child.kill(signal);
      return (await gone)[0];
    },
  };
}
