import type { Server } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import { type App, createApp } from '../app.ts';
import { doneWithin } from '../platform/bounded.ts';
import type { Config } from '../platform/config.ts';
import { noteIn } from '../platform/heads-file.ts';
import type { Log } from '../platform/log.ts';
import { openStorage } from '../storage/open.ts';
import { builtPages, type PageSource } from '../transport/static.ts';
import { addresses, atEach } from './addresses.ts';
import { both } from '../platform/both.ts';

/** For the lease, when the database does not answer. */
const GIVE_BACK_MS = 4_000;

export interface Running {
  port: number;
  /** Where it can be opened, the likeliest first. */
  addresses: readonly [string, ...string[]];
  /** Flushes everything, tells sockets to move, gives the database back. False when not everything could be stored or given back. */
  stop(): Promise<boolean>;
  /** Resolves when another process has taken the database over. */
  lost: Promise<void>;
}

export interface ServeOptions {
  config: Config;
  log: Log;
  dev: boolean;
  /** The built client, or its sources in development. */
  clientFolder: string;
  say(line: string): void;
}

/** In development the pages come from Vite in this process; its hot reload shares the server's port. */
async function devPages(folder: string, app: Express, http: Server): Promise<PageSource> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    server: { middlewareMode: true, ws: { server: http } },
    appType: 'custom',
  });
  app.use(vite.middlewares);
  const { readFile } = await import('node:fs/promises');
  return async (url) => vite.transformIndexHtml(url, await readFile(join(folder, 'index.html'), 'utf8'));
}

const NO_PORT: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port) =>
    both(
      `端口 ${port} 已被占用：可能已经启动了一个。换一个端口：PORT=${port + 1} npm start（Windows 见 README）。`,
      `Port ${port} is taken, perhaps by a server that runs already. Take another: PORT=${port + 1} npm start (Windows: see the README).`,
    ),
  EACCES: (port) =>
    both(
      `没有权限使用端口 ${port}：请用 1024 以上的端口。`,
      `Port ${port} may not be used by this user: take one above 1024.`,
    ),
  EADDRNOTAVAIL: (_port, host) =>
    both(`本机没有 HOST=${host} 这个地址。`, `This machine has no address HOST=${host}.`),
};

/** The port in use. An Error that says what to do when it cannot be had. */
async function listening(app: App, { port, host }: Config): Promise<number> {
  try {
    return await app.listen();
  } catch (error) {
    const { code, port: taken = port } = error as NodeJS.ErrnoException & { port?: number };
    const why = NO_PORT[String(code)];
    throw why ? new Error(why(taken, host), { cause: error }) : error;
  }
}

/** Runs the server until it is stopped. */
export async function serve({ config, log, dev, clientFolder, say }: ServeOptions): Promise<Running> {
  const opened = await openStorage({ ...config, lease: { holder: `${hostname()}:${config.port}` } });
  try {
    const pages = (app: Express, http: Server) =>
      dev ? devPages(clientFolder, app, http) : builtPages(app, clientFolder);
    const app = await createApp({
      config,
      storage: opened.storage,
      log,
      pages,
      noteHead: noteIn(config),
      ownUpgrade: (path) => dev && !path.startsWith('/collab/'),
    });
    const port = await listening(app, config);
    const found = addresses(config, port);
    const data = opened.engine === 'mongo' ? 'MongoDB' : config.dataDir;
    say(
      both(
        `破立已启动（数据在 ${data}），用浏览器打开：`,
        `Poli is running (data in ${data}). Open in a browser:`,
      ),
    );
    say(atEach(found, ''));
    if (await app.identity.fresh()) {
      const { url: path } = await app.identity.adminLink('');
      say(
        both(
          '还没有管理员。打开下面的链接成为第一个管理员，24小时内有效，只能用一次（用能打开的那个地址）：',
          'No administrator yet. Open this link once, within 24 hours, to become the first one (any of its addresses):',
        ),
      );
      say(atEach(found, path));
    }
    const stop = async () => {
      const whole = await app.close();
      return (await doneWithin(GIVE_BACK_MS, opened.close())) && whole;
    };
    return { port, addresses: found, stop, lost: opened.lease?.lost ?? new Promise(() => undefined) };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
