import type { Launch } from '../support/program.ts';

/** Where a process is ended. All but `uniform` are reached inside it (`doom.mjs`) or by its own system calls (strace). */
export interface KillPoint {
  name: string;
  /** From the first moment on; else once the load is under way. */
  early: boolean;
  /** There has to be something to compact. */
  compacts: boolean;
  /** How the program is started so that it ends there, at the n-th time; undefined for one that is ended from outside. */
  launch: ((random: () => number) => Partial<Launch>) | undefined;
}

const DOOM = 'test/torture/doom.mjs';

export const withDoom = (env: Record<string, string> = {}): Partial<Launch> => ({
  node: ['--import', `./${DOOM}`],
  env: { DOOM: '', ...env },
});

function inside(at: string, most: number): KillPoint {
  const compacts = at.startsWith('compact');
  return {
    name: at,
    early: compacts,
    compacts,
    launch: (random) =>
      withDoom({ DOOM: JSON.stringify({ at, nth: 1 + Math.floor(random() * most), armed: compacts }) }),
  };
}

/** The first calls of a start on an existing database are few; a load makes dozens a second. */
function inSystemCall(call: string, most: number): KillPoint {
  return {
    name: `system call ${call}`,
    early: true,
    compacts: false,
    launch: (random) => {
      const inject = `inject=${call}:signal=SIGKILL:when=${12 + Math.floor(random() * most)}`;
      const options = ['-D', '-f', '-qqq', '-e', `trace=${call}`, '-e', inject];
      return { under: ['strace', ...options, '-o', '/dev/null'] };
    },
  };
}

const uniform: KillPoint = { name: 'uniform', early: false, compacts: false, launch: undefined };

export function killPointsOf(variant: string, strace: boolean): KillPoint[] {
  if (variant === 'mongo')
    return [
      uniform,
      inside('append:before', 60),
      inside('append:sent', 60),
      inside('append:answered', 60),
      inside('entry:sent', 20),
      inside('entry:answered', 20),
      inside('compact:begun', 1),
      inside('compact:after', 1),
    ];
  return [
    uniform,
    uniform,
    uniform,
    inside('append:before', 60),
    inside('append:after', 60),
    inside('commit:commit', 60),
    inside('commit:after', 60),
    inside('entry:before', 20),
    inside('entry:after', 20),
    inside('compact:begun', 1),
    inside('compact:middle', 500),
    inside('compact:commit', 1),
    inside('compact:after', 1),
    ...(strace ? [inSystemCall('fsync,fdatasync', 60), inSystemCall('pwrite64', 200)] : []),
  ];
}
