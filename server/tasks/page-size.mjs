import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildIfStale } from './build-if-stale.mjs';

/**
 * Prints what a participant's phone loads before the room is usable: the entry and the pages on the way (join, room)
 * with all that they import statically, compressed. Editor and seldom used parts are imported late and do not count.
 */
const limit = 162;
const pages = ['features/join/JoinPage.tsx', 'features/meeting/MeetingPage.tsx'];

buildIfStale();
const built = fileURLToPath(new URL('../../dist/client/', import.meta.url));
/** @type {Record<string, { file: string, isEntry?: boolean, css?: string[], imports?: string[], dynamicImports?: string[] }>} */
const manifest = JSON.parse(readFileSync(`${built}.vite/manifest.json`, 'utf8'));

/** @param {string} key @param {Set<string>} [keys] @returns {Set<string>} a chunk and all it imports statically */
function withImports(key, keys = new Set()) {
  if (keys.has(key)) return keys;
  keys.add(key);
  for (const next of manifest[key]?.imports ?? []) withImports(next, keys);
  return keys;
}

const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
const absent = pages.filter((page) => !manifest[page]);
if (absent.length > 0) throw new Error(`not loaded by themselves: ${absent.join(', ')}`);

const chunks = new Set([...entries, ...pages].flatMap((key) => [...withImports(key)]));
const files = new Set([...chunks].flatMap((key) => [manifest[key]?.file, ...(manifest[key]?.css ?? [])]));
const sizes = [...files].map((file) => ({ file, kb: gzipSync(readFileSync(built + file)).length / 1000 }));
const total = sizes.reduce((sum, { kb }) => sum + kb, 0);

for (const { file, kb } of sizes) console.log(`${kb.toFixed(1).padStart(7)} KB  ${file}`);
console.log(`${total.toFixed(1).padStart(7)} KB gzip of ${limit} for ${pages.join(', ')}`);
if (total > limit) process.exitCode = 1;
