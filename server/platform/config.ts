import { z } from 'zod';
import { DEFAULT_MAX_PAUSE } from './tick.ts';

const port = z.coerce.number().int().min(0).max(65535);
const url = z.string().url();

const Environment = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  PUBLIC_URL: url.optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  MONGODB_URL: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, '必须以 mongodb:// 开头 must start with mongodb://')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, '必须以 redis:// 开头 must start with redis://')
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  TRUST_PROXY: z.enum(['true', 'false']).default('false'),
  MAX_UPLOAD: z.coerce.number().int().min(1).max(64).default(10),
  METRICS_PORT: port.optional(),
  METRICS_TOKEN: z.string().min(16, '至少16个字符 must have at least 16 characters').max(200).optional(),
  MAX_TICK_MS: z.coerce.number().int().min(0).max(200).default(DEFAULT_MAX_PAUSE),
});

export interface Config {
  port: number;
  host: string;
  /** Without a trailing slash. */
  publicUrl: string | undefined;
  dataDir: string;
  mongodbUrl: string | undefined;
  logLevel: z.infer<typeof Environment>['LOG_LEVEL'];
  trustProxy: boolean;
  /** Bytes. */
  maxUpload: number;
  /** Where `/metrics` listens, on the loopback address only; undefined: nowhere. */
  metricsPort: number | undefined;
  /** Who brings it as a bearer token may read `/metrics` on the public port; undefined: nobody. */
  metricsToken: string | undefined;
  /** The longest pause between two rounds of sending to many, in ms. */
  maxTick: number;
}

/** What is wrong with the environment, a line per variable. */
export class ConfigError extends Error {
  readonly lines: string[];
  constructor(lines: string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
    this.lines = lines;
  }
}

/** Reads the environment; an empty variable counts as absent. Throws ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const inChinese =
      Environment.safeParse(given, { error: z.locales.zhCN().localeError }).error?.issues ?? [];
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }, at) => {
        const chinese = inChinese[at]?.message ?? message;
        return `${path.join('.')}: ${chinese === message ? message : `${chinese} ${message}`}`;
      }),
    );
  }
  const e = parsed.data;
  if (e.REDIS_URL !== undefined && e.MONGODB_URL === undefined) {
    throw new ConfigError([
      'REDIS_URL: 还要设 MONGODB_URL，多个节点共用一个数据库 needs MONGODB_URL too, since several nodes share one database',
    ]);
  }
  if (e.REDIS_URL !== undefined) {
    throw new ConfigError([
      'REDIS_URL: 还不支持多个节点，请留空 several nodes are not built yet; leave it empty and run one process',
    ]);
  }
  return {
    port: e.PORT,
    host: e.HOST,
    publicUrl: e.PUBLIC_URL?.replace(/\/+$/, ''),
    dataDir: e.DATA_DIR,
    mongodbUrl: e.MONGODB_URL,
    logLevel: e.LOG_LEVEL,
    trustProxy: e.TRUST_PROXY === 'true',
    maxUpload: e.MAX_UPLOAD * 1024 * 1024,
    metricsPort: e.METRICS_PORT,
    metricsToken: e.METRICS_TOKEN,
    maxTick: e.MAX_TICK_MS,
  };
}
