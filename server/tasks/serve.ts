import type { Server } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import { createApp } from '../app.ts';
import { doneWithin } from '../platform/bounded.ts';
import type { Config } from '../platform/config.ts';
import { noteIn } from '../platform/heads-file.ts';
import type { Log } from '../platform/log.ts';
import { openStorage } from '../storage/open.ts';
import { lanAddresses } from '../transport/request.ts';
import { builtPages, type PageSource } from '../transport/static.ts';

/** For the lease, when the database does not answer. */
const GIVE_BACK_MS = 4_000;

export interface Running {
  port: number;
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

/** Every address at which a person may try: PUBLIC_URL, this machine, the LAN. */
function addresses(config: Config, port: number): string[] {
  const all = config.host === '0.0.0.0' || config.host === '::';
  const hosts = all ? ['localhost', ...lanAddresses()] : [config.host];
  return [...(config.publicUrl ? [config.publicUrl] : []), ...hosts.map((host) => `http://${host}:${port}`)];
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
    const port = await app.listen();
    say(`Poli 破立 is running on ${opened.engine === 'mongo' ? 'MongoDB' : `SQLite in ${config.dataDir}`}:`);
    const found = addresses(config, port);
    for (const address of found) say(`  ${address}`);
    if (await app.identity.fresh()) {
      const { url } = await app.identity.adminLink(found[0]!);
      say(`No administrator yet. Open this link once, within 24 hours, to become the first one:\n  ${url}`);
    }
    const stop = async () => {
      const whole = await app.close();
      return (await doneWithin(GIVE_BACK_MS, opened.close())) && whole;
    };
    return { port, stop, lost: opened.lease?.lost ?? new Promise(() => undefined) };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
