import type { Config } from '../platform/config.ts';
import { lanAddresses } from '../transport/request.ts';

/** Every address at which a person may try, the likeliest first: PUBLIC_URL, this machine, the local network. */
export function addresses({ publicUrl, host }: Config, port: number): [string, ...string[]] {
  const everywhere = host === '0.0.0.0' || host === '::';
  const [first, ...more] = everywhere ? ['localhost', ...lanAddresses()] : [host];
  const at = (name: string) => `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
  const own: [string, ...string[]] = [at(first!), ...more.map(at)];
  return publicUrl === undefined ? own : [publicUrl, ...own];
}

/** The same page at every address, a line each. Whoever reads it opens the one that his browser can reach. */
export const atEach = (bases: readonly string[], path: string): string =>
  bases.map((base) => `  ${base}${path}`).join('\n');
