import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program with everything it starts, in a process group of its own that ends with it or with this process. */
export interface Group {
  readonly child: ChildProcess;
  end(): Promise<void>;
}

const running = new Set<number>();
process.on('exit', () => running.forEach(kill));

function kill(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}

interface Options {
  env?: Record<string, string>;
  stdio: StdioOptions;
}

export function startGroup(program: string, args: readonly string[], { env, stdio }: Options): Group {
  const child = spawn(program, args, { detached: true, env: { ...process.env, ...env }, stdio });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  if (child.pid !== undefined) running.add(child.pid);
  return {
    child,
    async end() {
      if (child.pid !== undefined) kill(child.pid);
      await ended;
      if (child.pid !== undefined) running.delete(child.pid);
    },
  };
}

/** Where a program lies, by the PATH. */
export function programAt(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}
