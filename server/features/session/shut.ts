import { AppError } from '../../../shared/errors.ts';
import type { SessionRecord } from './collections.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * An end can be taken back until the minutes are sealed: so long, and a day at most, code, QR and guests' links stay good for the
 * meeting that goes on. Nobody new comes in meanwhile.
 */
export const isShut = ({ phase, minutesSealed, endedAt }: SessionRecord, now: number): boolean =>
  phase === 'ended' && (minutesSealed || now >= Date.parse(endedAt ?? '') + DAY_MS);

/** For who comes with what was good for a meeting that is over: which one, when it was held, whose it was. */
export const overWith = (title: string, at: string, host: string): AppError =>
  new AppError('WRONG_STATE', 'session.over', { facts: { title, at, host } });
