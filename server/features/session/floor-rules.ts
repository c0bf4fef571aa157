import type { SessionState } from '../../../shared/log.ts';
import type { Decision } from './room-log.ts';
import { arriving, type Doer, meeting, no } from './rules.ts';

// Hands, the queue and the floor.

const nameOf = (state: SessionState, personId: string): string => state.people[personId]?.name ?? '';

export const raiseHand =
  (doer: Doer) =>
  (state: SessionState): Decision => {
    meeting(state);
    const by = doer.person.personId;
    if (state.hands.includes(by)) no('hand.raised', 'CONFLICT');
    if (state.floor?.personId === by) no('floor.yours');
    return { before: arriving(state, doer), main: { kind: 'hand-raised', by, personId: by } };
  };

export const lowerHand =
  (personId: string, by: string) =>
  (state: SessionState): Decision => {
    if (!state.hands.includes(personId)) no('hand.down', 'CONFLICT');
    return { main: { kind: 'hand-lowered', by, personId } };
  };

export const orderQueue =
  (order: string[], by: string) =>
  (state: SessionState): Decision => {
    meeting(state);
    return { main: { kind: 'queue-ordered', by, order: order.filter((id) => state.hands.includes(id)) } };
  };

export const giveFloor =
  (personId: string, minutes: number, by: string) =>
  (state: SessionState): Decision => {
    meeting(state);
    const person = state.people[personId];
    if (person?.joinedAt === undefined || person.leftAt !== undefined) no('person.absent', 'NOT_FOUND');
    if (state.floor?.personId === personId) no('floor.taken', 'CONFLICT', { name: nameOf(state, personId) });
    return { main: { kind: 'floor-given', by, personId, seconds: minutes * 60 } };
  };

export const extendFloor =
  (minutes: number, by: string) =>
  (state: SessionState): Decision => {
    if (!state.floor) no('floor.empty');
    return { main: { kind: 'floor-extended', by, seconds: minutes * 60 } };
  };

export const endFloor =
  (by: string, steers: boolean) =>
  (state: SessionState): Decision => {
    if (!state.floor) no('floor.empty');
    if (!steers && state.floor?.personId !== by) no('not.allowed', 'FORBIDDEN');
    return { main: { kind: 'floor-ended', by } };
  };
