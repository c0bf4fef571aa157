import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { NODE } from './processes.ts';

const PEERS = 'test/bench/peers';

function printed(command: string, args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
}

/** The machine in a line. */
export function machineLine(): string {
  const all = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${all.length} × ${all[0]?.model ?? 'unknown processor'}, ${memory} GiB, Linux ${printed('uname', ['-r'])}`;
}

export const loadLine = (): string =>
  loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');
export const commitLine = (): string => printed('git', ['describe', '--always', '--dirty']);

/** Names and versions of everybody measured, from what is installed. */
export function versionsLine(): string {
  const version = (name: string): string => {
    const text = readFileSync(`${PEERS}/node_modules/${name}/package.json`, 'utf8');
    return (JSON.parse(text) as { version: string }).version;
  };
  const names: [string, string][] = [
    ['@hocuspocus/server', 'hocuspocus-3'],
    ['and', 'hocuspocus-4'],
    ['@y/websocket-server', '@y/websocket-server'],
    ['y-websocket', 'y-websocket'],
    ['y-leveldb', 'y-leveldb'],
    ['socket.io', 'socket.io'],
    ['ws (relay)', 'ws'],
    ['yjs', 'yjs'],
  ];
  const node = printed(NODE, ['--version']);
  return `Node ${node} for all servers · ${names.map(([shown, name]) => `${shown} ${version(name)}`).join(' · ')}`;
}

/** The most files a process may open. */
export function openFiles(): number {
  const line = readFileSync('/proc/self/limits', 'latin1').split('\n');
  const [, , hard] = /Max open files\s+(\S+)\s+(\S+)/.exec(line.join('\n')) ?? [];
  return hard === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(hard ?? 0);
}
