import type { InputOf } from '../../../shared/contract/index.ts';
import { type DraftEntry, type FrozenRow, MOST_STANDING, type SessionState } from '../../../shared/log.ts';
import { fitting } from './frozen.ts';
import { rowsOfMeeting } from './meeting-rows.ts';
import type { Decision } from './room-log.ts';
import { arriving, type Doer, meeting, no } from './rules.ts';

// The course of a meeting: its start, pauses and end, its items and the question that is up.

/** `standing`: what stands in the list; left out when it is more than an entry takes. */
export const start =
  (doer: Doer, standing?: readonly string[]) =>
  (state: SessionState): Decision => {
    if (state.phase !== 'draft') no(state.phase === 'ended' ? 'session.ended' : 'session.started');
    const by = doer.person.personId;
    const before = arriving(state, doer);
    const item = state.items[0];
    if (item && state.currentItem === '') before.push({ kind: 'item-opened', by, itemId: item.id });
    const known = standing && standing.length <= MOST_STANDING && { standing: [...standing] };
    return { before, main: { kind: 'started', by, ...known } };
  };

export const pause =
  (by: string) =>
  (state: SessionState): Decision => {
    if (state.phase !== 'live') no(state.phase === 'paused' ? 'session.paused' : 'session.not-running');
    return { main: { kind: 'paused', by } };
  };

export const resume =
  (by: string) =>
  (state: SessionState): Decision => {
    if (state.sealed) no('minutes.sealed');
    if (state.phase !== 'paused' && state.phase !== 'ended') no('session.not-paused');
    return { main: { kind: 'resumed', by } };
  };

export const end =
  (
    input: InputOf<'session.end'>,
    by: string,
    rows: FrozenRow[],
    lastSeen: (personId: string) => string | undefined,
  ) =>
  (state: SessionState): Decision => {
    meeting(state);
    const here = Object.values(state.people).filter(
      (p) => p.joinedAt !== undefined && p.leftAt === undefined,
    );
    const seen = here.flatMap((p) => {
      const at = lastSeen(p.personId);
      return at === undefined ? [] : [{ personId: p.personId, at }];
    });
    const open = new Set(state.items.filter((item) => item.status !== 'done').map((item) => item.id));
    const carryOver = input.carryOver.filter((id) => open.has(id));
    const ofMeeting = new Set(rowsOfMeeting(state, rows).map(({ row }) => row.rowId));
    const current = state.currentItem;
    const before: DraftEntry[] =
      current !== '' && !carryOver.includes(current) ? [{ kind: 'item-closed', by, itemId: current }] : [];
    return { before, main: { kind: 'ended', by, lastSeen: seen, rows: fitting(rows, ofMeeting), carryOver } };
  };

export const prompt =
  ({ prompt: shown }: InputOf<'session.prompt'>, by: string) =>
  (state: SessionState): Decision => {
    meeting(state);
    return { main: { kind: 'prompted', by, ...(shown && { prompt: shown }) } };
  };

export const openItem =
  (itemId: string, by: string) =>
  (state: SessionState): Decision => {
    meeting(state);
    if (!state.items.some((item) => item.id === itemId)) no('item.unknown', 'NOT_FOUND');
    if (state.currentItem === itemId) no('item.open', 'CONFLICT');
    return { main: { kind: 'item-opened', by, itemId } };
  };

export const closeItem =
  (itemId: string, by: string) =>
  (state: SessionState): Decision => {
    meeting(state);
    if (state.currentItem !== itemId) no('item.not-open');
    return { main: { kind: 'item-closed', by, itemId } };
  };
