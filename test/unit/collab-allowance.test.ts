import { describe, expect, it } from 'vitest';
import {
  Allowance,
  Allowances,
  type Cost,
  OF_A_PERSON,
  OF_A_SOCKET,
} from '../../server/platform/allowance.ts';

const MIB = 1024 * 1024;
const socket = (parent?: Allowance): Allowance => new Allowance(OF_A_SOCKET, 0, parent);

/** Somebody who does this every so many ms; returns the longest time that anything had to wait. */
function longestWait(seconds: number, ...habits: [everyMs: number, cost: Cost][]): number {
  const allowance = socket();
  let longest = 0;
  for (let now = 0; now < seconds * 1_000; now++)
    for (const [every, cost] of habits)
      if (now % every === 0) longest = Math.max(longest, allowance.spend(cost, now));
  return longest;
}

/** Sockets that always have a next frame: how many frames they get through in these seconds. */
function flood(sockets: Allowance[], cost: Cost, seconds: number): number {
  let frames = 0;
  for (let now = 0; now < seconds * 1_000; now++)
    for (const allowance of sockets)
      while (allowance.wait(now) === 0) {
        allowance.spend(cost, now);
        frames++;
      }
  return frames;
}

describe('an honest client never waits', () => {
  it.each<[string, number, ...[number, Cost][]]>([
    ['typing', 120, [100, { frames: 1, bytes: 40, cpuMs: 0.5 }]],
    [
      'typing with a caret that moves',
      120,
      [100, { frames: 1, bytes: 40, cpuMs: 0.5 }],
      [16, { frames: 1, bytes: 300, cpuMs: 0.05 }],
    ],
    ['repeating the awareness of thirty others', 120, [1, { frames: 1.8, bytes: 540, cpuMs: 0.05 }]],
    ['pasting 1 MB every five seconds', 60, [5_000, { frames: 1, bytes: 1_000_000, cpuMs: 120 }]],
    ['bringing four outboxes at once', 10, [10_000, { frames: 20, bytes: 7_600_000, cpuMs: 290 }]],
  ])('%s', (_what, seconds, ...habits) => {
    expect(longestWait(seconds, ...habits)).toBe(0);
  });
});

describe('one socket at full speed', () => {
  it('gets 4,000 frames at once and 2,000 a second, however small they are', () => {
    const frames = flood([socket()], { frames: 1, bytes: 2, cpuMs: 0.01 }, 10);
    expect(frames).toBeGreaterThan(4_000 + 9 * 2_000);
    expect(frames).toBeLessThanOrEqual(4_000 + 10 * 2_000 + 1);
  });

  it('gets 8 MiB at once and 2 MiB a second, however cheap they are', () => {
    const frames = flood([socket()], { frames: 1, bytes: MIB, cpuMs: 1 }, 10);
    expect(frames).toBeGreaterThanOrEqual(8 + 9 * 2);
    expect(frames).toBeLessThanOrEqual(8 + 10 * 2 + 1);
  });

  it.each([10, 40])('takes 8 %% of the time with frames of %i ms', (cpuMs) => {
    const spent = flood([socket()], { frames: 1, bytes: 1_000, cpuMs }, 30) * cpuMs;
    expect(spent).toBeGreaterThan(29 * 80);
    expect(spent).toBeLessThanOrEqual(500 + 30 * 80 + cpuMs);
  });
});

describe('fifty sockets of one person', () => {
  const fifty = (): Allowance[] => {
    const person = new Allowance(OF_A_PERSON, 0);
    return Array.from({ length: 50 }, () => socket(person));
  };

  it.each([0.01, 10, 40])('take a tenth of the time together, with frames of %f ms', (cpuMs) => {
    const spent = flood(fifty(), { frames: 1, bytes: 10, cpuMs }, 30) * cpuMs;
    expect(spent).toBeLessThanOrEqual(800 + 30 * 100 + cpuMs);
  });

  it('get 8,000 frames at once and 4,000 a second together', () => {
    expect(flood(fifty(), { frames: 1 }, 10)).toBeLessThanOrEqual(8_000 + 10 * 4_000 + 1);
  });

  it('do not make anybody else wait', () => {
    flood(fifty(), { frames: 1, bytes: MIB, cpuMs: 40 }, 5);
    expect(longestWait(10, [100, { frames: 1, bytes: 40, cpuMs: 0.5 }])).toBe(0);
  });
});

describe('waiting', () => {
  it('is as long as it takes until nothing is owed', () => {
    const allowance = socket();
    expect(allowance.spend({ cpuMs: 500 }, 0)).toBe(0);
    expect(allowance.spend({ cpuMs: 32 }, 0)).toBe(400);
    expect(allowance.wait(399)).toBeGreaterThan(0);
    expect(allowance.wait(400)).toBe(0);
  });

  it('ends sooner when something charged in advance is given back, but nobody is given more than a full bucket', () => {
    const allowance = socket();
    expect(allowance.spend({ cpuMs: 540 }, 0)).toBe(500);
    expect(allowance.spend({ cpuMs: -36 }, 0)).toBe(50);
    allowance.spend({ cpuMs: -10_000 }, 0);
    expect(allowance.spend({ cpuMs: 504 }, 0)).toBe(50);
  });

  it('is not shortened by a clock that jumps back', () => {
    const allowance = socket();
    allowance.spend({ cpuMs: 508 }, 10_000);
    expect(allowance.wait(0)).toBe(100);
    expect(allowance.wait(10_050)).toBe(50);
  });

  it('is possible for 12,000 frames or 4 MiB on a socket, and no more', () => {
    const frames = socket();
    expect(Array.from({ length: 12_000 }, () => frames.hold(7)).every(Boolean)).toBe(true);
    expect(frames.hold(7)).toBe(false);
    frames.letGo(7);
    frames.letGo(7);
    expect(frames.hold(7)).toBe(true);
    const bytes = socket();
    expect([bytes.hold(2 * MIB), bytes.hold(2 * MIB), bytes.hold(1)]).toEqual([true, true, false]);
  });

  it('is possible for 24,000 frames over all sockets of a person', () => {
    const person = new Allowance(OF_A_PERSON, 0);
    const sockets = Array.from({ length: 3 }, () => socket(person));
    const fits = sockets.map((each) => Array.from({ length: 8_000 }, () => each.hold(7)).every(Boolean));
    expect(fits).toEqual([true, true, true]);
    expect(sockets[0]!.hold(7)).toBe(false);
    expect(sockets.map((each) => each.crowded)).toEqual([true, true, true]);
    for (let i = 0; i < 18_001; i++) person.letGo(7);
    expect(sockets.map((each) => each.crowded)).toEqual([false, false, false]);
  });
});

describe('who leaves and comes back', () => {
  it('does not begin anew, and is forgotten when nothing is owed any more', () => {
    const all = new Allowances();
    const first = all.open('he', 0);
    first.spend({ cpuMs: 1_600 }, 0);
    all.close('he', 0);
    expect(all.open('he', 1_000).wait(1_000)).toBeGreaterThan(5_000);
    all.close('he', 1_000);
    expect(all.size).toBe(1);
    all.open('lu', 20_000);
    expect(all.size).toBe(1);
  });

  it('with a second socket open is still the same person', () => {
    const all = new Allowances();
    const [first, second] = [all.open('he', 0), all.open('he', 0)];
    first.spend({ cpuMs: 1_000 }, 0);
    all.close('he', 60_000);
    expect(all.size).toBe(1);
    const third = all.open('he', 60_000);
    expect(second.spend({ cpuMs: 405 }, 60_000)).toBe(0);
    expect(third.spend({ cpuMs: 405 }, 60_000)).toBe(100);
    expect(second.wait(60_000)).toBe(100);
  });
});
