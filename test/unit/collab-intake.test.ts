import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Allowance, Allowances, OF_A_SOCKET } from '../../server/platform/allowance.ts';
import { Intake } from '../../server/collab/intake.ts';
import { awarenessFrame, updateFrame } from '../support/frames.ts';

/** A carrier that can pause, and tells how long its reads took. */
class Line {
  paused = false;
  read: (ms: number) => void = () => undefined;
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
  onRead(took: (ms: number) => void): void {
    this.read = took;
  }
}

let line: Line;
let taken: Uint8Array[];
/** How long the next frame takes to be handled. */
let costMs: number;
let overflows: number;
let allowance: Allowance;

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['performance', 'setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'],
  });
  line = new Line();
  taken = [];
  costMs = 0;
  overflows = 0;
  allowance = new Allowance(OF_A_SOCKET, performance.now());
});
afterEach(async () => {
  // The turn of the event loop ends here, the simulated one and the real one.
  vi.advanceTimersByTime(1);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  await new Promise((resolve) => setImmediate(resolve));
});

function intake(): Intake {
  const take = (frame: Uint8Array): void => {
    taken.push(frame);
    if (costMs > 0) vi.advanceTimersByTime(costMs);
  };
  return new Intake({ socket: line, allowance, take, overflow: () => overflows++ });
}
const frame = (n: number): Uint8Array => updateFrame(new Uint8Array([n >> 8, n & 255]));
const presence = (id: number, json: string): Uint8Array => awarenessFrame([{ clientId: id, clock: 1, json }]);
/** Owes 400 ms of waiting, and 10 ms more. */
function overspend(into: Intake): void {
  costMs = 532;
  into.push(frame(0));
  costMs = 0;
}

describe('frames on their way in', () => {
  it('are handled at once while there is something to spend', () => {
    const into = intake();
    const frames = Array.from({ length: 3_000 }, (_, n) => frame(n));
    for (const each of frames) into.push(each);
    expect(taken).toEqual(frames);
    expect(line.paused).toBe(false);
  });

  it('wait in order when it is spent, and the line is not read from meanwhile', () => {
    const into = intake();
    overspend(into);
    expect(line.paused).toBe(true);
    for (const n of [1, 2, 3]) into.push(frame(n));
    expect(taken).toEqual([frame(0)]);
    vi.advanceTimersByTime(409);
    expect(taken).toEqual([frame(0)]);
    expect(line.paused).toBe(true);
    vi.advanceTimersByTime(2);
    expect(taken).toEqual([0, 1, 2, 3].map(frame));
    expect(line.paused).toBe(false);
    into.push(frame(4));
    expect(taken).toHaveLength(5);
  });

  it('that cost much each go one by one', () => {
    const into = intake();
    overspend(into);
    for (const n of [1, 2, 3]) into.push(frame(n));
    costMs = 40;
    vi.advanceTimersByTime(411);
    expect(taken).toHaveLength(2);
    into.push(frame(4));
    vi.advanceTimersByTime(300);
    expect(taken).toHaveLength(2);
    for (let i = 0; i < 3; i++) vi.advanceTimersByTime(520);
    costMs = 0;
    vi.advanceTimersByTime(520);
    expect(taken).toEqual([0, 1, 2, 3, 4].map(frame));
  });

  it('wait too when reading them took long before they were frames', () => {
    const into = intake();
    line.read(532);
    into.push(frame(1));
    expect([taken.length, line.paused]).toEqual([0, true]);
    vi.advanceTimersByTime(411);
    expect([taken.length, line.paused]).toEqual([1, false]);
  });

  it('are not paid for twice', () => {
    const into = intake();
    costMs = 400;
    into.push(frame(1));
    costMs = 0;
    line.read(410);
    vi.advanceTimersByTime(2);
    expect(line.paused).toBe(false);
    line.read(90);
    vi.advanceTimersByTime(2);
    expect(line.paused).toBe(false);
    line.read(30);
    expect(line.paused).toBe(true);
    vi.advanceTimersByTime(411);
  });

  it('are paid for in advance by their size, and given back what they did not cost when they were checked', () => {
    const into = intake();
    const large = updateFrame(new Uint8Array(1_000_000));
    for (let i = 0; i < 6; i++) into.push(large);
    vi.advanceTimersByTime(20);
    expect([taken.length, line.paused]).toEqual([6, true]);
    for (let i = 0; i < 6; i++) into.checked(1_000_000, 5);
    vi.advanceTimersByTime(1);
    expect(line.paused).toBe(false);
    into.checked(0, 600);
    expect(line.paused).toBe(true);
    vi.advanceTimersByTime(4_000);
    expect(line.paused).toBe(false);
  });
});

describe('a turn of the event loop', () => {
  const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const enter = (all: Allowances, person: string): Intake => {
    allowance = all.open(person, performance.now());
    return intake();
  };
  beforeEach(() => {
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  });

  it('holds no more than 20 ms of one person, over all sockets, and of others as much again', async () => {
    const all = new Allowances();
    const [mine, alsoMine, yours] = [enter(all, 'he'), enter(all, 'he'), enter(all, 'lu')];
    costMs = 21;
    mine.push(frame(1));
    mine.push(frame(2));
    alsoMine.push(frame(3));
    yours.push(frame(4));
    expect(taken).toEqual([frame(1), frame(4)]);
    await nextTurn();
    expect(taken).toEqual([frame(1), frame(4), frame(2)]);
    await nextTurn();
    expect(taken).toEqual([frame(1), frame(4), frame(2), frame(3)]);
  });

  it('stops the reading of all sockets of a person once it is full, of new ones too', async () => {
    const all = new Allowances();
    const lines: Line[] = [];
    const on = (person: string): Line => {
      line = new Line();
      lines.push(line);
      enter(all, person);
      return line;
    };
    const [mine, , yours] = [on('he'), on('he'), on('lu')];
    mine.read(30);
    on('he');
    expect(lines.map((each) => each.paused)).toEqual([true, true, false, true]);
    yours.read(1);
    await nextTurn();
    expect(lines.map((each) => each.paused)).toEqual([false, false, false, false]);
  });

  it('counts what was found out when a frame was checked', async () => {
    const all = new Allowances();
    const into = enter(all, 'he');
    into.push(frame(1));
    into.checked(4, 30);
    into.push(frame(2));
    expect(taken).toEqual([frame(1)]);
    await nextTurn();
    expect(taken).toEqual([frame(1), frame(2)]);
    expect(line.paused).toBe(false);
  });
});

describe('presence that waits', () => {
  it('gives way to newer presence of the same client, and to nothing else', () => {
    const into = intake();
    overspend(into);
    into.push(presence(7, '"a"'));
    into.push(frame(1));
    into.push(presence(8, '"b"'));
    into.push(presence(7, '"c"'));
    into.push(new Uint8Array([3]));
    into.push(new Uint8Array([3]));
    into.push(frame(2));
    vi.advanceTimersByTime(411);
    expect(taken.slice(1)).toEqual([
      frame(1),
      presence(8, '"b"'),
      presence(7, '"c"'),
      new Uint8Array([3]),
      frame(2),
    ]);
  });

  it('of several clients in one frame is kept whole, and what cannot be read is passed on', () => {
    const into = intake();
    overspend(into);
    const entries = [7, 8].map((clientId) => ({ clientId, clock: 1, json: '{}' }));
    const frames = [
      awarenessFrame(entries),
      awarenessFrame(entries),
      new Uint8Array([1, 200]),
      new Uint8Array(),
    ];
    for (const each of frames) into.push(each);
    vi.advanceTimersByTime(411);
    expect(taken.slice(1)).toEqual(frames);
  });

  it('takes one place, however often it changes', () => {
    const into = intake();
    overspend(into);
    for (let n = 0; n < 50_000; n++) into.push(presence(7, String(n)));
    expect(overflows).toBe(0);
    vi.advanceTimersByTime(411);
    expect(taken.slice(1)).toEqual([presence(7, '49999')]);
  });
});

describe('a socket', () => {
  it('that cannot pause is closed when more waits than may wait', () => {
    const into = intake();
    overspend(into);
    for (let n = 0; n < 12_000; n++) into.push(frame(n));
    expect(overflows).toBe(0);
    into.push(frame(1));
    expect(overflows).toBe(1);
    into.stop();
    expect(allowance.hold(4 * 1024 * 1024)).toBe(true);
  });

  it('that has gone is let go when all it said was handled', () => {
    const into = intake();
    const done = vi.fn();
    overspend(into);
    into.push(frame(1));
    into.end(done);
    expect(done).not.toHaveBeenCalled();
    vi.advanceTimersByTime(411);
    expect(taken).toEqual([frame(0), frame(1)]);
    expect(done).toHaveBeenCalledTimes(1);
  });

  it('that has gone and owes only time is let go at once', () => {
    const into = intake();
    const done = vi.fn();
    overspend(into);
    into.end(done);
    expect(done).toHaveBeenCalledTimes(1);
  });

  it('that is closed in the middle of a frame hears nothing more', () => {
    const into = new Intake({
      socket: line,
      allowance,
      take: (each) => {
        taken.push(each);
        vi.advanceTimersByTime(532);
        if (taken.length === 2) into.stop();
      },
      overflow: () => overflows++,
    });
    into.push(frame(0));
    for (const n of [1, 2]) into.push(frame(n));
    vi.advanceTimersByTime(411);
    into.push(frame(3));
    vi.advanceTimersByTime(60_000);
    expect(taken).toEqual([frame(0), frame(1)]);
  });

  it('of somebody whose other sockets have spent all waits with them', () => {
    const all = new Allowances();
    const now = performance.now();
    const [other, mine] = [all.open('he', now), all.open('he', now)];
    allowance = mine;
    const into = intake();
    other.spend({ cpuMs: 1_000 }, performance.now());
    into.push(frame(1));
    into.push(frame(2));
    vi.advanceTimersByTime(2_009);
    expect(taken).toEqual([frame(1)]);
    vi.advanceTimersByTime(2);
    expect(taken).toEqual([frame(1), frame(2)]);
  });
});
