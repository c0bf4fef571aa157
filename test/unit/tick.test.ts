import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Tick } from '../../server/platform/tick.ts';

/** Time stands still unless work takes it. */
beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'setImmediate', 'clearTimeout', 'clearImmediate', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the beat of the process', () => {
  it('lets the first task of a quiet process run in this turn of the event loop', () => {
    const ran: number[] = [];
    const tick = new Tick(50);
    tick.wake(() => ran.push(performance.now()));
    const asked = performance.now();
    vi.advanceTimersToNextTimer();
    expect(ran).toEqual([asked]);
  });

  it('runs a task once, however often it was asked for', () => {
    let runs = 0;
    const tick = new Tick(50);
    const task = (): void => void runs++;
    tick.wake(task);
    tick.wake(task);
    vi.advanceTimersByTime(200);
    expect(runs).toBe(1);
  });

  it.each([
    ['what cost little', 0.02, 0, 1],
    ['one fan-out of a millisecond', 1, 29, 32],
    ['one of ten: never longer than it may', 10, 49, 52],
  ])('pauses in proportion to the cost: %s', (_what, cost, least, most) => {
    const tick = new Tick(50);
    const first = performance.now();
    tick.wake(() => tick.charge(cost));
    vi.advanceTimersToNextTimer();
    let second: number | undefined;
    tick.wake(() => {
      second = performance.now();
    });
    vi.advanceTimersByTime(100);
    expect(second! - first).toBeGreaterThanOrEqual(least);
    expect(second! - first).toBeLessThanOrEqual(most);
  });

  it('pauses much less for the same cost in many small places', () => {
    const tick = new Tick(50);
    const first = performance.now();
    tick.wake(() => {
      for (let i = 0; i < 20; i++) tick.charge(0.1);
    });
    vi.advanceTimersToNextTimer();
    let second: number | undefined;
    tick.wake(() => {
      second = performance.now();
    });
    vi.advanceTimersByTime(100);
    expect(second! - first).toBeGreaterThanOrEqual(15);
    expect(second! - first).toBeLessThanOrEqual(18);
  });

  it('waits a whole pause from the first task on while it is busy, so that more comes along', () => {
    const tick = new Tick(50);
    tick.wake(() => tick.charge(10));
    vi.advanceTimersToNextTimer();
    vi.advanceTimersByTime(40);
    const asked = performance.now();
    let ran: number | undefined;
    tick.wake(() => {
      ran = performance.now();
    });
    vi.advanceTimersByTime(100);
    expect(ran! - asked).toBeGreaterThanOrEqual(49);
    expect(ran! - asked).toBeLessThanOrEqual(52);
  });

  it('does not pause any more after a silence', () => {
    const tick = new Tick(50);
    tick.wake(() => tick.charge(10));
    vi.advanceTimersByTime(1_000);
    const asked = performance.now();
    let ran: number | undefined;
    tick.wake(() => {
      ran = performance.now();
    });
    vi.advanceTimersToNextTimer();
    expect(ran).toBe(asked);
  });

  it('a task asked for while the beat runs waits for the next one', () => {
    const order: string[] = [];
    const tick = new Tick(50);
    tick.wake(() => {
      order.push('first');
      tick.wake(() => order.push('again'));
      order.push('first ends');
    });
    vi.advanceTimersByTime(100);
    expect(order).toEqual(['first', 'first ends', 'again']);
  });
});
