import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Names one process for as long as it lives, and nobody after it. */
export interface ProcessIdentity {
  /** Machine, its boot and its process namespace: within one `host`, process ids can be compared. */
  host: string;
  pid: number;
  /** When the process started, in the system's own count; empty where the system does not tell. */
  started: string;
}

/** The 22nd field of /proc/<pid>/stat; the second, the program's name, may hold blanks and brackets. Empty when there is none. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat === '' || fields[0] === 'Z' ? '' : (fields[19] ?? '');
}

/** Who this process is. */
export async function thisProcess(): Promise<ProcessIdentity> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return {
    host: [hostname(), boot.trim(), namespace].filter(Boolean).join(' '),
    pid: process.pid,
    started: await startOf(process.pid),
  };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether that process runs, as `me` sees it: 'unknown' on another host, or where an id may have been given to somebody else since. */
export async function lifeOf(
  other: ProcessIdentity,
  me: ProcessIdentity,
): Promise<'alive' | 'dead' | 'unknown'> {
  if (other.host !== me.host) return 'unknown';
  if (other.started === '' || me.started === '') return exists(other.pid) ? 'unknown' : 'dead';
  return (await startOf(other.pid)) === other.started ? 'alive' : 'dead';
}
