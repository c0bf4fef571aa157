import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { createApp, type App } from '../app.ts';
import { campaigns } from '../features/campaigns/collections.ts';
import type { Config } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { type OpenedStorage, openStorage } from '../storage/open.ts';
import type { Storage } from '../storage/port.ts';
import { addresses, atEach } from './addresses.ts';
import { type Cast, makeCampaign, playMeetings } from './demo/campaign.ts';
import { comeToTheDoor } from './demo/door.ts';
import { CHAIR, GUEST, NOTES, OFFICE } from './demo/people.ts';
import { both } from '../platform/both.ts';
import type { Task } from './task.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The ways in as they were made, kept beside the data: links are stored as digests only and a newer one would end the older's devices. */
const Kept = z.object({
  campaignId: z.string(),
  ways: z.array(z.object({ who: z.string(), path: z.string() })),
});
type Kept = z.infer<typeof Kept>;

const PORTS = 20;

const isFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, host, () => probe.close(() => resolve(true)));
  });

/** The demonstration has a folder of its own, and a port of its own beside a server that runs; both unless others are named. */
export async function demoEnvironment(env: Environment): Promise<Environment> {
  const own = { ...env, DATA_DIR: env.DATA_DIR || './data-demo' };
  if (env.PORT) return own;
  for (let port = 3000; port < 3000 + PORTS; port++)
    if (await isFree(port, env.HOST || '0.0.0.0')) return { ...own, PORT: String(port) };
  return own;
}

const linksFile = ({ dataDir }: Config) => join(dataDir, 'demo-links.json');

/** Undefined when this installation is not one that a demonstration was made in. */
async function keptWays(config: Config, { records }: Storage): Promise<Kept | undefined> {
  const text = await readFile(linksFile(config), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // one that was cut off is none
  const kept = Kept.safeParse(await new Response(text).json().catch(() => undefined));
  return kept.success && (await records.get(campaigns, kept.data.campaignId)) ? kept.data : undefined;
}

async function refuseUnlessEmpty({ records }: Storage, { mongodbUrl, dataDir }: Config): Promise<void> {
  const state = (each: 'making' | 'ready' | 'leaving') =>
    records.count(campaigns, 'byState', { state: each });
  const counts = await Promise.all([state('making'), state('ready'), state('leaving')]);
  if (counts.every((count) => count === 0)) return;
  const [place, other] = mongodbUrl ? ['MongoDB', 'MONGODB_URL'] : [dataDir, 'DATA_DIR'];
  throw new Error(
    both(
      `${place} 里已经有活动，示例不能混进真实的工作。请另选一个 ${other}。`,
      `This installation (${place}) is not empty: it has a campaign already, and the demonstration would stand among real work. Choose another ${other}.`,
    ),
  );
}

/** The ways in, one a person; each on a device (or a private window) of its own. */
async function waysIn(app: App, cast: Cast): Promise<Kept['ways']> {
  const { handlers } = app;
  const [office, chair] = [cast.as(OFFICE), cast.as(CHAIR)];
  const personal = async (name: string) => {
    const personId = cast.idOf(name);
    return (await handlers.identity.personalLink(office, { campaignId: cast.campaignId, personId })).url;
  };
  const { sessionId } = cast.running;
  const { code } = await handlers.session.get(chair, { sessionId });
  const guest = await handlers.session.makeGuestLink(chair, { sessionId, name: GUEST });
  return [
    { who: `管理员 Administrator ${OFFICE}`, path: await personal(OFFICE) },
    { who: `主持人 Moderator ${CHAIR}`, path: await personal(CHAIR) },
    { who: `记录人 Note-taker ${NOTES}`, path: await personal(NOTES) },
    { who: `参会人 Participant（会议号 code ${code}）`, path: `/j/${code}` },
    { who: '来宾 Guest（一台设备 one device）', path: guest.url },
  ];
}

async function fill(config: Config, storage: Storage): Promise<Kept> {
  const clock = { ms: Date.now() };
  const app = await createApp({
    config,
    storage,
    log: createLog('silent'),
    pages: () => () => Promise.resolve(''),
    now: () => clock.ms,
  });
  try {
    const cast = await makeCampaign(app, clock);
    await playMeetings(app, cast, clock);
    clock.ms = Date.now();
    await comeToTheDoor(app, cast);
    const kept = { campaignId: cast.campaignId, ways: await waysIn(app, cast) };
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    await writeFile(linksFile(config), JSON.stringify(kept), { mode: 0o600 });
    return kept;
  } finally {
    await app.close();
  }
}

const isHeld = (error: unknown): boolean =>
  error instanceof Error && error.cause instanceof AppError && error.cause.failure.reason === 'storage.held';

/** `alone`: no server runs on this data. */
async function openAlone(config: Config): Promise<{ opened: OpenedStorage; alone: boolean }> {
  try {
    return { opened: await openStorage({ ...config, lease: { holder: 'demo' } }), alone: true };
  } catch (error) {
    if (!isHeld(error)) throw error;
    return { opened: await openStorage(config), alone: false };
  }
}

function tell({ ways }: Kept, bases: readonly [string, ...string[]], { say }: Task): void {
  say(
    both(
      '示例已备好，有一个座谈会正在进行。每个链接让一个浏览器成为那个人；同时扮演几个人请用无痕窗口：',
      'The demonstration is ready; a meeting is going on. Each link makes the browser that person; use private windows for several:',
    ),
  );
  for (const { who, path } of ways) say(`  ${who}:  ${bases[0]}${path}`);
  if (bases.length === 1) return;
  say(both(`在手机上，把 ${bases[0]} 换成：`, `On a phone put this in the place of ${bases[0]}:`));
  say(atEach(bases.slice(1), ''));
}

/**
 * Fills an empty installation with an invented campaign: one meeting held and sealed, one going on, one planned. Everything goes
 * through the app's own handlers, so it is what people would have made. It gives OFFICE the right to administer, so that its link
 * lasts: a one-time link would be replaced by the one that a first start prints. One that is there already is used again.
 * Beside a running server the ways in are told at once; else they are told by what is returned, when the server has been started.
 * `demo --fill` only fills.
 */
export async function demo(
  config: Config,
  task: Task,
): Promise<((bases: readonly [string, ...string[]]) => void) | undefined> {
  const { opened, alone } = await openAlone(config);
  let kept: Kept;
  try {
    const before = await keptWays(config, opened.storage);
    if (!before) await refuseUnlessEmpty(opened.storage, config);
    kept = before ?? (await fill(config, opened.storage));
  } finally {
    await opened.close();
  }
  const told = (bases: readonly [string, ...string[]]) => {
    tell(kept, bases, task);
    const place = config.mongodbUrl ? 'MongoDB' : config.dataDir;
    task.say(
      both(
        `按 Ctrl+C 停止。再看一次：npm run demo。不要了：停止后删除 ${place}。`,
        `Ctrl+C stops it. To see it again: npm run demo. To be rid of it: stop it and remove ${place}.`,
      ),
    );
  };
  if (alone && !task.args.includes('--fill')) return told;
  tell(kept, addresses(config, config.port), task);
  return undefined;
}
