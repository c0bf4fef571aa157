import { execFileSync } from 'node:child_process';

/**
 * Builds what is out of date, so that a test which starts `dist/server/main.js` starts the sources as they stand.
 * Call it once before the first start; when nothing changed it takes a few milliseconds of a process start.
 */
export function build(): void {
  execFileSync(process.execPath, ['server/tasks/build-if-stale.mjs'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
