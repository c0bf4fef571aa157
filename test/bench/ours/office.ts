import { isError } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import { becomeAdmin, TestClient } from '../../support/client.ts';
import type { Needs } from '../servers.ts';

/** What a load needs to know of our server. */
export interface Places {
  cookies: string[];
  docs: string[];
  sessionId: string;
}

/** Administrators of the campaign, who share the work of setting it up as several desks would. */
const DESKS = 10;
const ITEMS = [{ id: newId(), title: '轮流发言', minutes: 60, identity: 'named' as const }];

/** Does it again when it was too fast for one device. */
async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isError(error, 'RATE_LIMITED')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

/**
 * A campaign over the product's own HTTP API: people who have come in through the door with a code, a session under way, boards.
 * With more than one board the people get a role in the campaign by personal links instead, since a code opens one board only.
 */
export async function openOffice(port: number, printed: string, needs: Needs): Promise<Places> {
  const url = `http://127.0.0.1:${port}`;
  const link = /https?:\S+\/l\/\S+/.exec(printed)![0];
  const admin = await becomeAdmin(url, () => Promise.resolve({ url: link }));
  const campaignId = newId();
  await admin.call('campaigns.create', {
    campaignId,
    name: '解放思想大讨论',
    slogan: '解放思想 协同发展',
    sponsor: '教科所',
    templateId: 'bapobali-2015',
  });
  const unitId = newId();
  await admin.call('campaigns.addUnit', { campaignId, unitId, name: '教科研一室' });
  const people = Array.from({ length: needs.people }, (_, n) => ({ personId: newId(), name: nameOf(n) }));
  for (const person of people)
    await patiently(() =>
      admin.call('campaigns.addPerson', { campaignId, unitId, ...person, position: '', level: '骨干' }),
    );
  const session = await openSession(admin, campaignId, unitId);
  const single = needs.documents <= 1;
  const devices: TestClient[] = [];
  for (const [n, { personId }] of people.entries()) {
    const device = new TestClient(url);
    devices.push(device);
    if (single) await device.call('session.join', { code: session.code, personId });
    else await giveRole(admin, device, { campaignId, personId, desk: n < DESKS });
  }
  const docs = single
    ? [`list.${session.boardId}`]
    : await openBoards(devices.slice(0, DESKS), campaignId, needs.documents);
  return { cookies: devices.map((device) => device.cookie), docs, sessionId: session.sessionId };
}

async function openSession(admin: TestClient, campaignId: string, unitId: string) {
  const rooms = await admin.call('rooms.list', { campaignId });
  const session = await admin.call('session.create', {
    campaignId,
    sessionId: newId(),
    roomId: rooms[0]!.roomId,
    title: '第二次线上座谈会',
    plannedAt: '2026-03-18T06:30:00.000Z',
    plannedMinutes: 60,
    place: '',
    unitId,
    agenda: ITEMS,
    expectedUnits: [unitId],
    expectedPeople: [],
  });
  await admin.call('session.start', { sessionId: session.sessionId, id: newId() });
  return session;
}

async function giveRole(
  admin: TestClient,
  device: TestClient,
  { campaignId, personId, desk }: { campaignId: string; personId: string; desk: boolean },
): Promise<void> {
  const role = desk ? ('administrator' as const) : ('note-taker' as const);
  await patiently(() => admin.call('identity.grant', { campaignId, personId, role }));
  const link = await patiently(() => admin.call('identity.personalLink', { campaignId, personId }));
  await device.call('identity.useLink', { secret: link.url.split('/').at(-1)! });
}

/** Units with their boards. */
async function openBoards(desks: TestClient[], campaignId: string, count: number): Promise<string[]> {
  const docs: string[] = Array.from({ length: count }, () => '');
  const work = async (desk: TestClient, first: number): Promise<void> => {
    for (let n = first; n < count; n += desks.length) {
      const unitId = newId();
      await patiently(() => desk.call('campaigns.addUnit', { campaignId, unitId, name: `第${n + 1}科` }));
      docs[n] = (await patiently(() => desk.call('board.open', { campaignId, unitId }))).list;
    }
  };
  await Promise.all(desks.map(work));
  return docs;
}

const FAMILY = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨';
const GIVEN = '敏航清鸣雨齐远宁静文';
const nameOf = (n: number): string =>
  `${FAMILY[n % FAMILY.length]}${GIVEN[Math.floor(n / FAMILY.length) % GIVEN.length]}${n >= 160 ? '小' : ''}`;
