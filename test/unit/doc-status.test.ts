import { expect, it } from 'vitest';
import {
  type DocStatusKind,
  deniedBy,
  type Facts,
  nextChange,
  statusOf,
} from '../../client/lib/doc/doc-status.ts';

const calm: Facts = {
  denied: undefined,
  connected: true,
  synced: true,
  everTried: false,
  waiting: 0,
  doubtful: false,
  confirmed: true,
  age: undefined,
  kept: true,
};

it.each<[string, Partial<Facts>, DocStatusKind]>([
  ['everything is confirmed', {}, 'saved'],
  ['an update is on its way', { waiting: 1, age: 100 }, 'saving'],
  ['another tab may have left words', { doubtful: true, age: 100 }, 'saving'],
  ['it may have left them two seconds ago', { doubtful: true, age: 2_000 }, 'unsaved'],
  ['only a frame is not confirmed', { confirmed: false, age: 100 }, 'saving'],
  ['the oldest is two seconds old', { waiting: 1, age: 2_000 }, 'unsaved'],
  ['the same without a line', { waiting: 1, age: 2_000, connected: false, everTried: true }, 'unsaved'],
  ['the line is cut and nothing waits', { connected: false, everTried: true }, 'offline'],
  ['the first try is under way', { connected: false }, 'connecting'],
  ['the server’s state is not here yet', { synced: false }, 'connecting'],
  ['rights are gone', { denied: 'forbidden', waiting: 1, age: 9_000 }, 'denied'],
])('when %s', (_when, facts, kind) => {
  expect(statusOf({ ...calm, ...facts }).kind).toBe(kind);
});

it('becomes late by itself, before two seconds are over', () => {
  expect(nextChange({ ...calm, age: 500 })! + 500).toBeLessThanOrEqual(2_000);
  expect(nextChange(calm)).toBeUndefined();
  expect(nextChange({ ...calm, age: 3_000 })).toBeUndefined();
});

it('knows the close codes that say "do not come back"', () => {
  expect([4401, 4403, 4404, 4413, 4426, 4499].map(deniedBy)).toEqual([
    'unauthenticated',
    'forbidden',
    'gone',
    'too-large',
    'outdated',
    'forbidden',
  ]);
});
