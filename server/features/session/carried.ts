import type { InputOf } from '../../../shared/contract/index.ts';
import type { CarriedItems } from '../../../shared/contract/session.ts';
import { isDamaged } from '../../../shared/errors.ts';
import { type SessionRecord, sessions } from './collections.ts';
import type { Core } from './core.ts';
import { repeatLog } from './repeat.ts';

/** A record holds up to 2,000 people: a few at a time. */
const PAGE = 20;

async function ofUnit(core: Core, campaignId: string, unitId: string): Promise<SessionRecord[]> {
  const found: SessionRecord[] = [];
  for (let after = ''; ; ) {
    const page = await core.records.list(sessions, 'byUnit', { unitId }, { after, limit: PAGE });
    found.push(...page.filter((record) => record.campaignId === campaignId));
    const last = page.at(-1);
    if (!last || page.length < PAGE) return found;
    after = last.id;
  }
}

/** The record of a meeting that ended under an older program does not say what it left: its log does. */
async function telling(core: Core, record: SessionRecord): Promise<SessionRecord> {
  if (record.phase !== 'ended' || record.carried) return record;
  try {
    await repeatLog(core, record.id);
  } catch (error) {
    if (!isDamaged(error)) throw error;
  }
  return (await core.records.get(sessions, record.id)) ?? record;
}

const keyOf = (sessionId: string, itemId: string) => `${sessionId} ${itemId}`;

/**
 * What the meetings of a unit have carried over and no other meeting of it has on its agenda. So it is offered once; and again when
 * the meeting that took it is deleted, or its item is.
 */
export async function carriedItems(core: Core, input: InputOf<'session.carried'>): Promise<CarriedItems[]> {
  const records = await ofUnit(core, input.campaignId, input.unitId);
  const taken = new Set<string>();
  for (const { id, agenda } of records) {
    if (id === input.sessionId) continue;
    for (const { from } of agenda) if (from) taken.add(keyOf(from.sessionId, from.itemId));
  }
  const offers: CarriedItems[] = [];
  for (const record of records) {
    if (record.id === input.sessionId) continue;
    const { id: sessionId, title, carried = [], ...when } = await telling(core, record);
    const items = carried.filter((item) => !taken.has(keyOf(sessionId, item.id)));
    if (items.length > 0) offers.push({ sessionId, title, at: when.startedAt ?? when.plannedAt, items });
  }
  return offers.sort((a, b) => (a.at < b.at ? 1 : -1));
}
