import type { Speeches } from '../../../shared/contract/minutes.ts';
import type { Entry } from '../../../shared/log.ts';
import { attendance, columnsOf, lateAndEarly } from './attendance.ts';
import { type Composed, sourceOf } from './composed.ts';
import { course, opening, timeAndPlace } from './opening.ts';
import { found, problems, resolutions, unfinished } from './results.ts';
import { sections, type Told, toldOf } from './talk.ts';

/** Of the rules below; raised when other paragraphs come out of the same log, so that drafts are composed anew. */
export const RULES = 2;

export interface Composition {
  paragraphs: Composed[];
  speeches: Pick<Told, 'shown' | 'leftOut'>;
}

/**
 * The draft minutes of a session's log: pure, so that the same log gives the same minutes whatever is renamed later. Names,
 * units and capacities are those of the `joined` entries. Order of parts: facts, opening, course of the agenda, per item who
 * spoke for how long and what was said by kind (`choice`: how much of it, when a hand has chosen), problems taken up, decisions, actions, what was left over. Never printed: what
 * was recalled, hidden or struck, and why somebody is on leave.
 */
export function compose(sessionId: string, entries: readonly Entry[], choice?: Speeches): Composition {
  const source = sourceOf(sessionId, entries);
  const columns = columnsOf(source);
  const rows = found(source);
  const told = toldOf(source, new Set(rows.flatMap(({ message }) => message?.id ?? [])), choice);
  const body = [
    ...sections(source, told),
    ...problems(source, rows),
    ...resolutions(source, 'decision', '议定事项', '责任单位'),
    ...resolutions(source, 'action', '工作分工', '责任人'),
    ...unfinished(source),
  ];
  const paragraphs = [
    ...timeAndPlace(source),
    ...attendance(source, columns),
    ...lateAndEarly(source, columns),
    opening(source, columns.get('chair') ?? [], body.length > 0),
    ...course(source),
    ...body,
  ];
  return { paragraphs, speeches: { shown: told.shown, leftOut: told.leftOut } };
}

export const composeMinutes = (sessionId: string, entries: readonly Entry[], choice?: Speeches): Composed[] =>
  compose(sessionId, entries, choice).paragraphs;
