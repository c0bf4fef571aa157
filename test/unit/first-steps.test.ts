import { expect, test } from 'vitest';
import { firstSteps, nextStep } from '../../client/features/home/first-steps.ts';

const units = [{ people: 0 }, { people: 3 }];
const grants = [{ role: 'administrator' as const }, { role: 'moderator' as const }];
const next = (facts: Parameters<typeof firstSteps>[0]) => nextStep(firstSteps(facts))?.name;

test('the first steps are asked for in their order, and a unit without people is no step done', () => {
  expect(next({ units: [], grants: [], sessions: false })).toBe('people');
  expect(next({ units: [{ people: 0 }], grants, sessions: true })).toBe('people');
  expect(next({ units, grants: [{ role: 'note-taker' }], sessions: false })).toBe('moderator');
  expect(next({ units, grants, sessions: false })).toBe('session');
  expect(next({ units, grants, sessions: true })).toBeUndefined();
});

test('what was done out of turn stays done', () => {
  const done = firstSteps({ units: [], grants, sessions: true }).map((step) => step.done);
  expect(done).toEqual([false, true, true]);
});
