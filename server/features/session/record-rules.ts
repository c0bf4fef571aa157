import type { InputOf } from '../../../shared/contract/index.ts';
import type { SessionState } from '../../../shared/log.ts';
import type { Decision } from './room-log.ts';
import { no } from './rules.ts';

// What the note-taker records: also after the end, until the minutes are sealed.

function recording(state: SessionState): void {
  if (state.phase === 'draft') no('session.not-started');
  if (state.sealed) no('minutes.sealed');
}

export const decide =
  (input: InputOf<'session.decide'>, by: string) =>
  (state: SessionState): Decision => {
    recording(state);
    const { id, text, unitName, due } = input;
    return { main: { kind: 'decided', by, id, text, unitName, due } };
  };

export const assign =
  (input: InputOf<'session.assign'>, by: string) =>
  (state: SessionState): Decision => {
    recording(state);
    const { id, text, ownerName, due } = input;
    return { main: { kind: 'assigned', by, id, text, ownerName, due } };
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
