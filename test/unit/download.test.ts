import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { askForFile } from '../../client/lib/download.ts';
import { AppError } from '../../shared/errors.ts';

const TICKET = { url: '/files/x/a.pdf', name: 'a.pdf', expiresAt: '2026-03-18T08:00:00.000Z' };
const busy = () => new AppError('UNAVAILABLE', 'work.busy');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a file for which others must finish first is asked for again until it comes, and the person is told once', async () => {
  const answers = [busy(), busy(), TICKET];
  const told: string[] = [];
  const ask = async () => {
    const answer = answers.shift()!;
    if (answer instanceof AppError) throw answer;
    return answer;
  };
  const file = askForFile(ask, (why) => told.push(why.failure.reason));
  await vi.advanceTimersByTimeAsync(6_000);
  expect([await file, told, answers]).toEqual([TICKET, ['work.busy'], []]);
});

it('any other failure is told at once', async () => {
  const refused = new AppError('FORBIDDEN', 'not.allowed');
  await expect(askForFile(() => Promise.reject(refused), vi.fn())).rejects.toBe(refused);
});

it('it is given up after five minutes', async () => {
  const file = askForFile(() => Promise.reject(busy()), vi.fn()).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(300_000);
  expect(await file).toMatchObject({ failure: { reason: 'work.busy' } });
});
