import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';

/** How work beside the loop may fail although nothing is wrong with it: it takes too long, too much memory, or its thread died. */
export class AsideFailure extends Error {
  readonly why: 'time' | 'memory' | 'crash';
  constructor(why: 'time' | 'memory' | 'crash', cause?: unknown) {
    super(`the work beside the loop has ended: ${why}`, { cause });
    this.why = why;
  }
}

export interface AsideLimits {
  /** Of the thread's heap, in MB. Buffers do not count: what comes in must be bounded before. */
  heapMb: number;
  /** From the moment its turn comes, in ms. */
  ms: number;
  /** How many wait for their turn before it calls itself full. */
  waiting: number;
  /** How many wait at the most, for those who were let in and come all at once; one more hears UNAVAILABLE `work.busy`. */
  most: number;
  /** How long the thread is kept for the next one, in ms. */
  idleMs: number;
}

interface Job<I, O> {
  input: I;
  resolve(value: O): void;
  reject(error: unknown): void;
}

type Answer<O> = { value: O } | { fault: string };

/**
 * Long work on a thread of its own, one at a time, so that nobody else waits for it. The thread's file calls `serveAside`. It is
 * stopped when it takes longer or more memory than it may; the next one gets a new thread.
 */
export class Aside<I, O> {
  readonly #file: URL;
  readonly #limits: AsideLimits;
  readonly #waiting: Job<I, O>[] = [];
  #now: { job: Job<I, O>; timer: NodeJS.Timeout } | undefined;
  #thread: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(file: URL, limits: AsideLimits) {
    this.#file = file;
    this.#limits = limits;
  }

  /** Whether somebody new should come back later. */
  get full(): boolean {
    return this.#waiting.length >= this.#limits.waiting;
  }

  /** Throws UNAVAILABLE `work.busy`, AsideFailure, or what the work itself has thrown, as an Error with its message. */
  run(input: I): Promise<O> {
    if (this.#closed || this.#waiting.length >= this.#limits.most)
      return Promise.reject(new AppError('UNAVAILABLE', 'work.busy'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ input, resolve, reject });
      this.#next();
    });
  }

  /** Who waits is sent away; the thread ends. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.reject(new AppError('UNAVAILABLE', 'work.busy'));
    await this.#end(new AppError('UNAVAILABLE', 'work.busy'));
  }

  #next(): void {
    const job = this.#now ? undefined : this.#waiting.shift();
    if (!job) return;
    clearTimeout(this.#idle);
    const timer = setTimeout(() => void this.#end(new AsideFailure('time')), this.#limits.ms);
    this.#now = { job, timer };
    this.#thread ??= this.#begin();
    this.#thread.ref();
    this.#thread.postMessage(job.input);
  }

  #begin(): Worker {
    const thread = startThread(this.#file, this.#limits.heapMb);
    thread.on('message', (answer: Answer<O>) => {
      if (this.#thread === thread) this.#done(answer);
    });
    thread.on('error', (error: NodeJS.ErrnoException) => {
      const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      if (this.#thread === thread) void this.#end(new AsideFailure(memory ? 'memory' : 'crash', error));
    });
    thread.on('exit', () => {
      if (this.#thread === thread) void this.#end(new AsideFailure('crash'));
    });
    return thread;
  }

  #done(answer: Answer<O>): void {
    const job = this.#take();
    if ('fault' in answer) job?.reject(new Error(answer.fault));
    else job?.resolve(answer.value);
    this.#thread?.unref();
    this.#idle = setTimeout(() => void this.#end(), this.#limits.idleMs).unref();
    this.#next();
  }

  #take(): Job<I, O> | undefined {
    clearTimeout(this.#now?.timer);
    const job = this.#now?.job;
    this.#now = undefined;
    return job;
  }

  async #end(why?: Error): Promise<void> {
    clearTimeout(this.#idle);
    const thread = this.#thread;
    this.#thread = undefined;
    if (why) this.#take()?.reject(why);
    const gone = thread?.terminate();
    this.#next();
    await gone;
  }
}

// From the sources the thread first needs what reads TypeScript; from the bundle nothing.
function entryOf(file: URL): URL {
  if (!file.pathname.endsWith('.ts')) return file;
  const tsx = new URL(
    'dist/esm/api/index.mjs',
    pathToFileURL(createRequire(file).resolve('tsx/package.json')),
  );
  const code = `import { register } from '${tsx.href}'; register(); await import('${file.href}');`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

function startThread(file: URL, heapMb: number): Worker {
  return new Worker(entryOf(file), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16 },
  });
}

/**
 * Where the thread's code lies: `<name>.ts` beside the file that asks, or `<name>.js` in the bundle's folder. Both bundle and its
 * chunks (`assets/`) ask; every such file is an input of the server's build (vite.config.ts).
 */
export function asideFile(from: string, name: string): URL {
  const places = [`./${name}.ts`, `./${name}.js`, `../${name}.js`].map((place) => new URL(place, from));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`the program is not whole: there is no ${name} beside ${from}`);
  return found;
}

/** What the thread's file calls: answers each input, bytes handed over rather than copied. */
export function serveAside<I, O>(work: (input: I) => Promise<O>): void {
  const port = parentPort;
  if (!port) throw new Error('this file runs on a thread of its own');
  port.on('message', (input: I) => {
    work(input).then(
      (value) => port.postMessage({ value }, value instanceof Uint8Array ? [wholeBuffer(value)] : []),
      (error: unknown) => port.postMessage({ fault: error instanceof Error ? error.message : String(error) }),
    );
  });
}

const wholeBuffer = (bytes: Uint8Array): ArrayBuffer => bytes.buffer as ArrayBuffer;
