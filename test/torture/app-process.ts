import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Question = 'figures' | 'link' | { stall: number };

/** What the server holds. Bytes and ms; what is a highest value counts from the last question on. */
export interface Figures {
  documents: number;
  sockets: number;
  unstoredBytes: number;
  refused: number;
  unreadable: number;
  /** Resident memory after a collection. */
  rss: number;
  /** The most that waited for one socket. */
  queued: number;
  loopMax: number;
  loopP99: number;
}

/** The whole server in a process of its own, from the sources, on a database of its own. */
export interface AppProcess {
  readonly url: string;
  readonly pid: number;
  /** True as long as nothing has ended it. */
  readonly alive: boolean;
  adminLink(): Promise<string>;
  figures(): Promise<Figures>;
  /** Lets it do nothing else for so many ms: a planted fault. */
  stall(ms: number): void;
  stop(): Promise<void>;
}

type Answer = { url?: string; link?: string; figures?: Figures };

function answer(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the server has ended'));
    child.once('exit', ended);
    child.once('message', (told: Answer) => {
      child.off('exit', ended);
      resolve(told);
    });
  });
}

export async function startApp(plant = ''): Promise<AppProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'poli-app-'));
  const child = fork('test/torture/app-child.ts', [folder, plant], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { url = '' } = await answer(child);
  // One question at a time: the answers carry no name.
  let last: Promise<unknown> = Promise.resolve();
  const ask = (question: Question): Promise<Answer> => {
    const asked = last.then(() => {
      child.send(question);
      return answer(child);
    });
    last = asked.catch(() => undefined);
    return asked;
  };
  return {
    url,
    pid: child.pid!,
    get alive() {
      return child.exitCode === null && child.signalCode === null;
    },
    adminLink: async () => (await ask('link')).link!,
    figures: async () => (await ask('figures')).figures!,
    stall: (ms) => void child.send({ stall: ms }),
    async stop() {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
