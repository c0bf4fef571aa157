import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run check`, `npm test` and `npm run test:slow`, which is the browsers and what takes a minute a file. Every step runs even if one before it failed: one run shows all that is wrong.
 * Each check counts as one test. The last line is `N passed, N failed, N skipped`.
 */
const checks = [
  ['types', ['tsc', '--noEmit', '-p', '.']],
  [
    'lint',
    ['oxlint', '--type-aware', '--deny-warnings', 'server', 'client', 'shared', 'test', 'vite.config.ts'],
  ],
  ['format', ['biome', 'format', '.']],
];
const checksOnly = process.argv.includes('--check');
const slow = process.argv.includes('--slow');
const named = process.argv.slice(2).filter((arg) => arg !== '--check' && arg !== '--slow');
/** The projects of vite.config.ts, by who runs them; who names files gets those. */
const projects = (slow ? ['slow', 'e2e'] : ['unit', 'contract', 'integration', 'integration-mongo']).map(
  (name) => `--project=${name}`,
);
const folder = mkdtempSync(join(tmpdir(), 'poli-test-'));
const figures = join(folder, 'figures.json');
const total = { passed: 0, failed: 0, skipped: 0 };

/** @param {string[]} command a tool of node_modules with its options, or node @param {Record<string, string>} [env] */
function run([tool, ...options], env = {}) {
  const command = tool === 'node' ? process.execPath : join('node_modules/.bin', tool);
  return spawnSync(command, options, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  }).status;
}

/** @param {string} name @param {string[]} command */
function runCheck(name, command) {
  const started = Date.now();
  const right = run(command) === 0;
  total[right ? 'passed' : 'failed'] += 1;
  console.log(`${right ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

function runTests(options) {
  const status = run(['vitest', 'run', ...options], { TEST_FIGURES: figures });
  let counted = { passed: 0, failed: 0, skipped: 0 };
  try {
    counted = JSON.parse(readFileSync(figures, 'utf8'));
  } catch {
    console.log('✗ the test run ended before it could count');
  }
  // vitest may fail for reasons that are no test's, such as a broken configuration
  if (status !== 0 && counted.failed === 0) counted.failed = 1;
  for (const key of Object.keys(total)) total[key] += counted[key];
}

// some tests start what is built; the checks alone have no need of it
const bundles = ['bundles', ['node', 'server/tasks/build-if-stale.mjs']];
if (slow) checks.splice(0, checks.length, bundles);
else if (!checksOnly) checks.push(bundles);
for (const [name, command] of checks) runCheck(name, command);
if (checksOnly) runTests(['test/architecture.test.ts']);
else runTests(named.length > 0 ? named : projects);
rmSync(folder, { recursive: true });
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
