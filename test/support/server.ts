import { type App, createApp } from '../../server/app.ts';
import type { Ceilings } from '../../server/features/identity/attempts.ts';
import type { Config } from '../../server/platform/config.ts';
import { createLog } from '../../server/platform/log.ts';
import { DEFAULT_MAX_PAUSE } from '../../server/platform/tick.ts';
import type { TransportLimits } from '../../server/transport/limits.ts';
import { openTestStorage } from './test-storage.ts';
import type { Storage } from '../../server/storage/port.ts';
import { logStream } from './errors.ts';

/** What `/metrics` of a test server asks for. */
export const METRICS_HEADERS = { authorization: 'Bearer a token of the tests' };

/** A whole server in the test's own process, on a free port; pages are a placeholder. */
export interface TestServer {
  app: App;
  url: string;
  storage: Storage;
  close(): Promise<void>;
}

export const testConfig: Config = {
  port: 0,
  host: '127.0.0.1',
  publicUrl: undefined,
  dataDir: 'data',
  mongodbUrl: undefined,
  logLevel: 'warn',
  trustProxy: false,
  maxUpload: 10 * 1024 * 1024,
  metricsPort: undefined,
  metricsToken: 'a token of the tests',
  maxTick: DEFAULT_MAX_PAUSE,
};

export interface ServerOptions {
  storage?: Storage;
  config?: Partial<Config>;
  now?: () => number;
  ceilings?: Partial<Ceilings>;
  /** Everything is logged, and read along here. */
  trace?: (lines: string) => void;
  /** Other bounds of the network side than the product's. */
  limits?: Partial<TransportLimits>;
}

export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const storage = options.storage ?? (await openTestStorage());
  const { trace } = options;
  const both = { write: (lines: string) => [logStream.write(lines), trace?.(lines)] };
  const log = trace ? createLog('trace', both) : createLog('warn', logStream);
  const page = () =>
    Promise.resolve('<!doctype html><title>破立</title><script nonce="CSP_NONCE_PLACEHOLDER"></script>');
  const config = { ...testConfig, ...options.config };
  const app = await createApp({
    config,
    storage,
    log,
    pages: () => page,
    ...(options.now ? { now: options.now } : {}),
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.ceilings ? { ceilings: options.ceilings } : {}),
  });
  const port = await app.listen();
  return {
    app,
    storage,
    url: `http://127.0.0.1:${port}`,
    async close() {
      await app.close();
      if (!options.storage) await storage.close();
    },
  };
}
