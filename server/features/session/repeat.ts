import { isDeepStrictEqual } from 'node:util';
import { attendanceOf, figuresOf } from '../../../shared/attendance.ts';
import type { AgendaItem, SessionState } from '../../../shared/log.ts';
import { modify } from '../../storage/modify.ts';
import { codes, type SessionRecord, sessions } from './collections.ts';
import type { Core } from './core.ts';
import { isShut } from './shut.ts';
import { allocateCode } from './settings.ts';

type Facts = Pick<SessionState, 'phase' | 'startedAt' | 'endedAt' | 'sealed'> &
  Pick<SessionRecord, 'attendance' | 'carried'>;

/** Whether somebody is on no roster is for staff, and a card is the same for all who may read it. */
function attendanceIn(state: SessionState): SessionRecord['attendance'] {
  const { walkIns: _staffOnly, ...figures } = figuresOf(attendanceOf(state));
  return figures;
}

const carriedIn = ({ items }: SessionState): AgendaItem[] =>
  items.flatMap(({ carried, id, title, minutes, identity }) =>
    carried ? { id, title, minutes, identity } : [],
  );

const factsOf = (core: Core, sessionId: string): Promise<Facts> =>
  core.logs.of(sessionId).read(({ state }) => ({
    ...{ phase: state.phase, sealed: state.sealed },
    ...(state.startedAt ? { startedAt: state.startedAt } : {}),
    ...(state.endedAt ? { endedAt: state.endedAt } : {}),
    ...(state.phase === 'ended' ? { attendance: attendanceIn(state), carried: carriedIn(state) } : {}),
  }));

/** What the record repeats of the log, for lists; undefined when it does already. */
function repeated(record: SessionRecord, { sealed, ...facts }: Facts): SessionRecord | undefined {
  const { phase, startedAt, endedAt } = facts;
  const same = record.phase === phase && record.startedAt === startedAt && record.endedAt === endedAt;
  const told = ({ attendance, carried }: Pick<Facts, 'attendance' | 'carried'>) => [attendance, carried];
  if (same && isDeepStrictEqual(told(record), told(facts)) && record.minutesSealed === sealed)
    return undefined;
  const { startedAt: _started, endedAt: _ended, attendance: _counted, carried: _carried, ...rest } = record;
  return { ...rest, ...facts, minutesSealed: sealed };
}

async function setCode(core: Core, sessionId: string, from: string, to: string): Promise<string> {
  const { code } = await modify(core.records, sessions, sessionId, (record) =>
    record.code === from ? { ...record, code: to } : undefined,
  );
  return code;
}

/** Nobody waits at the door of a meeting that is over, and its screens close. When it is shut for good, the code is freed and the guests leave. */
async function keepDoor(core: Core, record: SessionRecord): Promise<void> {
  const { id, phase, code } = record;
  if (phase === 'ended') {
    await core.requests.endSession(id);
    await core.identity.endScreens(id);
  }
  const shut = isShut(record, core.now());
  if (shut && code !== '') {
    await core.records.remove(codes, code);
    await core.identity.endSession(id, { at: record.startedAt ?? record.plannedAt, host: record.unitName });
    await setCode(core, id, code, '');
  } else if (!shut && code === '') {
    const made = await allocateCode(core, id);
    if ((await setCode(core, id, '', made)) !== made) await core.records.remove(codes, made);
  }
}

/**
 * Brings the session's record and its door in line with the log, which is the truth. Every step may be run again: a
 * command runs it after its entry, and the next opening after a crash finishes what was left.
 */
export async function repeatLog(core: Core, sessionId: string): Promise<void> {
  let facts = await factsOf(core, sessionId);
  for (;;) {
    const record = await modify(core.records, sessions, sessionId, (each) => repeated(each, facts));
    await keepDoor(core, record);
    const now = await factsOf(core, sessionId);
    if (isDeepStrictEqual(now, facts)) break;
    facts = now;
  }
}
