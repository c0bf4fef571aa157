import { AppError } from '../../../shared/errors.ts';
import type { ExpectedPerson } from '../../../shared/log.ts';
import type { SessionRecord } from './collections.ts';
import type { Core, RosterEntry } from './core.ts';
import { themeOf } from './theme.ts';

type Named = Pick<SessionRecord, 'campaignId' | 'expectedUnits' | 'expectedPeople'>;
/** What an entry of the log takes. */
const MOST_EXPECTED = 2000;

async function namedOf(core: Core, record: Named): Promise<RosterEntry[]> {
  const units = new Set(record.expectedUnits);
  const persons = new Set(record.expectedPeople);
  const roster = await core.places.roster(record.campaignId);
  return roster.filter((p) => units.has(p.unitId) || persons.has(p.personId));
}

/** INVALID_INPUT `expected.many` for more than a meeting takes: otherwise the last of them would be left out without a word. */
export async function requireFew(core: Core, named: Named): Promise<void> {
  if ((await namedOf(core, named)).length <= MOST_EXPECTED) return;
  const fields = [{ path: 'expectedUnits', reason: 'expected.many' }];
  throw new AppError('INVALID_INPUT', 'input.invalid', { fields });
}

/** The expected people as of now: all of the units named and the persons named, in the roster's order. */
async function expectedOf(core: Core, record: SessionRecord): Promise<ExpectedPerson[]> {
  const named = await namedOf(core, record);
  // A unit may have grown since the settings were checked.
  return named
    .slice(0, MOST_EXPECTED)
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
