import { readdirSync, readFileSync } from 'node:fs';

/** The kernel's accounting of processes, in seconds and bytes. Linux only. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

interface Stat {
  parent: number;
  /** User and system time of the process and of its children that have ended. */
  seconds: number;
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // the name in brackets may hold blanks
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = fields[11]! + fields[12]! + fields[13]! + fields[14]!;
    return { parent: fields[1]!, seconds: ticks / TICKS_PER_SECOND };
  } catch {
    return undefined;
  }
}

/** A process and everything below it. */
export function treeOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = Number.isInteger(pid) ? statOf(pid)?.parent : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** CPU seconds, user and system, that a process tree has used so far. */
export const cpuOf = (root: number): number =>
  treeOf(root).reduce((sum, pid) => sum + (statOf(pid)?.seconds ?? 0), 0);

/** Resident bytes of a process tree. */
export function rssOf(root: number): number {
  return treeOf(root).reduce((sum, pid) => {
    try {
      return sum + Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES;
    } catch {
      return sum;
    }
  }, 0);
}

/** CPU seconds that the whole machine has spent working so far (not idle, not waiting for a disk). */
export function machineBusy(): number {
  const line = readFileSync('/proc/stat', 'latin1').split('\n')[0]!;
  const [user, nice, system, , , irq, softirq, steal] = line.split(/\s+/).slice(1).map(Number);
  return (user! + nice! + system! + irq! + softirq! + steal!) / TICKS_PER_SECOND;
}

/** What was used between two moments, with what else ran on the machine. */
export interface Usage {
  /** Seconds of the server's process tree. */
  server: number;
  /** Seconds of this process, which makes the load. */
  load: number;
  /** Share of one core that went to neither, 0 to the number of cores. */
  others: number;
  wall: number;
}

/** Starts counting; the answer ends it. */
export function startUsage(server: number): () => Usage {
  const own = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const before = { at: performance.now(), server: cpuOf(server), load: own(), busy: machineBusy() };
  return () => {
    const wall = (performance.now() - before.at) / 1000;
    const used = { server: cpuOf(server) - before.server, load: own() - before.load };
    const others = machineBusy() - before.busy - used.server - used.load;
    return { ...used, wall, others: Math.max(0, others / wall) };
  };
}
