import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ServerClock } from '../../client/lib/clock.ts';

const TRUE_TIME = Date.parse('2026-03-18T06:30:00.000Z');
const HOUR = 3_600_000;

/** A device whose clock is fast by so much; time passes, it sleeps and is set by hand. */
function device(fastBy: number) {
  const at = { ticks: 5_000, wall: TRUE_TIME + fastBy, true: TRUE_TIME };
  const clock = new ServerClock({ ticks: () => at.ticks, wall: () => at.wall });
  let doubts = 0;
  clock.onDoubt(() => doubts++);
  return {
    clock,
    error: () => clock.now() - at.true,
    doubts: () => doubts,
    learn: (tripMs = 0) => clock.learn(new Date(at.true - tripMs / 2).toISOString(), tripMs),
    pass(ms: number) {
      at.ticks += ms;
      at.wall += ms;
      at.true += ms;
    },
    /** The ticks stand still. */
    sleep(ms: number) {
      at.wall += ms;
      at.true += ms;
    },
    set(by: number) {
      at.wall += by;
    },
  };
}

describe('the server’s clock on a page', () => {
  it.each([
    ['back', -2 * HOUR],
    ['forward', 2 * HOUR],
  ])('goes on when the device’s clock is set %s, and is asked for anew', (_, by) => {
    const it = device(2 * HOUR);
    it.learn();
    it.set(by);
    it.pass(1_000);
    expect(it.error()).toBe(0);
    expect(it.doubts()).toBe(1);
    it.clock.now();
    expect(it.doubts()).toBe(1);
  });

  it('is late after a sleep in which the ticks stood still, until the answer to its question comes', () => {
    const it = device(0);
    it.learn(20);
    it.sleep(HOUR);
    expect(it.error()).toBe(-HOUR);
    expect(it.doubts()).toBe(1);
    it.learn(900);
    expect(it.error()).toBe(0);
  });

  it('believes the shortest trip, and a longer one only when it contradicts', () => {
    const it = device(0);
    it.learn(10);
    it.clock.learn(new Date(TRUE_TIME + 1_500).toISOString(), 400);
    expect(it.error()).toBe(0);
    it.clock.learn(new Date(TRUE_TIME + 60_000).toISOString(), 400);
    expect(it.error()).toBe(60_200);
  });

  it('is the device’s own before anything was learned', () => {
    expect(device(0).error()).toBe(0);
  });
});

it('no other file of the pages looks at the device’s clock', () => {
  const files = readdirSync('client', { recursive: true, encoding: 'utf8' });
  const sources = files.filter((path) => /\.tsx?$/.test(path) && path !== join('lib', 'clock.ts'));
  const looks = /\bDate\.now\b|\bnew Date\(\)|\bDate\(\)/;
  expect(sources.filter((path) => looks.test(readFileSync(join('client', path), 'utf8')))).toEqual([]);
  // Stored over a reload, and compared with other tabs.
  const walls = sources.filter((path) => /\bwallNow\b/.test(readFileSync(join('client', path), 'utf8')));
  expect(walls.sort()).toEqual([join('lib', 'doc', 'tab-life.ts'), join('lib', 'errors.ts')]);
});
