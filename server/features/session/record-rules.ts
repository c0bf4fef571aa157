import type { InputOf } from '../../../shared/contract/index.ts';
import type { SessionState } from '../../../shared/log.ts';
import type { Decision } from './room-log.ts';
import { no } from './rules.ts';

// What the note-taker records: also after the end, until the minutes are sealed.

function recording(state: SessionState): void {
  if (state.phase === 'draft') no('session.not-started');
  if (state.sealed) no('minutes.sealed');
}

/** Whoever is picked is called as the meeting calls him; from outside anybody may be named. */
function owner(
  state: SessionState,
  { ownerId, ownerName }: { ownerId?: string | undefined; ownerName?: string | undefined },
): { ownerId?: string; ownerName?: string } {
  if (ownerId === undefined) return ownerName === undefined ? {} : { ownerName };
  const person = state.people[ownerId] ?? no('person.unknown', 'NOT_FOUND');
  return { ownerId, ownerName: person.name };
}

const last = (due: string | undefined): { due?: string } => (due === undefined ? {} : { due });

export const decide =
  (input: InputOf<'session.decide'>, by: string) =>
  (state: SessionState): Decision => {
    recording(state);
    const { id, text, unitName, due } = input;
    return { main: { kind: 'decided', by, id, text, unitName, ...owner(state, input), ...last(due) } };
  };

export const assign =
  (input: InputOf<'session.assign'>, by: string) =>
  (state: SessionState): Decision => {
    recording(state);
    const { id, text, ownerName, due } = input;
    return { main: { kind: 'assigned', by, id, text, ownerName, ...owner(state, input), ...last(due) } };
  };

export const strike =
  (input: InputOf<'session.strike'>, by: string) =>
  (state: SessionState): Decision => {
    recording(state);
    const found =
      state.resolutions.find((each) => each.id === input.recordId) ?? no('record.unknown', 'NOT_FOUND');
    if (found.struck) no('record.struck', 'CONFLICT');
    return { main: { kind: 'struck', by, recordId: input.recordId, reason: input.reason } };
  };
