import { createApp, type App } from '../app.ts';
import { campaigns } from '../features/campaigns/collections.ts';
import type { Config } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { openStorage } from '../storage/open.ts';
import type { Storage } from '../storage/port.ts';
import { originFor } from './admin-link.ts';
import { type Cast, makeCampaign, playMeetings } from './demo/campaign.ts';
import { comeToTheDoor } from './demo/door.ts';
import { CHAIR, GUEST, NOTES, OFFICE } from './demo/people.ts';
import type { Task } from './task.ts';

async function refuseUnlessEmpty({ records }: Storage, { mongodbUrl }: Config): Promise<void> {
  const state = (each: 'making' | 'ready' | 'leaving') =>
    records.count(campaigns, 'byState', { state: each });
  const counts = await Promise.all([state('making'), state('ready'), state('leaving')]);
  if (counts.every((count) => count === 0)) return;
  const elsewhere = mongodbUrl
    ? 'another MONGODB_URL'
    : 'another DATA_DIR (DATA_DIR=./data-demo npm run demo)';
  throw new Error(
    `This installation is not empty: it has a campaign already, and the demonstration would stand among real work. Choose ${elsewhere}.`,
  );
}

/** The ways in, one a person; each on a device (or a private window) of its own. */
async function ways(app: App, cast: Cast, origin: string): Promise<string[]> {
  const { handlers } = app;
  const office = { ...cast.as(OFFICE), origin };
  const chair = { ...cast.as(CHAIR), origin };
  const personal = async (name: string) => {
    const personId = cast.idOf(name);
    return (await handlers.identity.personalLink(office, { campaignId: cast.campaignId, personId })).url;
  };
  const { sessionId } = cast.running;
  const { code } = await handlers.session.get(chair, { sessionId });
  const guest = await handlers.session.makeGuestLink(chair, { sessionId, name: GUEST });
  return [
    `Administrator 管理员 ${OFFICE}:  ${await personal(OFFICE)}`,
    `Moderator 主持人 ${CHAIR}:  ${await personal(CHAIR)}`,
    `Note-taker 记录人 ${NOTES}:  ${await personal(NOTES)}`,
    `Participant 参会人 (code 会议号 ${code}):  ${origin}/j/${code}`,
    `Guest 来宾 (one device):  ${guest.url}`,
  ];
}

/**
 * Fills an empty installation with an invented campaign: one meeting held and sealed, one going on, one planned. Everything goes
 * through the app's own handlers, so it is what people would have made. May run beside a server. It gives OFFICE the right to
 * administer, so that its link lasts: a one-time link would be replaced by the one that a first start prints.
 */
export async function demo(config: Config, { say }: Task): Promise<void> {
  const opened = await openStorage(config);
  try {
    await refuseUnlessEmpty(opened.storage, config);
    const clock = { ms: Date.now() };
    const app = await createApp({
      config,
      storage: opened.storage,
      log: createLog('silent'),
      pages: () => () => Promise.resolve(''),
      now: () => clock.ms,
    });
    try {
      const cast = await makeCampaign(app, clock);
      await playMeetings(app, cast, clock);
      clock.ms = Date.now();
      await comeToTheDoor(app, cast);
      const origin = originFor(config);
      const lines = await ways(app, cast, origin);
      say(`The demonstration is ready. Start the server (npm start) and open:  ${origin}`);
      say('Each of these links makes the browser that person; use private windows for several at once:');
      for (const line of lines) say(`  ${line}`);
      const place = config.mongodbUrl ? 'the database' : config.dataDir;
      say(`A meeting is going on now. To begin without all this, stop the server and remove ${place}.`);
    } finally {
      await app.close();
    }
  } finally {
    await opened.close();
  }
}
