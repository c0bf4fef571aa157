import type { SessionView } from '../../../shared/contract/session.ts';

const runs = (session: SessionView) => session.phase === 'live' || session.phase === 'paused';

/** The meeting that matters now: one that runs, else the next one planned, else the latest. */
export function foremost(sessions: readonly SessionView[], now: number): SessionView | undefined {
  const byTime = [...sessions].sort((a, b) => a.plannedAt.localeCompare(b.plannedAt));
  const running = byTime.filter(runs);
  if (running.length > 0) return running.findLast((session) => session.phase === 'live') ?? running.at(-1);
  // A meeting is still "next" for a while after its planned time: somebody is about to start it.
  const graceMs = 3 * 3_600_000;
  const next = byTime.find(
    (session) => session.phase === 'draft' && Date.parse(session.plannedAt) > now - graceMs,
  );
  return next ?? byTime.findLast((session) => session.phase === 'ended') ?? byTime.at(-1);
}

export interface RoomFigures {
  sessions: number;
  problems: number;
  live: boolean;
  /** The nearest meeting planned, when none runs. */
  next: SessionView | undefined;
}

/** What a door says about its room. */
export function roomFigures(sessions: readonly SessionView[], roomId: string, now: number): RoomFigures {
  const here = sessions.filter((session) => session.roomId === roomId);
  const live = here.some(runs);
  const planned = here
    .filter((session) => session.phase === 'draft' && Date.parse(session.plannedAt) > now)
    .sort((a, b) => a.plannedAt.localeCompare(b.plannedAt));
  return {
    sessions: here.length,
    problems: here.reduce((sum, session) => sum + session.problems, 0),
    live,
    next: live ? undefined : planned[0],
  };
}
