import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Aside, type AsideFailure, type AsideLimits } from '../../server/platform/aside.ts';

const LIMITS: AsideLimits = { heapMb: 64, ms: 60_000, waiting: 2, most: 3, idleMs: 60_000 };
const file = new URL('../support/worker-of-tests.ts', import.meta.url);

describe('work on a thread beside the loop', () => {
  let aside: Aside<string, string>;
  const open = (more: Partial<AsideLimits> = {}) => {
    aside = new Aside(file, { ...LIMITS, ...more });
  };
  const why = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: Partial<AsideFailure> & Error) => error.why ?? error.message,
    );
  beforeEach(() => open());
  afterEach(() => aside.close());

  it('is done one after the other, in the order in which it came', async () => {
    const done: string[] = [];
    const words = ['one', 'two', 'three'];
    await Promise.all(words.map(async (word) => done.push(await aside.run(word))));
    expect(done).toEqual(['one!', 'two!', 'three!']);
  });

  it('says when somebody new should come back later, and sends away whoever comes when too many wait', async () => {
    const runs = ['now', 'first', 'second'].map((word) => aside.run(word));
    expect(aside.full).toBe(true);
    runs.push(aside.run('third'));
    await expect(aside.run('fourth')).rejects.toMatchObject({
      failure: { code: 'UNAVAILABLE', reason: 'work.busy' },
    });
    expect(await Promise.all(runs)).toEqual(['now!', 'first!', 'second!', 'third!']);
    expect(aside.full).toBe(false);
  });

  it('gives what the work has thrown to whom it concerns, and goes on', async () => {
    const runs = [why(aside.run('throw')), aside.run('next')];
    expect(await Promise.all(runs)).toEqual(['not today', 'next!']);
  });

  it('ends when its time is over although it never comes up for air; the next one is done', async () => {
    open({ ms: 3_000 });
    expect(await Promise.all([why(aside.run('hang')), aside.run('next')])).toEqual(['time', 'next!']);
  });

  it('ends when it takes more memory than it may; the process lives and the next one is done', async () => {
    expect(await Promise.all([why(aside.run('fill')), aside.run('next')])).toEqual(['memory', 'next!']);
  });

  it('that dies is told as such; the next one is done', async () => {
    expect(await Promise.all([why(aside.run('die')), aside.run('next')])).toEqual(['crash', 'next!']);
  });

  it('is over when the program ends: who has begun and who waits is sent away', async () => {
    const runs = [why(aside.run('hang')), why(aside.run('next'))];
    await aside.close();
    expect(await Promise.all(runs)).toEqual(['UNAVAILABLE: work.busy', 'UNAVAILABLE: work.busy']);
  });
});
