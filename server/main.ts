import { fileURLToPath } from 'node:url';
import { type Config, ConfigError, readConfig } from './platform/config.ts';
import { createLog } from './platform/log.ts';
import type { Running } from './tasks/serve.ts';
import { both } from './platform/both.ts';

const [command = 'serve', ...args] = process.argv.slice(2).filter((arg) => arg !== '--dev');
const dev = process.argv.includes('--dev');
// dist/client beside dist/server, or client/ beside server/ when run from the sources.
const clientFolder = fileURLToPath(new URL('../client', import.meta.url));
const say = (line: string) => console.log(line);

/** An orchestrator kills after 30 s. */
const MOST_MS = 29_000;

const KNOWN = 'serve, admin-link, demo, backup, restore, verify';
const NO_ANSWER = both(
  '数据库30秒没有应答，已停止。',
  'Stopped after 30 seconds in which the database did not answer.',
);
const NOT_WHOLE = both('停止时没有全部存完，见日志。', 'Stopped before everything was stored: see the log.');

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

async function serveUntilStopped(
  config: Config,
  started?: (addresses: Running['addresses']) => void,
): Promise<void> {
  const log = createLog(config.logLevel);
  const { serve } = await import('./tasks/serve.ts');
  const running = await serve({ config, log, dev, clientFolder, say });
  started?.(running.addresses);
  let stopping = false;
  const stop = (why: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'stopping');
    // Whatever hangs: what was promised is durable, and the rest is with its authors.
    setTimeout(() => fail(NO_ANSWER), MOST_MS).unref();
    running.stop().then(
      (whole) => (whole ? process.exit(0) : fail(NOT_WHOLE)),
      (error: unknown) => fail(String(error)),
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  void running.lost.then(() => stop('another process has taken the database over'));
}

async function run(): Promise<void> {
  const task = { args, say };
  switch (command) {
    case 'serve':
      return serveUntilStopped(readConfig(process.env));
    case 'admin-link':
      return (await import('./tasks/admin-link.ts')).adminLink(readConfig(process.env), task);
    case 'demo': {
      const { demo, demoEnvironment } = await import('./tasks/demo.ts');
      const config = readConfig(await demoEnvironment(process.env));
      const ready = await demo(config, task);
      return ready && serveUntilStopped(config, ready);
    }
    case 'backup':
      return (await import('./tasks/backup.ts')).backup(readConfig(process.env), task);
    case 'restore':
      return (await import('./tasks/restore.ts')).restore(readConfig(process.env), task);
    case 'verify':
      return (await import('./tasks/verify.ts')).verify(readConfig(process.env), task);
    default:
      throw new Error(
        both(
          `没有 ${command} 这个命令，可用的有：${KNOWN}。`,
          `Unknown command ${command}. Known: ${KNOWN}.`,
        ),
      );
  }
}

run().catch((error: unknown) => {
  if (error instanceof ConfigError)
    fail(`${both('配置不对：', 'The configuration is not right:')}\n  ${error.lines.join('\n  ')}`);
  fail(error instanceof Error ? (dev ? (error.stack ?? error.message) : error.message) : String(error));
});
