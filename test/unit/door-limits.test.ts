import { expect, test } from 'vitest';
import { createDoorLimits } from '../../server/features/session/door-limits.ts';
import { AppError } from '../../shared/errors.ts';

const IP = '10.0.0.1';

/** Seconds to wait; 0 for somebody who came in. */
function trier() {
  let at = 0;
  const limits = createDoorLimits(() => at);
  return {
    wait: (ms: number) => (at += ms),
    take: limits.take,
    come(device: string, sessionId = 's'): number {
      try {
        limits.take(sessionId, { device, ip: IP });
        return 0;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return Number(error.failure.facts?.['seconds']);
      }
    },
  };
}

test('a hall of 500 phones behind one address is in within three minutes', () => {
  const { come, wait } = trier();
  let outside = Array.from({ length: 500 }, (_, n) => `phone ${n}`);
  for (let minute = 0; minute < 3; minute++) {
    outside = outside.filter((phone) => come(phone) > 0);
    wait(60_000);
  }
  expect(outside).toEqual([]);
});

test('2,000 names of one phone are five, and with an id forged for each a few hundred a minute', () => {
  const { come } = trier();
  expect(Array.from({ length: 2000 }, () => come('one')).filter((seconds) => seconds === 0)).toHaveLength(5);
  const forged = Array.from({ length: 2000 }, (_, n) => come(`forged ${n}`));
  expect(forged.filter((seconds) => seconds === 0).length).toBeLessThanOrEqual(200);
  expect(come('another meeting', 'other')).toBe(0);
});

test('a browser without an id of its own shares those of its address', () => {
  const { come, wait } = trier();
  expect(Array.from({ length: 100 }, () => come('')).filter((seconds) => seconds === 0)).toHaveLength(20);
  wait(60_000);
  expect(come('')).toBe(0);
});

test('what was not made is given back', () => {
  const { come, take } = trier();
  for (let n = 0; n < 20; n++) take('s', { device: 'one', ip: IP })();
  expect(come('one')).toBe(0);
});

test('it says how long the wait is', () => {
  const { come, wait } = trier();
  for (let n = 0; n < 5; n++) come('one');
  wait(90_000);
  expect(come('one')).toBe(510);
});
