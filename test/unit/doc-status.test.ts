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
  ['the document is full', { waiting: 1, age: 100, hindrance: 'full' }, 'unsaved'],
  ['it is full and nothing of mine waits', { hindrance: 'full' }, 'saved'],
  ['words wait for what others wrote', { waiting: 1, age: 2_000, hindrance: 'waits' }, 'unsaved'],
  ['words of a tab that is gone fit nowhere', { stranded: 2 }, 'unsaved'],
  ['rights are gone', { denied: 'forbidden', waiting: 1, age: 9_000 }, 'denied'],
])('when %s', (_when, facts, kind) => {
  expect(statusOf({ ...calm, ...facts }).kind).toBe(kind);
});

it('says why words stay unsaved, and counts those that fit nowhere', () => {
  const reasonOf = (facts: Partial<Facts>) => statusOf({ ...calm, ...facts }).reason;
  expect(reasonOf({ waiting: 1, age: 100, hindrance: 'full' })).toBe('full');
  expect(reasonOf({ waiting: 1, age: 2_000, hindrance: 'waits' })).toBe('waits');
  expect(reasonOf({ waiting: 1, age: 100, hindrance: 'waits' }), 'not yet').toBeUndefined();
  expect(reasonOf({ stranded: 2 })).toBe('stranded');
  expect(reasonOf({ stranded: 2, waiting: 1, age: 2_000 }), 'the line matters more').toBeUndefined();
  expect(reasonOf({ stranded: 2, denied: 'gone' })).toBe('gone');
  expect(statusOf({ ...calm, stranded: 2, waiting: 1 }).waiting).toBe(3);
});

it('becomes late by itself, before two seconds are over', () => {
  expect(nextChange({ ...calm, age: 500 })! + 500).toBeLessThanOrEqual(2_000);
  expect(nextChange(calm)).toBeUndefined();
  expect(nextChange({ ...calm, age: 3_000 })).toBeUndefined();
});

it('knows the close codes that say "do not come back"', () => {
  expect([4401, 4403, 4404, 4413, 4426, 4429, 4499].map(deniedBy)).toEqual([
    'unauthenticated',
    'forbidden',
    'gone',
    'too-large',
    'outdated',
    'elsewhere',
    'forbidden',
  ]);
});
