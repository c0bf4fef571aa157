/** One system call of a traced process (strace -f -yy -xx), as far as the order of storing and telling needs it. */
export type Call =
  | { kind: 'log-write'; offset: number; bytes: Buffer }
  | { kind: 'log-sync' }
  | { kind: 'send'; port: number; bytes: Buffer };

const STRINGS = /"((?:\\x[0-9a-f]{2})*)"/g;
/** The end of the log's path, which strace prints in hexadecimal digits too. */
const LOG = /(?:-wal|\\x2d\\x77\\x61\\x6c)>/;

function bytesIn(text: string): Buffer {
  const parts = [...text.matchAll(STRINGS)].map(([, hex]) => Buffer.from(hex!.replaceAll('\\x', ''), 'hex'));
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

const portIn = (text: string): number | undefined => {
  const port = /<TCP(?:v6)?:\[[^\]]*->[^\]]*:(\d+)\]/.exec(text)?.[1];
  return port ? Number(port) : undefined;
};

function sendOf(name: string, text: string): Call | undefined {
  if (!/^(write|writev|sendto|sendmsg)$/.test(name)) return undefined;
  const port = portIn(text);
  return port === undefined ? undefined : { kind: 'send', port, bytes: bytesIn(text) };
}

/**
 * Reads a trace line by line. What is sent counts from the moment at which the call begins, what is stored or brought to
 * disk from the moment at which it has ended well. A call that another thread's comes between stands in two lines.
 */
export class TraceReader {
  readonly #begun = new Map<string, string>();

  read(line: string): Call | undefined {
    const [, pid = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    const resumed = /^<\.\.\. (\w+) resumed>(.*)$/.exec(rest);
    if (resumed) {
      const [, name = '', end = ''] = resumed;
      const begin = this.#begun.get(pid) ?? '';
      this.#begun.delete(pid);
      return this.#ended(name, begin + end);
    }
    const name = /^(\w+)\(/.exec(rest)?.[1];
    if (!name) return undefined;
    if (rest.endsWith('<unfinished ...>')) {
      this.#begun.set(pid, rest);
      return sendOf(name, rest);
    }
    return sendOf(name, rest) ?? this.#ended(name, rest);
  }

  #ended(name: string, text: string): Call | undefined {
    if (!LOG.test(text.slice(0, 2_000))) return undefined;
    if (name === 'fsync' || name === 'fdatasync')
      return /\)\s+= 0$/.test(text.trimEnd()) ? { kind: 'log-sync' } : undefined;
    if (name !== 'pwrite64') return undefined;
    const [, offset, written] = /,\s*\d+,\s*(\d+)\)\s+= (\d+)$/.exec(text.trimEnd()) ?? [];
    if (offset === undefined || written === undefined) return undefined;
    return { kind: 'log-write', offset: Number(offset), bytes: bytesIn(text).subarray(0, Number(written)) };
  }
}
