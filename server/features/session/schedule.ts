import type { ExpectedPerson } from '../../../shared/log.ts';
import type { SessionRecord } from './collections.ts';
import type { Core } from './core.ts';
import { themeOf } from './theme.ts';

/** The expected people as of now: all of the units named and the persons named, in the roster's order. */
async function expectedOf(core: Core, record: SessionRecord): Promise<ExpectedPerson[]> {
  const units = new Set(record.expectedUnits);
  const persons = new Set(record.expectedPeople);
  const roster = await core.places.roster(record.campaignId);
  return roster
    .filter((p) => units.has(p.unitId) || persons.has(p.personId))
    .slice(0, 2000)
    .map((p) => ({ personId: p.personId, name: p.name, unitName: p.unitName, level: p.level }));
}

/** Tells the log what the record says; the entry's id derives from the settings' revision, so that repeating it changes nothing. */
export async function announceSchedule(core: Core, record: SessionRecord, by: string): Promise<void> {
  const log = core.logs.of(record.id);
  const rev = await log.read(({ state }) => state.schedule?.rev ?? 0);
  if (rev >= record.rev) return;
  const room = await core.places.room(record.roomId);
  const expected = await expectedOf(core, record);
  const { title, plannedAt, plannedMinutes, place, agenda, boardId } = record;
  const hostUnit = { unitId: record.unitId, name: record.unitName };
  const topic = themeOf(room, title);
  const plan = {
    rev: record.rev,
    title,
    plannedAt,
    plannedMinutes,
    place,
    hostUnit,
    boardId,
    topic,
    agenda,
    expected,
  };
  await log.append({
    id: `scheduled-${record.rev}`,
    content: { name: 'scheduled', rev: record.rev },
    decide: () => ({ main: { kind: 'scheduled', by, ...plan } }),
  });
}
