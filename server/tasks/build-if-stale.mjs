import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Builds what is missing or out of date, so that a fresh clone, a pulled change and a plain restart are all `npm start`.
 * Sources are compared by content, not by time: git sets the time of a file to the moment it was checked out.
 */
const top = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['client', 'server', 'shared', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'];
const results = [
  'dist/client/index.html',
  ...['main', 'roster-worker', 'export-worker'].map((name) => `dist/server/${name}.js`),
];
const stamp = join(top, 'dist/stamp');
const vite = join(top, 'node_modules/vite/bin/vite.js');

/** @param {string} path @returns {string[]} the files at or below `path`, in a fixed order */
function filesBelow(path) {
  const entry = join(top, path);
  if (!existsSync(entry)) return [];
  if (statSync(entry).isFile()) return [entry];
  const inside = readdirSync(entry, { recursive: true, withFileTypes: true });
  return inside
    .filter((file) => file.isFile() && !file.name.endsWith('.md'))
    .map((file) => join(file.parentPath, file.name))
    .sort();
}

/** @returns {string} a digest of everything that the bundles are made from */
function digestOfSources() {
  const digest = createHash('sha256').update(process.version.split('.')[0] ?? '');
  for (const source of sources) {
    for (const file of filesBelow(source))
      digest.update(file.slice(top.length)).update('\0').update(readFileSync(file));
  }
  return digest.digest('hex');
}

/** @param {string[]} options */
function runVite(options) {
  const run = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn', ...options], {
    cwd: top,
    stdio: ['ignore', 2, 'inherit'],
    // whoever asks may itself run in test mode; the bundles are for production all the same
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (run.status !== 0) throw new Error(`the build failed (vite build ${options.join(' ')})`);
}

/** @returns {boolean} whether something had to be built */
export function buildIfStale() {
  const digest = digestOfSources();
  const complete = results.every((file) => existsSync(join(top, file)));
  if (complete && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return false;
  if (!existsSync(vite))
    throw new Error(
      '还没有构建，也没有构建工具：请先执行 npm ci\nnothing is built yet and the build tools are missing: run npm ci first',
    );
  process.stderr.write('正在构建页面和服务，约半分钟…… Building the pages and the server …\n');
  runVite([]);
  runVite(['--ssr']);
  writeFileSync(stamp, digest);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildIfStale();
