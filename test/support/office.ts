import { createCampaigns, campaignName, type HangsOn } from '../../server/features/campaigns/campaigns.ts';
import { type Ceilings, createAttempts, CEILINGS } from '../../server/features/identity/attempts.ts';
import { createIdentity } from '../../server/features/identity/identity.ts';
import { createRooms } from '../../server/features/rooms/rooms.ts';
import { createLog } from '../../server/platform/log.ts';
import type { RecordStore } from '../../server/storage/port.ts';
import { isError } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { testBrowser } from './context.ts';

export const PASSWORD = 'spring-2018-garden';

/** The slices of an office's side, joined as the app joins them, on a clock that can be set. */
export function openOffice(records: RecordStore, ceilings: Partial<Ceilings> = {}) {
  const clock = { ms: Date.parse('2026-03-18T06:30:00.000Z') };
  const now = () => clock.ms;
  const lines: string[] = [];
  const log = createLog('trace', { write: (line) => void lines.push(line) });
  const used = new Set<string>();
  const has = async (id: string) => used.has(id);
  const hangsOn: HangsOn = {
    campaign: has,
    room: has,
    unit: (_campaignId, unitId) => has(unitId),
    person: (_campaignId, personId) => has(personId),
  };
  const attempts = createAttempts({ ceilings: { ...CEILINGS, ...ceilings }, now });
  const identity = createIdentity({
    records,
    log,
    now,
    attempts,
    campaignName: (id) => campaignName(records, id),
  });
  const rooms = createRooms({ records, hangsOn, now });
  const campaigns = createCampaigns({ records, identity, rooms, hangsOn, now });
  const browser = (from: { ip?: string; device?: string } = {}) => testBrowser(identity, from);

  /** A browser in which the first administrator has just opened the link that the server printed. */
  async function administrator(login = 'office', name = '周敏') {
    const { url } = await identity.adminLink('http://board.test:3000');
    const desk = browser();
    const secret = secretOf(url);
    await identity.handlers.useLink(await desk.call(), { secret, name, login, password: PASSWORD });
    return desk;
  }

  async function campaign(desk: ReturnType<typeof browser>, templateId = 'bapobali-2015') {
    return campaigns.handlers.create(await desk.call(), {
      campaignId: newId(),
      name: '解放思想大讨论',
      slogan: '',
      sponsor: '教育局',
      templateId,
    });
  }

  /** A campaign with one unit and one person on its roster. */
  async function school(desk: ReturnType<typeof browser>) {
    const { campaignId } = await campaign(desk);
    const call = await desk.call();
    const unit = await campaigns.handlers.addUnit(call, { campaignId, unitId: newId(), name: '第一中学' });
    const person = await campaigns.handlers.addPerson(call, {
      ...{ campaignId, personId: newId(), unitId: unit.unitId },
      ...{ name: '何清', position: '教导主任', level: '学校中层' },
    });
    return { campaignId, unitId: unit.unitId, personId: person.personId };
  }

  /** 何清 of 第一中学, come in by a personal link in a browser of their own. */
  async function proven() {
    const desk = await administrator();
    const place = await school(desk);
    const { url } = await identity.handlers.personalLink(await desk.call(), place);
    const phone = browser();
    await identity.handlers.useLink(await phone.call(), { secret: secretOf(url) });
    return { ...place, desk, phone, secret: secretOf(url) };
  }

  return { identity, campaigns, rooms, clock, lines, used, browser, administrator, campaign, school, proven };
}
export type Office = ReturnType<typeof openOffice>;

export const secretOf = (url: string): string => url.split('/').at(-1)!;

/** The failure of a call that has to fail: `CODE reason`. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (isError(error, (error as { code?: 'INTERNAL' }).code ?? 'INTERNAL'))
      return `${error.code} ${error.failure.reason}`;
    throw error;
  }
  return 'no failure';
}
