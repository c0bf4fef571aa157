import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { commitLine, loadLine, machineLine, openFiles, versionsLine } from './machine.ts';
import { readOptions, USAGE } from './options.ts';
import { type Plan, plans } from './plan.ts';
import { endEverything, NODE } from './processes.ts';
import { printProfiles } from './profile.ts';
import { faultyRuns, section } from './report.ts';
import { writeSections } from './results.ts';
import { runLoadInTurns } from './runner.ts';

/** The benchmark: F1 to F9 of the performance promises, ours beside its peers. See `--help`. */
const NEEDED_FILES = 5_000;
const say = (line: string): void => console.log(line);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
process.on('exit', endEverything);

function prepare(): void {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('the benchmark reads /proc and brings Node 22 for Linux on x64 only');
  if (openFiles() < NEEDED_FILES)
    throw new Error(
      `2,000 connections need ${NEEDED_FILES} open files: raise the limit first (ulimit -n ${NEEDED_FILES})`,
    );
  if (!existsSync(NODE)) {
    say('installing the peers (npm ci in test/bench/peers) …');
    execFileSync('npm', ['ci'], { cwd: 'test/bench/peers', stdio: ['ignore', 'inherit', 'inherit'] });
  }
  execFileSync(process.execPath, ['server/tasks/build-if-stale.mjs'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

function groups(chosen: readonly Plan[]): Plan[][] {
  const loads = [...new Set(chosen.map((plan) => plan.load))];
  return loads.map((load) => chosen.filter((plan) => plan.load === load));
}

/** Resolves with the exit code: 1 when a run of ours lost something or was wrong otherwise; a goal that is missed is no error. */
async function run(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    say(USAGE);
    return 0;
  }
  const options = readOptions(args);
  const chosen = plans.filter((plan) => options.only.length === 0 || options.only.includes(plan.id));
  if (chosen.length === 0) throw new Error(`nothing to measure: ${options.only.join(',')}`);
  prepare();
  if (options.profileTo !== '') mkdirSync(options.profileTo, { recursive: true });
  say(`${machineLine()}\n${versionsLine()}\nload of the machine before: ${loadLine()}\n`);
  const sections = new Map<string, string>();
  let faulty = 0;
  for (const group of groups(chosen)) {
    say(`${group.map((plan) => plan.id).join(', ')}: ${group[0]!.title}`);
    const before = loadLine();
    const runs = await runLoadInTurns(group, options, say);
    for (const label of runs.keys()) if (label.startsWith('ours')) faulty += faultyRuns(runs, label);
    for (const plan of group) {
      const rounds = Math.max(...[...runs.values()].map((outcomes) => outcomes.length));
      const length = `${rounds} ${rounds === 1 ? 'round' : 'rounds'}${options.quick ? ', QUICK: not to be quoted' : ''}`;
      const facts = `${new Date().toISOString().slice(0, 16)}Z · commit ${commitLine()} · ${length} · load of the machine ${before} before, ${loadLine()} after`;
      const { text } = section(plan, runs, facts);
      say(`\n${text}`);
      sections.set(plan.id, text);
      if (options.out !== '') writeSections(options.out, sections);
    }
  }
  if (options.profileTo !== '') printProfiles(options.profileTo, say);
  return faulty > 0 ? 1 : 0;
}

run(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
