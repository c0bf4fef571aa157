import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onceADay } from '../../server/platform/daily.ts';
import { createTasks } from '../../server/platform/tasks.ts';
import type { Log } from '../../server/platform/log.ts';

const HOUR = 3_600_000;
const failures: unknown[] = [];
const tasks = createTasks({ error: (facts: unknown) => failures.push(facts) } as unknown as Log);

beforeEach(() => {
  // 23:30 in Shanghai.
  vi.useFakeTimers({ now: Date.parse('2026-03-18T15:30:00.000Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

it('is done soon after the start, then in the first hour of each day, and again after an hour when it failed', async () => {
  const rounds: string[] = [];
  let failing = false;
  const stop = onceADay({ tasks, now: Date.now }, 'test', async () => {
    rounds.push(new Date().toISOString().slice(11, 16));
    if (failing) throw new Error('the store is away');
  });
  await vi.advanceTimersByTimeAsync(59_000);
  expect(rounds).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(rounds).toEqual(['15:31']);
  await vi.advanceTimersByTimeAsync(3 * HOUR);
  expect(rounds).toEqual(['15:31', '16:30']);
  failing = true;
  await vi.advanceTimersByTimeAsync(23 * HOUR);
  expect(rounds).toEqual(['15:31', '16:30', '16:30', '17:30']);
  expect(failures).toHaveLength(2);
  stop();
  await vi.advanceTimersByTimeAsync(48 * HOUR);
  expect(rounds).toHaveLength(4);
});

it('a round under way is told to end', async () => {
  let told = false;
  const stop = onceADay({ tasks, now: Date.now }, 'test', async (signal) => {
    signal.addEventListener('abort', () => (told = true));
  });
  await vi.advanceTimersByTimeAsync(60_000);
  stop();
  expect(told).toBe(true);
});
