import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SOURCE = fileURLToPath(new URL('./mongo/', import.meta.url));
const PROGRAM = join(SOURCE, 'ferret');
const LOCK = join(SOURCE, 'ferret.lock');

export interface TestMongo {
  /** Address of an empty database of its own. */
  url: string;
  /** False when the server is somebody else's (MONGODB_URL): then it can neither be killed nor restarted. */
  owned: boolean;
  /** SIGKILL, as a crash; the data stay. */
  kill(): Promise<void>;
  /** Starts again on the same data and the same address. */
  restart(): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

async function newer(file: string, than: string): Promise<boolean> {
  const [a, b] = await Promise.all([stat(file).catch(() => undefined), stat(than)]);
  return a !== undefined && a.mtimeMs >= b.mtimeMs;
}

const built = async () =>
  (await newer(PROGRAM, join(SOURCE, 'main.go'))) && (await newer(PROGRAM, join(SOURCE, 'go.mod')));

/** Builds the program once, whoever comes first; the others wait. A lock older than five minutes belongs to nobody. */
async function build(): Promise<void> {
  while (!(await built())) {
    const lock = await open(LOCK, 'wx').catch(() => undefined);
    if (!lock) {
      const age = Date.now() - ((await stat(LOCK).catch(() => undefined))?.mtimeMs ?? Date.now());
      if (age > 300_000) await rm(LOCK, { force: true });
      await wait(200);
      continue;
    }
    try {
      // Built beside and moved into place, so that nobody starts half a program.
      await run('go', ['build', '-o', 'ferret.new', '.'], { cwd: SOURCE });
      await run('mv', ['ferret.new', 'ferret'], { cwd: SOURCE });
    } finally {
      await lock.close();
      await rm(LOCK, { force: true });
    }
  }
}

const hasGo = () =>
  run('go', ['version']).then(
    () => true,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.destroy();
      done(true);
    });
    socket.on('error', () => done(false));
  });
}

async function launch(dir: string, port: number): Promise<ChildProcess> {
  await rm(join(dir, 'backend.sock'), { force: true });
  const child = spawn(PROGRAM, ['-dir', dir, '-addr', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-2000);
  });
  const deadline = Date.now() + 20_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`the test database did not start: ${said}`);
    await wait(20);
  }
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill(signal);
  await gone;
}

async function own(): Promise<TestMongo> {
  await build();
  const dir = await mkdtemp(join(tmpdir(), 'poli-mongo-'));
  const port = await freePort();
  let child = await launch(dir, port);
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  return {
    url: `mongodb://127.0.0.1:${port}/poli`,
    owned: true,
    kill: () => end(child, 'SIGKILL'),
    async restart() {
      await end(child, 'SIGKILL');
      child = await launch(dir, port);
    },
    async stop() {
      process.off('exit', endWithUs);
      await end(child, 'SIGKILL');
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A database of its own on the server that MONGODB_URL names; dropped at the end. */
async function borrowed(server: string): Promise<TestMongo> {
  const [head, query] = server.split('?', 2) as [string, string?];
  const base = head.replace(/^(mongodb(?:\+srv)?:\/\/[^/]+).*$/, '$1');
  const url = `${base}/poli_test_${randomBytes(6).toString('hex')}${query ? `?${query}` : ''}`;
  const refuse = async () => {
    throw new Error('the server of MONGODB_URL is not ours to stop');
  };
  return {
    url,
    owned: false,
    kill: refuse,
    restart: refuse,
    async stop() {
      const { createConnection: connect } = await import('mongoose');
      const connection = await connect(url).asPromise();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

/** Why no MongoDB can be had here, or undefined when one can. Print it when you skip. */
export async function whyNoMongo(): Promise<string | undefined> {
  if (
    process.env.MONGODB_URL ||
    (await access(PROGRAM).then(
      () => true,
      () => false,
    )) ||
    (await hasGo())
  )
    return undefined;
  return 'MongoDB tests skipped: MONGODB_URL is not set and there is no Go to build test/support/mongo with';
}

/** Starts an empty MongoDB-compatible server (or takes a fresh database on MONGODB_URL); undefined without Go. */
export async function startMongo(): Promise<TestMongo | undefined> {
  if (await whyNoMongo()) return undefined;
  return process.env.MONGODB_URL ? borrowed(process.env.MONGODB_URL) : own();
}
