import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

/**
 * Unpacks Chromium 109, the last line that Windows 7 got, out of its npm package into cache/, and prints where it is.
 * Only the browser itself: the shared libraries it needs are those that the system's own chromium brings.
 */
const here = fileURLToPath(new URL('.', import.meta.url));
const packed = join(here, 'node_modules/@sparticuz/chromium/bin/chromium.br');
const browser = join(here, 'cache/chromium-109');

if (!existsSync(browser)) {
  mkdirSync(join(here, 'cache'), { recursive: true });
  const half = `${browser}.${process.pid}`;
  writeFileSync(half, brotliDecompressSync(readFileSync(packed)));
  chmodSync(half, 0o755);
  // whole or not at all, should two runs unpack at once
  renameSync(half, browser);
}
console.log(browser);
